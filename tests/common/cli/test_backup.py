"""Backup and restore by the commands: a site that works on, an empty machine, and nothing ever overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pandok.common.audit import writing as audit
from pandok.common.audit.chain import ask_for_check, run_check
from pandok.common.audit.noted_heads import noted_heads
from pandok.common.backup import making
from pandok.common.backup.making import make_backup
from pandok.common.backup.restoring import restore_files
from pandok.common.models import Account, AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.errors import RequestError, StoreError
from pandok.engines.backup.manifest import Manifest
from pandok.engines.backup.pool import BackupFolder
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.upkeep import verify
from pandok.fields.lab.models import VaultObject
from pandok.web.database import database
from pandok.web.database_tables import bring_up_to_date
from tests.chosen import Choose
from tests.cli.test_commands import pandok
from tests.contracts.stores import app_on, empty_postgresql
from tests.fields.lab.acts.vault.conftest import NOW, Clock, Lab
from tests.own_postgresql import own_server
from tests.roles import Role

Store = Callable[[], str]
PASSPHRASE = "a long sentence for the keys"
PHOTOGRAPH = b"photograph" * 900


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Store]:
    """Gives the address of a new empty database at each call."""
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            yield lambda: ""
            return
        monkeypatch.setenv("PATH", f"{own_server().tools}{os.pathsep}{os.environ['PATH']}")
        yield empty_postgresql


def site_with_data(home: Path) -> VaultObject:
    """A photograph, a sealed file, keys and an account."""
    clock = Clock()
    lab = Lab(site_vault(home, clock=clock), clock, home)
    kept = lab.vault.put(lab.deposit(), "one.bin", b"sealed away " * 500, "raw")
    FolderBlobs(home / "blobs").put(PHOTOGRAPH)
    (home / "secret-key").write_text("secret of the old machine")
    (home / "static").mkdir()
    (home / "static" / "made-again.css").write_text("x")
    (home / "index" / "reader").mkdir(parents=True)
    (home / "index" / "reader" / "vectors.bin").write_bytes(b"\0" * 64)
    return kept


def back_up(home: Path, target: Path, **changes: Any) -> Any:
    facts: dict[str, Any] = {
        "actor": "tester",
        "now": NOW,
        "version": "0.2",
        "site": "Pandok",
        "passphrase": PASSPHRASE,
    }
    return make_backup(home=home, target=target, **facts | changes)


def restore(source: Path, home: Path, address: str, **changes: Any) -> Manifest:
    """Into this empty database; an empty address is SQLite's file in the home folder."""
    facts: dict[str, Any] = {"backup_id": "", "passphrase": PASSPHRASE}
    return restore_files(
        source=source, home=home, database=database(address, home) if address else None, **facts | changes
    )


def test_what_was_backed_up_works_on_an_empty_machine(store: Store, tmp_path: Path, choose: Choose) -> None:
    old, new, target = tmp_path / "old", tmp_path / "new", tmp_path / "backups"
    old.mkdir()
    choose(home=old)
    with app_on(store(), old, bring_up_to_date):
        kept = site_with_data(old)
        made = back_up(old, target)
        Account.objects.create_user("made after the backup")
        entries = AuditEntry.objects.count()
    assert [fault for _, fault in BackupFolder(target).faults(made) if fault] == []
    assert not any(one.path.startswith(("static", "keys", "secret")) for one in made.files)

    address = store()
    restore(target, new, address)
    choose(home=new)
    with app_on(address, new, lambda: None):
        assert AuditEntry.objects.count() == entries == made.audit_sequence
        check = ask_for_check(asked_by="tester", full=True, now=NOW)
        assert run_check(check.id, clock=lambda: NOW).fault == ""
        assert Account.objects.filter(username=Role.DATA_STEWARD.value).exists()
        assert not Account.objects.filter(username="made after the backup").exists()
        assert verify(site_vault(new)) == (1, [])
        assert VaultObject.objects.get().pk == kept.pk
    blobs = FolderBlobs(new / "blobs")
    assert [blobs.get(one) for one in blobs.names()] == [PHOTOGRAPH]
    assert (new / "secret-key").read_text() == "secret of the old machine"
    assert (new / "index" / "reader" / "vectors.bin").stat().st_size == 64
    assert not (new / "static").exists()
    modes = {path.stat().st_mode & 0o077 for path in new.rglob("*")}
    assert modes == {0}, "nobody else may read what was restored"


@pytest.fixture
def site_home(store: Store, tmp_path: Path, choose: Choose) -> Iterator[Path]:
    home = tmp_path / "home"
    home.mkdir()
    choose(home=home)
    with app_on(store(), home, bring_up_to_date):
        site_with_data(home)
        yield home


