"""Static files: hashed and compressed names once `pandok serve` has collected them, plain names before (in tests)."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedWhenCollected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise says no types
    # Scripts import scripts: each pass follows one step of the longest chain.
    max_post_process_passes = 20
    manifest_strict = False
    # Modules name each other by hashed names too, so that a page never mixes old and new ones.
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))
