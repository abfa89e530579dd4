"""Parts of one backup with those of another, keys of another site, changed files: refused with words, nothing lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pandok.common.audit.noted_heads import noted_heads
from pandok.common.backup.restoring import restore_files
from pandok.common.models import Account, AuditEntry
from pandok.core.errors import PandokError, StoreError
from pandok.engines.backup.pool import BackupFolder
from pandok.engines.backup.sealed_keys import KEYS_FILE, seal_keys
from pandok.engines.backup.signature import backup_key
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.files.durable import write_durably
from pandok.engines.vault.site_keys import secret_file
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.upkeep import end_terms, sweep, verify
from pandok.fields.lab.models import Deposit, VaultObject
from pandok.web.database_tables import FORMERLY, SUCCESSORS, bring_up_to_date
from tests.chosen import Choose
from tests.cli.test_commands import pandok
from tests.common.cli.test_backup import (  # noqa: F401
    NOW,
    PASSPHRASE,
    Store,
    back_up,
    restore,
    site_home,
    site_with_data,
    store,
)
from tests.contracts.quick_steps import walk_quickly
from tests.contracts.released import migrate_to, take_away_later_fields
from tests.contracts.stores import app_on
from tests.contracts.test_tables import former_names
from tests.fields.lab.acts.vault.conftest import Clock, Lab

Change = Callable[[Path, bytes], None]
LATER = NOW + timedelta(days=3650)


@pytest.fixture(autouse=True)
def with_migrations(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the product runs; the other tests make their tables with migrations switched off."""
    settings.MIGRATION_MODULES = {}
    walk_quickly(monkeypatch)


@pytest.fixture
def sqlite(django_db_blocker: Any, tmp_path: Path, choose: Choose) -> Iterator[Path]:
    """Home of a site with data, on SQLite."""
    home = tmp_path / "home"
    home.mkdir()
    choose(home=home)
    with django_db_blocker.unblock(), app_on("", home, bring_up_to_date):
        site_with_data(home)
        (home / "secret-key").write_text(django_settings.SECRET_KEY)
        yield home


@pytest.fixture
def backups(sqlite: Path, tmp_path: Path) -> Path:
    """Two of one site: between them a photograph and a sealed file came in, and another photograph went."""
    blobs = FolderBlobs(sqlite / "blobs")
    gone = blobs.put(b"photograph that went" * 99)
    back_up(sqlite, tmp_path / "b")
    blobs.remove(gone)
    blobs.put(b"photograph that came" * 99)
    site_vault(sqlite, clock=Clock()).put(Deposit.objects.get(), "two.bin", b"sealed later " * 300, "raw")
    back_up(sqlite, tmp_path / "b", now=NOW + timedelta(days=1))
    return tmp_path / "b"


def refused(source: Path, home: Path, **asked: Any) -> str:
    with pytest.raises(PandokError) as error:
        restore_files(source=source, home=home, **({"backup_id": "", "passphrase": PASSPHRASE} | asked))
    assert not home.exists()
    assert not [one for one in home.parent.iterdir() if "restoring" in one.name]
    assert error.value.what.ko
    assert error.value.next_step.ko
    return error.value.error_code


def held(home: Path) -> dict[str, bytes]:
    """Every file of a home folder, but for the database and what is noted beside it."""
    found = {one.relative_to(home).as_posix(): one for one in home.rglob("*") if one.is_file()}
    own = ("pandok.db", "clock", "audit-heads", "workers", "static")
    return {name: one.read_bytes() for name, one in found.items() if not name.startswith(own)}


def flipped(file: Path, _: bytes) -> None:
    data = file.read_bytes()
    place = len(data) // 2
    file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


def emptied(file: Path, _: bytes) -> None:
    file.write_bytes(b"")


def cut(file: Path, _: bytes) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def of_another_file(file: Path, other: bytes) -> None:
    file.write_bytes(other)


@pytest.mark.parametrize("change", [flipped, emptied, cut, of_another_file])
def test_whatever_file_of_a_backup_is_changed_it_restores_nothing(
    backups: Path, tmp_path: Path, change: Change
) -> None:
    folder = BackupFolder(backups)
    made = folder.manifest()
    own = [folder.content(one) for one in (made.database, *made.files) if one.bytes]
    files = [*own, *(backups / "backups" / f"{made.id}.{kind}" for kind in ("json", "signature"))]
    codes = set()
    for number, file in enumerate(files):
        before = file.read_bytes()
        change(file, files[number - 1].read_bytes())
        codes.add(refused(backups, tmp_path / "new"))
        file.write_bytes(before)
    allowed = {"store.backup_damaged", "store.backup_signature", "store.backup_manifest", "request.passphrase"}
    assert codes <= allowed
    restore_files(source=backups, backup_id="", home=tmp_path / "new", passphrase=PASSPHRASE)