def test_without_a_passphrase_no_key_is_in_the_backup(site_home: Path, store: Store, tmp_path: Path) -> None:
    made = back_up(site_home, tmp_path / "b", passphrase="")
    assert made.keys == "left_out"
    keys = [path.read_bytes() for path in (site_home / "keys").iterdir()]
    contents = [path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert keys
    assert not any(key in content for key in keys for content in contents)
    restore(tmp_path / "b", tmp_path / "new", store(), passphrase="")
    assert not (tmp_path / "new" / "keys").exists()


def test_sealed_keys_open_with_their_passphrase_only(site_home: Path, store: Store, tmp_path: Path) -> None:
    with pytest.raises(RequestError):
        back_up(site_home, tmp_path / "b", passphrase="short")
    back_up(site_home, tmp_path / "b")
    keys = [path.read_bytes() for path in (site_home / "keys").iterdir()]
    contents = [path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert not any(key in content for key in keys for content in contents)
    with pytest.raises(RequestError) as refused:
        restore(tmp_path / "b", tmp_path / "new", store(), passphrase="another sentence")
    assert refused.value.error_code == "request.passphrase"
    assert not (tmp_path / "new").exists()
    assert [one.name for one in tmp_path.iterdir() if "restoring" in one.name] == []


def test_nothing_is_ever_overwritten(site_home: Path, store: Store, tmp_path: Path) -> None:
    back_up(site_home, tmp_path / "b")
    before, entries = sorted(site_home.rglob("*")), AuditEntry.objects.count()
    with pytest.raises(StoreError) as refused:
        restore(tmp_path / "b", site_home, store())
    assert refused.value.error_code == "store.restore_not_empty"
    assert sorted(site_home.rglob("*")) == before
    if connection.vendor == "postgresql":
        with pytest.raises(StoreError) as refused:
            restore_files(
                source=tmp_path / "b",
                backup_id="",
                home=tmp_path / "new",
                passphrase=PASSPHRASE,
                database=dict(connection.settings_dict),
            )
        assert refused.value.error_code == "store.restore_not_empty"
        assert not (tmp_path / "new").exists()
        assert AuditEntry.objects.count() == entries
    with pytest.raises(RequestError):
        back_up(site_home, site_home / "inside")


@pytest.mark.parametrize("damage", ["changed", "missing", "database", "manifest"])
def test_a_damaged_backup_is_found_and_restores_nothing(
    site_home: Path, store: Store, tmp_path: Path, damage: str
) -> None:
    made = back_up(site_home, tmp_path / "b")
    folder = BackupFolder(tmp_path / "b")
    chosen = made.database if damage == "database" else next(one for one in made.files if one.path.startswith("blobs/"))
    content = folder.content(chosen)
    if damage == "manifest":
        [file] = (tmp_path / "b" / "backups").glob("*.json")
        file.write_text(file.read_text().replace('"path": "', '"path": "../', 1))
    elif damage == "missing":
        content.unlink()
    else:
        content.write_bytes(content.read_bytes()[:-1] + b"?")
    if damage != "manifest":
        assert [(one.path, bool(fault)) for one, fault in folder.faults(made) if fault] == [(chosen.path, True)]
    with pytest.raises(StoreError):
        restore(tmp_path / "b", tmp_path / "new", store())
    assert not (tmp_path / "new").exists()


def test_a_second_backup_keeps_contents_once_and_pruning_forgets_what_was_erased(
    site_home: Path, tmp_path: Path
) -> None:
    blobs, folder = FolderBlobs(site_home / "blobs"), BackupFolder(tmp_path / "b")
    gone = blobs.put(b"to be erased" * 99)
    first = back_up(site_home, tmp_path / "b")
    count = len(list((tmp_path / "b" / "contents").glob("*/*")))
    blobs.remove(gone)
    second = back_up(site_home, tmp_path / "b")
    assert first.id != second.id
    assert len(list((tmp_path / "b" / "contents").glob("*/*"))) <= count + 4, "database, notes and keys are new"
    assert folder.prune(keep=1)[0] == 1
    assert folder.ids() == [second.id]
    assert [fault for _, fault in folder.faults(second) if fault] == []
    held = b"".join(path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file())
    assert b"to be erased" not in held


def test_the_backup_is_on_the_audit_record_and_in_itself(site_home: Path, store: Store, tmp_path: Path) -> None:
    made = back_up(site_home, tmp_path / "b")
    entry = AuditEntry.objects.get(action="backup.made")
    assert (entry.object, entry.sequence, entry.hash) == (f"backup:{made.id}", made.audit_sequence, made.audit_hash)
    address = store()
    restore(tmp_path / "b", tmp_path / "new", address)
    with app_on(address, tmp_path / "new", lambda: None):
        assert AuditEntry.objects.get(action="backup.made").hash == made.audit_hash


def test_what_is_written_meanwhile_is_no_part_of_it_and_the_copy_is_whole(
    site_home: Path, store: Store, tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database is copied, others go on: entries, a note of the newest, and a photograph."""
    copy, blobs = making.copy_database, FolderBlobs(site_home / "blobs")

    def copied_while_others_write(target: Path) -> None:
        copy(target)
        audit.record(AuditEvent("officer", "thing.done", "thing:1", "", NOW))
        noted_heads().note(NOW + timedelta(minutes=1))
        blobs.put(b"taken meanwhile")

    monkeypatch.setattr(making, "copy_database", copied_while_others_write)
    made = back_up(site_home, tmp_path / "b")
    address = store()
    restore(tmp_path / "b", tmp_path / "new", address)
    choose(home=tmp_path / "new")
    with app_on(address, tmp_path / "new", lambda: None):
        assert AuditEntry.objects.count() == made.audit_sequence
        assert noted_heads().differs() is None
        check = ask_for_check(asked_by="tester", full=True, now=NOW)
        assert run_check(check.id, clock=lambda: NOW).fault == ""


def test_a_database_of_one_kind_does_not_come_up_as_one_of_the_other(site_home: Path, tmp_path: Path) -> None:
    made = back_up(site_home, tmp_path / "b")
    other = "" if made.store == "postgresql" else "postgresql://nobody@nowhere.invalid/none"
    with pytest.raises(RequestError) as refused:
        restore(tmp_path / "b", tmp_path / "new", other)
    assert refused.value.error_code == "request.restore_store"
    assert not (tmp_path / "new").exists()


def test_a_server_that_does_not_answer_leaves_no_half_restored_home(site_home: Path, tmp_path: Path) -> None:
    if back_up(site_home, tmp_path / "b").store == "sqlite":
        (tmp_path / "new").write_text("a file where the home folder should be")
        with pytest.raises((StoreError, NotADirectoryError)):
            restore(tmp_path / "b", tmp_path / "new", "")
        assert (tmp_path / "new").is_file()
        return
    with pytest.raises(StoreError) as refused:
        restore(tmp_path / "b", tmp_path / "new", f"postgresql:///none?host={tmp_path}")
    assert refused.value.error_code == "store.restore_database"
    assert not (tmp_path / "new").exists()


def test_by_the_commands(store: Store, tmp_path: Path) -> None:
    """On the machine of an operator: back up, look, restore elsewhere, and be refused where something is."""
    (tmp_path / "phrase").write_text(PASSPHRASE)
    here, elsewhere = ({"PANDOK_STORE": store(), "PATH": os.environ["PATH"]} for _ in range(2))
    assert pandok(tmp_path, "audit", "head", "--out", "anchor.json", **here).returncode == 0
    made = pandok(tmp_path, "--language", "en", "backup", "backups", "--passphrase-file", "phrase", **here)
    assert made.returncode == 0, made.stderr
    assert "The keys are not in it" not in made.stderr
    whole = pandok(tmp_path, "--language", "en", "backup", "verify", "backups", **here)
    assert (whole.returncode, "is whole" in whole.stdout) == (0, True)
    assert len(pandok(tmp_path, "backup", "list", "backups", **here).stdout.splitlines()) == 1
    refused = pandok(tmp_path, "restore", "backups", "--passphrase-file", "phrase", **here)
    assert (refused.returncode, "store.restore_not_empty" in refused.stderr) == (3, True)
    home = tmp_path / "home"
    home.rename(tmp_path / "lost")
    back = pandok(tmp_path, "--language", "en", "restore", "backups", "--passphrase-file", "phrase", **elsewhere)
    assert back.returncode == 0, back.stderr
    assert not any(path.suffix == ".dump" for path in home.rglob("*"))
    checked = pandok(tmp_path, "--language", "en", "audit", "verify", "--anchor", "anchor.json", **elsewhere)
    assert (checked.returncode, "The audit log is whole" in checked.stdout) == (0, True), checked.stdout
    with app_on(elsewhere["PANDOK_STORE"], home, lambda: None):
        assert AuditEntry.objects.get(action="backup.restored").details["entries_then"] == 2


def test_restored_without_keys_none_is_made_and_that_is_told(store: Store, tmp_path: Path) -> None:
    here, elsewhere = ({"PANDOK_STORE": store(), "PATH": os.environ["PATH"]} for _ in range(2))
    assert pandok(tmp_path, "backup", "backups", **here).returncode == 0
    (tmp_path / "home").rename(tmp_path / "lost")
    back = pandok(tmp_path, "--language", "en", "restore", "backups", **elsewhere)
    assert (back.returncode, "No keys were restored" in back.stderr) == (0, True), back.stderr
    assert not (tmp_path / "home" / "secret-key").exists()
