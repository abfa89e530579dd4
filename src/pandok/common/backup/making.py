"""Make a backup of this site while it runs: first the database, as of one moment, then the files that it names.

Files are written before the rows that name them, so that a copy of the files taken after the database has all of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from pandok.common.audit import writing as audit
from pandok.common.audit.noted_heads import noted_heads
from pandok.common.backup.copying import copy_database, sqlite_fault
from pandok.common.backup.postgresql import backup_failed
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.backup.manifest import Manifest
from pandok.engines.backup.pool import BackupFolder
from pandok.engines.backup.sealed_keys import KEYS_FILE, seal_keys
from pandok.engines.backup.signature import backup_key
from pandok.engines.files.disk_faults import disk_fault
from pandok.engines.files.durable import UNFINISHED
from pandok.engines.index.manifest import FileLock

_KEYS = ("keys", "secret-key")
_LEFT_OUT = ("static", "workers", *_KEYS)
_DATABASE = "pandok.db"
INDEX_WAIT_S = 120.0
Progress = Callable[[int, int], None]


def make_backup(
    *,
    home: Path,
    target: Path,
    actor: str,
    now: datetime,
    version: str,
    site: str,
    passphrase: str = "",
    keys_outside: tuple[str, ...] = (),
    progress: Progress = lambda _done, _total: None,
) -> Manifest:
    """Copy this site into `target`, beside the backups that are there. With a passphrase the keys come along, sealed
    under it; without one they are left out. Raises RequestError, StoreError, Unavailable; no manifest is left then."""
    home, target = home.resolve(), target.resolve()
    if target == home or home in target.parents:
        raise RequestError(
            Text(ko="백업은 홈 폴더 밖에 두어야 합니다.", en="A backup must lie outside the home folder."),
            Text(ko="다른 디스크의 폴더를 고르십시오.", en="Choose a folder on another disk."),
            code="request.backup_target",
        )
    key = backup_key(home)
    keys = _keys(home)
    sealed = seal_keys(keys, passphrase) if passphrase else b""
    folder = BackupFolder(target)
    backup_id = _free_id(folder, now)
    entry = audit.tell(
        actor, "backup.made", f"backup:{backup_id}", "", now, {"keys": "sealed" if sealed else "left_out"}
    )
    heads = noted_heads()
    heads.note(now)
    try:
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=_made(target)) as place:
            # Before the database: a later note would tell of entries that its copy does not have.
            files = [folder.add(heads.path, heads.path.relative_to(home).as_posix())]
            copied = Path(place) / _DATABASE
            copy_database(copied)
            sequence, head = _head_of(copied, (entry.sequence, entry.hash))
            database = folder.add(copied, _DATABASE if connection.vendor == "sqlite" else "pandok.dump")
            paths = [path for path in _files(home) if path != heads.path]
            with _index_at_rest(home):
                for number, path in enumerate(paths):
                    progress(number, len(paths))
                    try:
                        files.append(folder.add(path, path.relative_to(home).as_posix()))
                    except FileNotFoundError:
                        continue  # erased meanwhile, as the retention asks for
            if sealed:
                box = Path(place) / KEYS_FILE
                box.write_bytes(sealed)
                files.append(folder.add(box, KEYS_FILE))
    except OSError as error:
        raise disk_fault(error) from error
    manifest = Manifest(
        id=backup_id,
        made_at=now,
        version=version,
        site=site,
        store="postgresql" if connection.vendor == "postgresql" else "sqlite",
        database=database,
        audit_sequence=sequence,
        audit_hash=head,
        keys="sealed" if sealed else "left_out",
        keys_outside=keys_outside,
        files=tuple(files),
    )
    folder.finish(manifest, key)
    progress(len(paths), len(paths))
    return manifest


def _head_of(copied: Path, least: tuple[int, str]) -> tuple[int, str]:
    """Where the audit chain of the copy ends; at the entry of this backup or behind it."""
    if connection.vendor == "postgresql":
        return least
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(copied)) as opened:
        sequence, head = opened.execute(
            "SELECT sequence, hash FROM register_auditentry ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
    fault = sqlite_fault(copied, sequence, head)
    if fault or sequence < least[0]:
        raise backup_failed(fault or "the copy is older than the backup")
    return int(sequence), str(head)


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        first = path.relative_to(home).parts[0]
        left_out = first in _LEFT_OUT or first.startswith(_DATABASE) or path.name.startswith((UNFINISHED, ".put-"))
        if not left_out and path.is_file() and not path.is_symlink() and path.suffix not in (".lock", ".part"):
            yield path


@contextmanager
def _index_at_rest(home: Path) -> Iterator[None]:
    """Nobody writes to an index while it is copied; the worker that waits goes on afterwards."""
    with ExitStack() as held:
        for path in sorted((home / "index").glob("*/write.lock")):
            lock = FileLock(path)
            lock.acquire(INDEX_WAIT_S)
            held.callback(lock.release)
        yield


def _keys(home: Path) -> dict[str, bytes]:
    found = [home / "secret-key", *sorted((home / "keys").glob("*"))]
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in found if path.is_file()}


def _free_id(folder: BackupFolder, now: datetime) -> str:
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    known = set(folder.ids())
    if name not in known:
        return name
    return next(f"{name}-{number}" for number in range(1, 1000) if f"{name}-{number}" not in known)


def _made(target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    return target
