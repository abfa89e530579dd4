"""Whose backup it is: tampered, swapped and re-signed manifests restore nothing; older backups only on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pandok.common.backup.restoring import restore_files
from pandok.core.errors import StoreError
from pandok.engines.backup.pool import BackupFolder
from pandok.engines.backup.signature import backup_key, signature_of
from tests.cli.test_commands import pandok
from tests.common.cli.test_backup import NOW, PASSPHRASE, Store, back_up, site_home  # noqa: F401


@pytest.fixture
def store(django_db_blocker: Any) -> Iterator[Store]:
    """A signature is over the manifest, whatever the database."""
    with django_db_blocker.unblock():
        yield lambda: ""


@pytest.fixture
def backups(site_home: Path, tmp_path: Path) -> Path:  # noqa: F811
    """Two of one site, an older one and a newer one."""
    target = tmp_path / "b"
    back_up(site_home, target)
    back_up(site_home, target, now=NOW + timedelta(days=1))
    return target


def refused(backups: Path, tmp_path: Path, **asked: str) -> str:
    with pytest.raises(StoreError) as error:
        restore_files(source=backups, backup_id="", home=tmp_path / "new", passphrase=PASSPHRASE, **asked)
    assert not (tmp_path / "new").exists()
    return error.value.error_code


def newest(backups: Path) -> Path:
    return sorted((backups / "backups").glob("*.json"))[-1]


def sign_anew(backups: Path, home: Path, site: str = "Pandok") -> None:
    file = newest(backups)
    signature = signature_of(backup_key(home), backup=file.stem, site=site, manifest=file.read_bytes())
    file.with_suffix(".signature").write_bytes(signature)


def a_file_left_out(backups: Path) -> None:
    file = newest(backups)
    said = json.loads(file.read_text())
    said["files"] = [one for one in said["files"] if not one["path"].startswith("blobs/")]
    file.write_text(json.dumps(said))


def an_older_one_in_its_place(backups: Path) -> None:
    old, new = sorted((backups / "backups").glob("*.json"))
    new.write_bytes(old.read_bytes())
    new.with_suffix(".signature").write_bytes(old.with_suffix(".signature").read_bytes())


def an_older_one_under_its_name(backups: Path) -> None:
    old, new = sorted((backups / "backups").glob("*.json"))
    new.write_text(old.read_text().replace(old.stem, new.stem))


def a_signature_that_is_none(backups: Path) -> None:
    newest(backups).with_suffix(".signature").write_bytes(b"{}")


@pytest.mark.parametrize(
    "change", [a_file_left_out, an_older_one_in_its_place, an_older_one_under_its_name, a_signature_that_is_none]
)
def test_a_manifest_that_is_not_as_signed_restores_nothing(
    backups: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    change(backups)
    assert refused(backups, tmp_path) == "store.backup_signature"


def test_a_backup_signed_by_another_key_restores_nothing(backups: Path, tmp_path: Path) -> None:
    signer = BackupFolder(backups).signer(newest(backups).stem)
    assert signer is not None
    assert signer.site == "Pandok"
    fingerprint = signer.fingerprint
    a_file_left_out(backups)
    sign_anew(backups, tmp_path / "another home")
    assert refused(backups, tmp_path) == "store.backup_signer", "not by the key that is sealed into it"
    assert refused(backups, tmp_path, signed_by=fingerprint) == "store.backup_signer"
    assert refused(backups, tmp_path, signed_by=fingerprint[:8]) == "store.backup_signer", "too little to compare"
    done = pandok(tmp_path, "backup", "verify", str(backups))
    assert fingerprint[:8] not in done.stdout


def test_who_signs_is_not_restored_with_keys_when_the_signature_is_gone(backups: Path, tmp_path: Path) -> None:
    """The flag is for sites that did not sign yet, never for a manifest whose signature somebody took away."""
    newest(backups).with_suffix(".signature").unlink()
    with pytest.raises(StoreError) as error:
        restore_files(source=backups, backup_id="", home=tmp_path / "new", passphrase=PASSPHRASE, accept_unsigned=True)
    assert error.value.error_code == "store.backup_signature_gone"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("place", ["keys/vault.key", "secret-key", "./Keys/vault.key"])
def test_a_key_in_clear_is_never_put_among_the_keys(backups: Path, tmp_path: Path, place: str) -> None:
    file = newest(backups)
    said = json.loads(file.read_text())
    said["files"].append({**next(one for one in said["files"] if one["path"].startswith("blobs/")), "path": place})
    file.write_text(json.dumps(said))
    file.with_suffix(".signature").unlink()
    with pytest.raises(StoreError) as error:
        restore_files(source=backups, backup_id="", home=tmp_path / "new", accept_unsigned=True)
    assert error.value.error_code == "store.backup_key_in_clear"
    assert not (tmp_path / "new").exists()


def test_an_older_backup_without_signature_needs_the_flag_and_warns(backups: Path, tmp_path: Path) -> None:
    newest(backups).with_suffix(".signature").unlink()
    assert refused(backups, tmp_path) == "store.backup_unsigned"
    words = ["restore", str(backups)]
    fresh = tmp_path / "fresh"
    place = {"PANDOK_HOME": str(fresh), "PANDOK_STORE": ""}
    assert pandok(tmp_path, *words, **place).returncode != 0
    assert not (fresh / "pandok.db").exists()
    done = pandok(tmp_path, *words, "--unsigned", **place)
    assert done.returncode == 0, done.stderr
    assert "not signed" in done.stderr or "서명이 없는" in done.stderr
    assert (fresh / "pandok.db").exists()
