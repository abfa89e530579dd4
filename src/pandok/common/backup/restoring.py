"""Bring a backup up in an empty home folder. Nothing that is there is overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pandok.common.backup import postgresql
from pandok.common.backup.copying import sqlite_fault
from pandok.common.backup.postgresql import not_empty, restore_failed
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.backup.manifest import Manifest
from pandok.engines.backup.pool import BackupFolder, damaged
from pandok.engines.backup.sealed_keys import KEYS_FILE, is_key, key_in_clear, open_keys
from pandok.engines.backup.signature import (
    KEY_FILE,
    fingerprint_of,
    must_be,
    not_signed,
    signature_taken_away,
    signed_by_another,
)
from pandok.engines.files.disk_faults import disk_fault
from pandok.engines.files.durable import flush_folder, make_folder, write_durably

Progress = Callable[[int, int], None]


def restore_files(
    *,
    source: Path,
    backup_id: str,
    home: Path,
    passphrase: str = "",
    signed_by: str = "",
    accept_unsigned: bool = False,
    database: dict[str, Any] | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Manifest:
    """`signed_by`: the fingerprint of the key that must have signed it. Where the keys are sealed into the backup and
    the passphrase is given, it must be their own. A backup without a signature is refused unless `accept_unsigned`, and
    even then where a signing key lies among its sealed keys: such a site signed, and somebody took the signature away.

    `database`: Django's entry of the empty PostgreSQL database that is to be filled; None where the site works on
    SQLite, whose database is a file like the others. The home folder appears whole, with its database, or not at all.
    Raises RequestError, StoreError, Unavailable."""
    folder = BackupFolder(source)
    manifest = folder.manifest(backup_id)
    _must_be_signed(folder, manifest, passphrase, signed_by, accept_unsigned=accept_unsigned)
    _must_fit(manifest, on_postgresql=database is not None)
    refuse_unless_empty(home)
    if database is not None:
        postgresql.must_be_ready(database)
    inside = home.exists() and home.is_mount()
    beside = (home / ".restoring") if inside else home.with_name(f".{home.name}.restoring-{os.getpid()}")
    try:
        make_folder(beside)
        total = len(manifest.files) + 1
        for number, one in enumerate((manifest.database, *manifest.files)):
            progress(number, total)
            if one.path == KEYS_FILE:
                continue
            folder.put_back(one, beside)
        if database is not None:
            archive = beside / manifest.database.path
            postgresql.load(database, archive, audit_sequence=manifest.audit_sequence, audit_hash=manifest.audit_hash)
            archive.unlink()
        else:
            fault = sqlite_fault(beside / manifest.database.path, manifest.audit_sequence, manifest.audit_hash)
            if fault:
                raise restore_failed(fault)
        _put_keys_back(folder, manifest, beside, passphrase)
        os.sync()
        _take_its_place(beside, home)
        progress(total, total)
    except OSError as error:
        _remove(beside)
        raise disk_fault(error) from error
    except BaseException:
        _remove(beside)
        raise
    return manifest


def refuse_unless_empty(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        raise not_empty(
            Text(
                ko="홈 폴더가 비어 있지 않아 아무것도 덮어쓰지 않았습니다.",
                en="The home folder is not empty; nothing was done.",
            ),
            Text(
                ko="PANDOK_HOME을 새 폴더로 정하고 다시 하십시오.", en="Set PANDOK_HOME to a new folder and try again."
            ),
        )


def _must_fit(manifest: Manifest, *, on_postgresql: bool) -> None:
    """A database of one kind does not come up as one of the other; the site would begin on an empty one."""
    if (manifest.store == "postgresql") == on_postgresql:
        return
    if not on_postgresql:
        what = Text(
            ko="PostgreSQL을 쓰는 사이트의 백업인데 PANDOK_STORE가 비어 있습니다.",
            en="This is a backup of a site on PostgreSQL, and PANDOK_STORE is empty.",
        )
        next_step = Text(
            ko="빈 PostgreSQL 데이터베이스를 만들어 PANDOK_STORE에 적고 다시 하십시오.",
            en="Make an empty PostgreSQL database, name it in PANDOK_STORE and try again.",
        )
    else:
        what = Text(
            ko="SQLite를 쓰는 사이트의 백업인데 PANDOK_STORE가 PostgreSQL을 가리킵니다.",
            en="This is a backup of a site on SQLite, and PANDOK_STORE names a PostgreSQL database.",
        )
        next_step = Text(ko="PANDOK_STORE를 비우고 다시 하십시오.", en="Empty PANDOK_STORE and try again.")
    raise RequestError(what, next_step, code="request.restore_store")


def _must_be_signed(
    folder: BackupFolder, manifest: Manifest, passphrase: str, signed_by: str, *, accept_unsigned: bool
) -> None:
    signer = folder.signer(manifest.id)
    if signer is None and (not accept_unsigned or signed_by):
        raise not_signed()
    if signer is not None and signed_by:
        must_be(signer, signed_by)
    if in_clear := next((one.path for one in (manifest.database, *manifest.files) if is_key(one.path)), ""):
        raise key_in_clear(in_clear)
    box = next((one for one in manifest.files if one.path == KEYS_FILE), None)
    if box is not None and passphrase:
        try:
            keys = open_keys(folder.content(box).read_bytes(), passphrase)
        except FileNotFoundError as error:
            raise damaged(KEYS_FILE) from error
        own = keys.get(f"keys/{KEY_FILE}")
        if signer is None:
            if own is not None:
                raise signature_taken_away()
        elif own is None or fingerprint_of(own) != signer.fingerprint:
            raise signed_by_another(signer)


def _put_keys_back(folder: BackupFolder, manifest: Manifest, home: Path, passphrase: str) -> None:
    box = next((one for one in manifest.files if one.path == KEYS_FILE), None)
    if box is None or not passphrase:
        return
    for name, data in open_keys(folder.content(box).read_bytes(), passphrase).items():
        place = (home / name).resolve()
        if home.resolve() not in place.parents:
            continue
        write_durably(place, data)
        place.chmod(0o400 if name.startswith("keys/") else 0o600)


def _take_its_place(beside: Path, home: Path) -> None:
    """At once by one change of name; in a folder that is a disk of its own, one after the other, the database last."""
    if beside.parent == home:
        for one in sorted(beside.iterdir(), key=lambda path: path.suffix == ".db"):
            os.replace(one, home / one.name)
        beside.rmdir()
        flush_folder(home)
        return
    if home.exists():
        home.rmdir()
    os.replace(beside, home)
    flush_folder(home.parent)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