def manifests(backups: Path) -> tuple[Path, Path]:
    old, new = sorted((backups / "backups").glob("*.json"))
    return old, new


def with_the_database_of_the_other(said: dict[str, Any], other: dict[str, Any]) -> None:
    said["database"] = other["database"]


def with_the_files_of_the_other(said: dict[str, Any], other: dict[str, Any]) -> None:
    said["files"] = other["files"]


def with_the_head_of_the_other(said: dict[str, Any], other: dict[str, Any]) -> None:
    said["audit_sequence"], said["audit_hash"] = other["audit_sequence"], other["audit_hash"]


@pytest.mark.parametrize("older_first", [True, False])
@pytest.mark.parametrize(
    "mix", [with_the_database_of_the_other, with_the_files_of_the_other, with_the_head_of_the_other]
)
def test_parts_of_two_backups_make_none(
    backups: Path, tmp_path: Path, mix: Callable[[dict[str, Any], dict[str, Any]], None], older_first: bool
) -> None:
    own, other = manifests(backups) if older_first else manifests(backups)[::-1]
    said = json.loads(own.read_text())
    mix(said, json.loads(other.read_text()))
    own.write_text(json.dumps(said))
    assert refused(backups, tmp_path / "new", backup_id=own.stem) == "store.backup_signature"
    own.with_suffix(".signature").unlink()
    assert refused(backups, tmp_path / "new", backup_id=own.stem) == "store.backup_unsigned"
    if mix is not with_the_files_of_the_other:
        asked = {"backup_id": own.stem, "accept_unsigned": True}
        assert refused(backups, tmp_path / "new", **asked) == "store.backup_signature_gone", "it signs"
        code = refused(backups, tmp_path / "new", **asked, passphrase="")
        assert code == "store.restore_database", "the chain of the database ends elsewhere"
    restore_files(source=backups, backup_id=other.stem, home=tmp_path / "new", passphrase=PASSPHRASE)


def other_keys(tmp_path: Path) -> dict[str, bytes]:
    elsewhere = tmp_path / "elsewhere"
    backup_key(elsewhere)
    for name in ("vault.key", "ledger.key"):
        secret_file(elsewhere / "keys" / name)
    (elsewhere / "secret-key").write_text("secret of another site")
    found = [elsewhere / "secret-key", *(elsewhere / "keys").glob("*")]
    return {one.relative_to(elsewhere).as_posix(): one.read_bytes() for one in found}


def test_keys_of_another_site_come_up_with_no_backup(backups: Path, tmp_path: Path) -> None:
    folder = BackupFolder(backups)
    [box] = [one for one in folder.manifest().files if one.path == KEYS_FILE]
    folder.content(box).write_bytes(seal_keys(other_keys(tmp_path), PASSPHRASE))
    assert refused(backups, tmp_path / "new") in ("store.backup_signer", "store.backup_damaged")
    _, newest = manifests(backups)
    said = json.loads(newest.read_text())
    place = tmp_path / "box"
    place.write_bytes(seal_keys(other_keys(tmp_path), PASSPHRASE))
    added = folder.add(place, KEYS_FILE).model_dump(mode="json")
    said["files"] = [added if one["path"] == KEYS_FILE else one for one in said["files"]]
    newest.write_text(json.dumps(said))
    assert refused(backups, tmp_path / "new") == "store.backup_signature"


def test_under_keys_of_another_site_nothing_opens_and_nothing_goes(
    backups: Path, tmp_path: Path, settings: Any, choose: Choose
) -> None:
    new = tmp_path / "new"
    restore_files(source=backups, backup_id="", home=new)
    for name, data in other_keys(tmp_path).items():
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        write_durably(new / name, data)
        (new / name).chmod(0o400)
    before = held(new)
    choose(home=new)
    settings.SECRET_KEY = "secret of another site"
    with app_on("", new, lambda: None):
        vault = site_vault(new, clock=lambda: LATER)
        count, faults = verify(vault)
        assert (count, {one.what for one in faults}) == (2, {"unreadable"})
        with pytest.raises(StoreError):
            noted_heads().all()
        assert (end_terms(vault), sweep(vault)) == (0, 0)
        assert VaultObject.objects.filter(deleted_at=None).count() == 2
        people = {one.username: one for one in Account.objects.all()}
        with pytest.raises(StoreError) as error:
            Lab(vault, Clock(), new, people).deposit(name="under the wrong key")
        assert error.value.error_code == "store.vault_key"
    assert held(new) == before
    told = pandok(tmp_path, "--language", "en", "lab", "vault", "verify", PANDOK_HOME=str(new), PANDOK_STORE="")
    assert (told.returncode, "Traceback" in told.stderr) == (1, False), told.stderr
    told = pandok(tmp_path, "--language", "en", "audit", "verify", PANDOK_HOME=str(new), PANDOK_STORE="")
    assert (told.returncode != 0, "Traceback" in told.stderr) == (True, False)
    assert held(new) == before


