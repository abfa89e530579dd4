"""`pandok proof change-key` as an operator runs it: said why, done whole or not at all, told in both languages."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pandok.common.audit.writing import record
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.errors import RequestError, StoreError
from pandok.engines.proof_pack.former_keys import FORMER, former_keys
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.site_key import signing_key_file, site_signing_key
from pandok.fields.lab.acts.proofs.own_key import change_own_key
from tests.cli.test_commands import pandok
from tests.full_disk import can_mount, read_only_disk, small_disk

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CHANGE = ("proof", "change-key", "--reason", "해마다 바꿈")


def test_it_prints_the_new_public_key_and_keeps_the_one_before(tmp_path: Path) -> None:
    first = pandok(tmp_path, "proof", "keys").stdout
    done = pandok(tmp_path, *CHANGE)
    home = tmp_path / "home"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == pandok(tmp_path, "proof", "keys").stdout
    [former] = former_keys(home)
    assert former.public in first
    assert site_signing_key(home).public in done.stdout
    assert signing_key_file(home).stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_a_reason_no_key_is_changed(tmp_path: Path, language: str) -> None:
    before = pandok(tmp_path, "proof", "keys").stdout
    done = pandok(tmp_path, "--language", language, "proof", "change-key", "--reason", "?")
    assert (done.returncode, "request.reason" in done.stderr) == (2, True)
    assert "사유가 없거나" in done.stderr
    assert "The reason is missing" in done.stderr
    assert pandok(tmp_path, "proof", "keys").stdout == before
    assert not (tmp_path / "home" / "keys" / FORMER).exists()


def test_a_home_without_its_key_folder_is_said(tmp_path: Path) -> None:
    assert pandok(tmp_path, *CHANGE).returncode == 0
    keys = tmp_path / "home" / "keys"
    (keys / FORMER).write_text("[{}]", encoding="utf-8")
    broken = pandok(tmp_path, *CHANGE)
    assert (broken.returncode, "store.former_keys" in broken.stderr, "Traceback" in broken.stderr) == (3, True, False)
    assert "백업에서 되돌리십시오" in broken.stderr
    assert "from a backup" in broken.stderr
    keys.rename(keys.with_name("elsewhere"))
    keys.write_text("no folder")
    gone = pandok(tmp_path, *CHANGE)
    assert (gone.returncode, "store.signing_key" in gone.stderr, "Traceback" in gone.stderr) == (3, True, False)
    assert "권한과 키 파일을 확인하십시오" in gone.stderr
    assert "Check the home folder's rights" in gone.stderr


@pytest.mark.skipif(
    not can_mount(Path(tempfile.mkdtemp(prefix="pandok-tests-"))), reason="shared machine: nothing may be mounted"
)
def test_where_nothing_may_be_written_the_key_stays(tmp_path: Path) -> None:
    before = pandok(tmp_path, "proof", "keys").stdout
    with read_only_disk(tmp_path / "home" / "keys"):
        done = pandok(tmp_path, *CHANGE)
        assert (done.returncode, "store.read_only" in done.stderr, "Traceback" in done.stderr) == (3, True, False)
        assert "지금 쓸 수 없습니다" in done.stderr
        assert "cannot be written to now" in done.stderr
        assert pandok(tmp_path, "proof", "keys").stdout == before
    assert pandok(tmp_path, *CHANGE).returncode == 0


@pytest.mark.django_db
def test_on_a_full_disk_the_key_stays_and_no_half_key_stands_in_the_way(tmp_path: Path) -> None:
    first = site_signing_key(tmp_path).public
    kept = signing_key_file(tmp_path).read_bytes()
    signing_key_file(tmp_path).chmod(0o600)
    signing_key_file(tmp_path).unlink()
    with small_disk(tmp_path / "keys") as make_room:
        if not os.path.ismount(tmp_path / "keys"):
            pytest.skip("shared machine: nothing may be mounted")
        with pytest.raises(StoreError) as full:
            SigningKey.at(signing_key_file(tmp_path))
        assert full.value.error_code == "store.full"
        assert not signing_key_file(tmp_path).exists()
        make_room()
        signing_key_file(tmp_path).write_bytes(kept)
        assert site_signing_key(tmp_path).public == first
        assert change_own_key(home=tmp_path, reason="해마다 바꿈", actor=None, now=NOON).public != first


@pytest.mark.django_db
def test_what_the_audit_trail_does_not_take_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site_signing_key(tmp_path).public
    with monkeypatch.context() as full:
        full.setattr("pandok.fields.lab.acts.proofs.own_key.audit.tell", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            change_own_key(home=tmp_path, reason="해마다 바꿈", actor=None, now=NOON)
    assert site_signing_key(tmp_path).public == first
    assert former_keys(tmp_path) == ()
    made = change_own_key(home=tmp_path, reason="해마다 바꿈", actor=None, now=NOON)
    entry = AuditEntry.objects.get(action="proof.own_key_changed")
    assert (entry.object, entry.details["key"]) == (f"key:{made.key_id}", made.key_id)


@pytest.mark.django_db
def test_while_the_clock_is_in_doubt_the_key_stays(tmp_path: Path) -> None:
    first = site_signing_key(tmp_path).public
    record(AuditEvent("officer", "thing.done", "thing:1", "", NOON + timedelta(days=3)))
    with pytest.raises(RequestError) as doubt:
        change_own_key(home=tmp_path, reason="해마다 바꿈", actor=None, now=NOON)
    assert doubt.value.error_code == "proof.clock"
    assert site_signing_key(tmp_path).public == first
