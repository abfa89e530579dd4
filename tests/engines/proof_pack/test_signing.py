"""Signed statements hold for the given keys only, and for exactly what was signed."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import RequestError, StoreError
from pandok.engines.proof_pack.signing import SigningKey, key_id, opened

KIND = "application/vnd.pandok.proof+json"


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return SigningKey.at(tmp_path / "keys" / "site")


def test_a_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "site"
    first = SigningKey.at(path)
    assert SigningKey.at(path).public == first.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert first.key_id == key_id(first.public)


def test_what_was_signed_comes_out_with_the_name_of_its_key(key: SigningKey) -> None:
    assert opened(key.sign(b"{}", KIND), KIND, [key.public]) == (b"{}", key.key_id)


def _changed(envelope: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**envelope, **changes}


def test_everything_else_is_refused(key: SigningKey, tmp_path: Path) -> None:
    stranger = SigningKey.at(tmp_path / "stranger")
    good, foreign = key.sign(b"{}", KIND), stranger.sign(b"{}", KIND)
    broken = [
        _changed(good, payload=base64.b64encode(b"[]").decode()),
        _changed(good, payloadType="text/plain"),
        _changed(good, signatures=[]),
        _changed(good, signatures=[{"keyid": key.key_id, "sig": base64.b64encode(b"0" * 64).decode()}]),
        _changed(good, signatures=[{"keyid": key.key_id}]),
        _changed(good, payload="!!"),
        _changed(foreign, signatures=[{**foreign["signatures"][0], "keyid": key.key_id}]),
        {},
    ]
    for envelope in broken:
        with pytest.raises(RequestError):
            opened(envelope, KIND, [key.public])
    with pytest.raises(RequestError):
        opened(good, "text/plain", [key.public])
    with pytest.raises(RequestError):
        opened(good, KIND, [])


def test_a_spoilt_key_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "site"
    path.write_bytes(b"short")
    with pytest.raises(StoreError) as caught:
        SigningKey.at(path)
    assert caught.value.next_step.ko
