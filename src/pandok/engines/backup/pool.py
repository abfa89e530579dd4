"""The folder that backups are kept in: contents once, however many backups hold them.

<target>/contents/ab/<sha256>     every content, private to its owner
<target>/backups/<id>.signature   who made it: the manifest's hash, signed by the site
<target>/backups/<id>.json        one manifest a backup, written last: without it there is no backup
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pandok.core.errors import RequestError, StoreError
from pandok.core.text import Text
from pandok.engines.backup.manifest import BackedUp, Manifest
from pandok.engines.backup.signature import Signer, not_as_signed, signature_of, signer_of
from pandok.engines.files.durable import UNFINISHED, flush_file, make_folder, write_durably, written_durably
from pandok.engines.proof_pack.signing import SigningKey

_CHUNK = 1 << 20


class BackupFolder:
    def __init__(self, folder: Path):
        self.folder = folder

    def add(self, source: Path, path: str) -> BackedUp:
        """Copy one file into the pool, where its content is not there yet. Raises OSError."""
        digest, size = hashlib.sha256(), 0
        mode = source.stat().st_mode & 0o700
        aside = self._content("0" * 64).with_name(f"incoming-{os.getpid()}")
        with source.open("rb") as read, written_durably(aside, overwrite=True, at_once=False) as copy:
            while chunk := read.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
                size += len(chunk)
        sha256 = digest.hexdigest()
        place = self._content(sha256)
        if place.exists() and place.stat().st_size == size:
            aside.unlink()
        else:
            make_folder(place.parent)
            os.replace(aside, place)
        return BackedUp(path=path, sha256=sha256, bytes=size, mode=mode or 0o600)

    def finish(self, manifest: Manifest, key: SigningKey) -> None:
        """All contents reach the disk, then the signature and the manifest get their names."""
        os.sync()
        for one in (manifest.database, *manifest.files[:1]):
            flush_file(self._content(one.sha256))
        data = manifest.model_dump_json(indent=1).encode() + b"\n"
        signature = signature_of(key, backup=manifest.id, site=manifest.site, manifest=data)
        write_durably(self._signature(manifest.id), signature)
        write_durably(self._manifest(manifest.id), data)

    def signer(self, backup_id: str) -> Signer | None:
        """Whose backup it is; None where it is not signed. Raises StoreError where it is not what was signed."""
        try:
            signature = self._signature(backup_id).read_bytes()
        except FileNotFoundError:
            return None
        return signer_of(signature, backup=backup_id, manifest=self._manifest(backup_id).read_bytes())

    def ids(self) -> list[str]:
        """Oldest first."""
        return sorted(one.stem for one in (self.folder / "backups").glob("*.json"))

    def manifest(self, backup_id: str = "") -> Manifest:
        """Of one backup, or of the newest. Raises RequestError where there is none, StoreError for a damaged one."""
        known = self.ids()
        if not known or (backup_id and backup_id not in known):
            raise RequestError(
                Text(ko="그 자리에 백업이 없습니다.", en="There is no such backup."),
                Text(ko="`pandok backup list`로 확인하십시오.", en="See `pandok backup list`."),
                code="request.no_backup",
            )
        name = backup_id or known[-1]
        try:
            found = Manifest.model_validate_json(self._manifest(name).read_bytes())
            if found.id != name:
                raise not_as_signed()
            return found
        except ValidationError as error:
            raise StoreError(
                Text(ko="백업 목록 파일이 손상되었습니다.", en="The manifest of the backup is damaged."),
                Text(ko="다른 백업을 쓰십시오.", en="Use another backup."),
                code="store.backup_manifest",
            ) from error

    def faults(self, manifest: Manifest) -> Iterator[tuple[BackedUp, str]]:
        """Every file with "" or what is wrong: "missing" or "changed"."""
        for one in (manifest.database, *manifest.files):
            place = self._content(one.sha256)
            if not place.is_file():
                yield one, "missing"
            elif _sha256(place) != one.sha256:
                yield one, "changed"
            else:
                yield one, ""

    def put_back(self, one: BackedUp, home: Path) -> None:
        """Write a file to its place in `home`. Raises StoreError where its content is not the one of the manifest."""
        place, digest = home / one.path, hashlib.sha256()
        try:
            with self._content(one.sha256).open("rb") as read, written_durably(place, at_once=False) as copy:
                while chunk := read.read(_CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
        except FileNotFoundError as error:
            raise damaged(one.path) from error
        if digest.hexdigest() != one.sha256:
            raise damaged(one.path)
        place.chmod(one.mode)

    def content(self, one: BackedUp) -> Path:
        return self._content(one.sha256)

    def prune(self, keep: int) -> tuple[int, int]:
        """Remove all but the newest `keep` backups, and what only they held; returns how many backups and contents."""
        ids = self.ids()
        gone = ids[: max(0, len(ids) - keep)]
        held = {
            one.sha256
            for backup_id in ids[len(gone) :]
            for one in (lambda found: (found.database, *found.files))(self.manifest(backup_id))
        }
        for backup_id in gone:
            self._manifest(backup_id).unlink()
            self._signature(backup_id).unlink(missing_ok=True)
        contents = 0
        for path in (self.folder / "contents").glob("*/*"):
            if path.name not in held or path.name.startswith(UNFINISHED):
                path.unlink()
                contents += 1
        return len(gone), contents

    def _content(self, sha256: str) -> Path:
        return self.folder / "contents" / sha256[:2] / sha256

    def _signature(self, backup_id: str) -> Path:
        return self.folder / "backups" / f"{backup_id}.signature"

    def _manifest(self, backup_id: str) -> Path:
        return self.folder / "backups" / f"{backup_id}.json"


def damaged(path: str) -> StoreError:
    return StoreError(
        Text(ko=f"백업의 {path}이(가) 없거나 손상되었습니다.", en=f"In the backup, {path} is missing or damaged."),
        Text(
            ko="`pandok backup verify`로 점검하고 다른 백업을 쓰십시오.", en="Run `pandok backup verify`; use another."
        ),
        code="store.backup_damaged",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
