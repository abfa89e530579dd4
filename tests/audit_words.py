"""Every entry of the audit trail that any test writes has words for its details, its object and who acted."""

from __future__ import annotations

from typing import Any

WRITTEN_BY = "/pandok/common/audit/writing.py"


def every_detail_has_words(sender: Any, instance: Any, **_: Any) -> None:  # noqa: ARG001
    """Called for each entry as it is kept; entries of actions that only tests know are left alone."""
    from pandok.common.web.shown.audit_details import is_in_words
    from pandok.common.web.shown.audit_words import ACTIONS, OBJECTS

    if instance.action not in ACTIONS or not is_of_the_product():
        return
    known = {name: said for name, said in instance.details.items() if (name, said) not in jobs_of_tests()}
    missing = {name: said for name, said in known.items() if not is_in_words(instance.action, name, said)}
    assert not missing, f"add words for {missing} of {instance.action} in the audit_words.py of its field"
    kind = instance.object.partition(":")[0]
    assert kind in OBJECTS, f"add words for {kind!r} in pandok/common/web/shown/audit_words.py"


def jobs_of_tests() -> set[tuple[str, str]]:
    from pandok.common.jobs.registry import handler_of, kinds

    return {("kind", kind) for kind in kinds() if not handler_of(kind).run.__module__.startswith("pandok.")}


def is_of_the_product() -> bool:
    """Whether a use case keeps the entry, and not a test by itself."""
    import sys

    frame = sys._getframe(1)
    while frame is not None and not frame.f_code.co_filename.endswith(WRITTEN_BY):
        frame = frame.f_back
    while frame is not None and frame.f_code.co_filename.endswith((WRITTEN_BY, "/contextlib.py")):
        frame = frame.f_back
    return frame is not None and "/src/pandok/" in frame.f_code.co_filename
