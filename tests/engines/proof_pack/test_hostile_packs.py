"""Packs that an enemy made: each is refused by name, none is unpacked, none ends in a traceback."""

from __future__ import annotations

import contextlib
import io
import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.pack_bytes import PackRefused, read_pack, unzipped, zipped
from pandok.engines.proof_pack.verification import check_pack
from tests.engines.proof_pack.samples import KEY, proof

FILES = proof()[1]


def archive(entries: list[tuple[str, bytes]], *, method: int = zipfile.ZIP_STORED, mode: int = 0) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = method
            entry.external_attr = (mode or stat.S_IFREG | 0o644) << 16
            made.writestr(entry, data)
    return target.getvalue()


GOOD = [(name, FILES[name]) for name in pack.NAMES]
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "zip"),
    "text": (b"proof", "zip"),
    "empty zip": (archive([]), "missing"),
    "cut off": (zipped(FILES)[:-30], "zip"),
    "two ends": (zipped(FILES) + zipped(FILES), "form"),
    "more in front": (b"MZ" + zipped(FILES), "form"),
    "slip": (archive([*GOOD, ("../../etc/passwd", b"x")]), "path"),
    "absolute": (archive([*GOOD, ("/etc/passwd", b"x")]), "path"),
    "windows slip": (archive([*GOOD, ("..\\evil.bat", b"x")]), "path"),
    "drive": (archive([*GOOD, ("c:evil", b"x")]), "path"),
    "folder": (archive([*GOOD, ("inside/", b"")]), "unknown"),
    "symlink": (archive([*GOOD[:-1], (pack.SUMS, b"/etc/passwd")], mode=stat.S_IFLNK | 0o777), "symlink"),
    "device": (archive([*GOOD[:-1], (pack.SUMS, b"")], mode=stat.S_IFCHR | 0o644), "symlink"),
    "unknown": (archive([*GOOD, ("extra.txt", b"x")]), "unknown"),
    "case": (archive([*GOOD, ("Statement.json", b"x")]), "unknown"),
    "missing": (archive(GOOD[:-1]), "missing"),
    "compressed": (archive(GOOD, method=zipfile.ZIP_DEFLATED), "compressed"),
    "bomb": (archive([(pack.STATEMENT, bytes(17_000_000))], method=zipfile.ZIP_DEFLATED), "huge"),
    "huge": (archive([(pack.STATEMENT, bytes(17_000_000))]), "huge"),
    "many": (archive([(f"{number}", b"") for number in range(100)]), "many"),
    "another order": (archive(GOOD[::-1]), "form"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_by_name(name: str) -> None:
    data, reason = HOSTILE[name]
    with pytest.raises(PackRefused) as caught:
        unzipped(data)
    assert caught.value.error_code == f"proof.{reason}"
    assert caught.value.message("ko")
    assert caught.value.message("en")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(PackRefused) as caught:
        unzipped(archive([*GOOD, (pack.STATEMENT, b"{}")]))
    assert caught.value.error_code == "proof.duplicate"


def test_a_name_that_lies_in_the_directory_of_the_zip_is_refused() -> None:
    data = zipped(FILES)
    place = data.index(b"report.pdf")
    with pytest.raises(PackRefused):
        unzipped(data[:place] + b"REPORT.pdf" + data[place + 10 :])


def test_a_size_that_lies_is_refused() -> None:
    data = bytearray(zipped(FILES))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (2**31).to_bytes(4, "little")
    with pytest.raises(PackRefused):
        unzipped(bytes(data))


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(zipped(FILES))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(PackRefused) as caught:
        unzipped(bytes(data))
    assert caught.value.error_code == "proof.encrypted"


def test_a_hostile_folder_is_refused(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / pack.README).unlink()
    os.symlink("/etc/passwd", tmp_path / pack.README)
    with pytest.raises(PackRefused, match="link"):
        read_pack(tmp_path)
    (tmp_path / pack.README).unlink()
    (tmp_path / pack.README).mkdir()
    with pytest.raises(PackRefused, match="no proof has"):
        read_pack(tmp_path)
    (tmp_path / pack.README).rmdir()
    with pytest.raises(PackRefused, match="missing"):
        read_pack(tmp_path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.symlink(tmp_path, tmp_path / "link")
    for path in (tmp_path / "nowhere", tmp_path / "link"):
        with pytest.raises(PackRefused):
            read_pack(path)


DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
VALUES: list[bytes] = [
    b"",
    b"[]",
    b"null",
    b"NaN",
    b"{",
    DEEP,
    b'{"kind":"pandok proof 1"}',
    b"\xff\xfe",
    b'{"a":1e999}',
]


@pytest.mark.parametrize("name", [pack.STATEMENT, pack.ENVELOPE, pack.REGISTRATION, pack.LEDGER, pack.COMPARISON])
@pytest.mark.parametrize("data", VALUES, ids=range(len(VALUES)))
def test_values_that_are_none_of_a_proof_never_hold(name: str, data: bytes) -> None:
    with contextlib.suppress(PackRefused):
        assert not check_pack(FILES | {name: data}, [KEY.public]).holds


ENVELOPES: list[Any] = [
    {"payload": 1, "payloadType": 2, "signatures": 3},
    {"payload": "é", "payloadType": "x", "signatures": [{"sig": "é"}]},
    {"payload": "", "payloadType": "application/vnd.pandok.proof.v1+json", "signatures": []},
    {"payload": "", "payloadType": "application/vnd.pandok.proof.v1+json", "signatures": [[]]},
    {"payload": "", "payloadType": "application/vnd.pandok.proof.v1+json", "signatures": [{"sig": ""}]},
    {},
]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_a_broken_envelope_signs_nothing(envelope: Any) -> None:
    data = json.dumps(envelope).encode()
    assert not check_pack(FILES | {pack.ENVELOPE: data}, [KEY.public]).holds


@given(st.binary(max_size=400), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_noise_never_ends_in_a_traceback(noise: bytes, place: int) -> None:
    data = zipped(FILES)
    for broken in (noise, data[:place] + noise + data[place:], data[:-place] + noise if place else noise):
        if broken == data:
            continue
        with contextlib.suppress(PackRefused):
            assert not check_pack(unzipped(broken), [KEY.public]).holds
