"""A site changes its key: what it signed before is checked with the key of then, and with no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pandok.core.errors import StoreError
from pandok.engines.proof_pack.former_keys import FORMER, change_key, former_keys, public_keys_at
from pandok.engines.proof_pack.site_key import site_signing_key

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


def test_each_key_counts_in_its_own_time(tmp_path: Path) -> None:
    first = site_signing_key(tmp_path).public
    second = change_key(tmp_path, now=NOON).public
    third = change_key(tmp_path, now=NOON + YEAR).public
    assert site_signing_key(tmp_path).public == third
    assert len({first, second, third}) == 3
    told = [(one.public, one.since, one.until) for one in former_keys(tmp_path)]
    assert told == [(first, None, NOON), (second, NOON, NOON + YEAR)]
    assert public_keys_at(tmp_path, NOON - YEAR) == [third, first]
    assert public_keys_at(tmp_path, NOON) == [third, second]
    assert public_keys_at(tmp_path, NOON + YEAR) == [third]
    assert public_keys_at(tmp_path, None) == [third]
    assert {one.name for one in (tmp_path / "keys").iterdir()} == {"proof-signing-key", FORMER}


def test_a_change_that_stopped_half_way_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site_signing_key(tmp_path).public
    with monkeypatch.context() as broken:
        broken.setattr("pandok.engines.proof_pack.former_keys.move_durably", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            change_key(tmp_path, now=NOON)
    assert site_signing_key(tmp_path).public == first
    assert first in public_keys_at(tmp_path, NOON + YEAR)
    made = change_key(tmp_path, now=NOON + YEAR)
    assert site_signing_key(tmp_path).public == made.public
    assert [(one.public, one.until) for one in former_keys(tmp_path)] == [(first, NOON + YEAR)]


def test_a_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    change_key(tmp_path, now=NOON)
    (tmp_path / "keys" / FORMER).write_text("[{}]", encoding="utf-8")
    with pytest.raises(StoreError) as error:
        public_keys_at(tmp_path, NOON)
    assert error.value.error_code == "store.former_keys"