@pytest.mark.parametrize("older_database", [True, False])
def test_the_database_of_one_beside_the_files_of_the_other_destroys_nothing(
    backups: Path, tmp_path: Path, older_database: bool
) -> None:
    """As somebody does who copies the file by hand."""
    old, new = (tmp_path / "old", tmp_path / "new")
    for manifest, home in zip(manifests(backups), (old, new), strict=True):
        restore_files(source=backups, backup_id=manifest.stem, home=home, passphrase=PASSPHRASE)
    home, other = (new, old) if older_database else (old, new)
    shutil.copy(other / "pandok.db", home / "pandok.db")
    before = held(home)
    place = {"PANDOK_HOME": str(home), "PANDOK_STORE": ""}
    checked = pandok(tmp_path, "--language", "en", "audit", "verify", **place)
    assert (checked.returncode == 0) == (not older_database), checked.stdout + checked.stderr
    worked = pandok(tmp_path, "--language", "en", "worker", "--once", **place)
    assert worked.returncode == 0, worked.stderr
    looked = pandok(tmp_path, "--language", "en", "scrub", **place)
    assert "Traceback" not in looked.stderr
    if not older_database:
        assert (looked.returncode, "missing" in looked.stdout) == (1, True), looked.stdout
    assert held(home) == before


def back_to_before_the_fields() -> None:
    steps = dict.fromkeys(SUCCESSORS, "0001_initial")
    take_away_later_fields(steps)
    migrate_to(steps)


def test_a_backup_of_0_2_comes_up_in_the_product_of_today(
    site_home: Path,  # noqa: F811
    store: Store,  # noqa: F811
    tmp_path: Path,
    choose: Choose,
) -> None:
    Account.objects.create_user("kept", password="open sesame 27")
    entries = AuditEntry.objects.count()
    back_to_before_the_fields()
    former_names(MigrationRecorder(connection), FORMERLY)
    back_up(site_home, tmp_path / "b")
    address, new = store(), tmp_path / "new"
    restore(tmp_path / "b", new, address)
    choose(home=new)
    with app_on(address, new, bring_up_to_date):
        assert Account.objects.filter(username="kept").exists()
        assert AuditEntry.objects.count() == entries + 1
        done = set(MigrationRecorder(connection).migration_qs.values_list("app", flat=True))
        assert not done & {"desk"}
        assert {"common", "register", "designs", "counterfeit", "lab"} <= done
        assert verify(site_vault(new)) == (1, [])


def test_by_the_commands_too_and_one_left_half_way_is_refused_with_its_way_out(sqlite: Path, tmp_path: Path) -> None:
    back_to_before_the_fields()
    for name, steps, code in (
        ("whole", FORMERLY, 0),
        ("half way", {**FORMERLY, "desk": "0009_case_lists"}, 3),
    ):
        former_names(MigrationRecorder(connection), steps)
        back_up(sqlite, tmp_path / name)
        (tmp_path / "phrase").write_text(PASSPHRASE)
        place = {"PANDOK_HOME": str(tmp_path / f"{name} home"), "PANDOK_STORE": ""}
        words = ("--language", "en", "restore", name, "--passphrase-file", "phrase")
        done = pandok(tmp_path, *words, **place)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
        if code:
            assert "of an older version" in done.stderr
            assert "Open it once with a version of Pandok that has these steps" in done.stderr
            bring_up = (tmp_path / f"{name} home" / "pandok.db").stat().st_size
            assert bring_up > 0, "what was restored stands, untouched, for the version that opens it"
            continue
        checked = pandok(tmp_path, "--language", "en", "audit", "verify", **place)
        assert "The audit log is whole" in checked.stdout, checked.stdout + checked.stderr
        MigrationRecorder(connection).migration_qs.filter(app__in=FORMERLY).delete()
