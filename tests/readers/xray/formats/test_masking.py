"""What leaves the office names nobody: keyed hashes, hours, no comments."""

from __future__ import annotations

import hashlib

import pytest

from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.masking import masked
from pandok.readers.xray.formats.reading import NamedBytes, read_file, read_files
from pandok.readers.xray.formats.writing import WriteForm, written
from pandok.readers.xray.scan import Energy, Scan
from tests.readers.xray.formats import samples

KEY, OTHER = b"a key of this site, 32 bytes long", b"a key of another site, as long as"
NAMES = ("CSQU3054383", "TSTU1000410", "12가3456", "OPERATOR06", "WS01", "2026-03-15T22:46")


def with_names() -> Scan:
    return read_files([NamedBytes("a.jpg", samples.jpeg()), NamedBytes("a.xml", samples.HCV.encode())])


def test_nothing_that_names_somebody_remains() -> None:
    scan = with_names()
    text = scan.facts.model_dump_json()
    assert all(one in text for one in NAMES)
    hidden = masked(scan, KEY)
    assert all(one not in hidden.facts.model_dump_json() for one in NAMES)
    assert hidden.facts.taken_at is not None
    assert (hidden.facts.taken_at.minute, hidden.facts.taken_at.second) == (0, 0)
    assert hidden.facts.sha256 != scan.facts.sha256


def test_the_same_number_is_the_same_hash_under_one_key_alone() -> None:
    def number(key: bytes, text: str) -> str:
        cargo = masked(read_file(text.encode()), key).facts.cargo
        assert cargo is not None
        return cargo.containers[0].number

    spaced = samples.HCV.replace("CSQU3054383", "csqu 305438-3")
    assert number(KEY, samples.HCV) == number(KEY, spaced)
    assert number(KEY, samples.HCV) != number(OTHER, samples.HCV)
    assert hashlib.sha256(b"CSQU3054383").hexdigest()[:24] not in number(KEY, samples.HCV)


def test_a_masked_scan_stays_masked_in_its_files() -> None:
    scan = samples.counts(Energy.LOW, Energy.HIGH).with_facts(
        cargo=with_names().facts.cargo, object_id="KRPUS-1", instance_uid="1.2.3.4"
    )
    for form in (WriteForm.DICOS, WriteForm.TIFF):
        files = written(masked(scan, KEY), form, name="a", now=samples.NOW, program="test")
        whole = b"".join(one.data for one in files)
        for name in (*NAMES, "KRPUS-1", "1.2.3.4\0"):
            assert name.encode() not in whole
        back = read_files([NamedBytes(one.name, one.data) for one in files])
        assert back.facts.masked
        assert masked(back, OTHER) is back, "once is enough"


def test_a_report_is_masked_too() -> None:
    scan = read_file(write_dicos(samples.report(), now=samples.NOW)[0])
    report = masked(scan, KEY).facts.report
    assert report is not None
    assert report.threats[0].images[0].instance_uid.startswith("2.25.")
    assert len(report.threats) == 2


def test_a_short_key_is_no_key() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        masked(with_names(), b"short")
