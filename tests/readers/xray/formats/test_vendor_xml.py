"""What scanners of containers write beside their pictures, to one model."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pandok.core.errors import ScanError
from pandok.readers.xray.formats.container_number import check_digit_fits
from pandok.readers.xray.formats.reading import NamedBytes, read_file, read_files
from pandok.readers.xray.scan import Cargo, Scan
from tests.readers.xray.formats import samples


def cargo_of(scan: Scan) -> Cargo:
    assert scan.facts.cargo is not None
    return scan.facts.cargo


def codes(scan: Scan) -> set[str]:
    return {one.code for one in scan.facts.remarks}


@pytest.mark.shared_data
def test_real_files_of_three_makers_become_one_model(shared: Path) -> None:
    folder = shared / "data" / "ajna_scanner_xml"
    found = {path.stem: read_file(path.read_bytes(), path.name) for path in folder.glob("*.xml")}
    assert len(found) == 16
    assert {scan.facts.format for scan in found.values()} == {"HCV XML", "CargoVision XML", "P60 XML"}
    containers = [one for scan in found.values() for one in cargo_of(scan).containers]
    assert len(containers) == 18
    assert all(one.check_digit_fits for one in containers)
    assert all(scan.facts.taken_at is not None and scan.facts.taken_at.tzinfo == UTC for scan in found.values())
    assert all(cargo_of(scan).in_training is False for name, scan in found.items() if not name.startswith("p60"))
    two = cargo_of(found["hcv_05"])
    assert [(one.number, one.trailer) for one in two.containers] == [("TSTU1000343", 1), ("TSTU1000410", 1)]
    fragment = cargo_of(found["hcv_03"]).plates[0]
    assert (fragment.number, fragment.whole, fragment.read_share) == ("TXSX7+1545", False, None)
    assert "scan.plate_fragment" in codes(found["hcv_03"])
    assert cargo_of(found["hcv_15"]).containers[0].read_share is None, "-1 is unknown"
    cargo_vision = found["cargovision_11"]
    assert cargo_vision.facts.taken_at == datetime(2020, 11, 1, 3, 2, 41, tzinfo=UTC)
    assert cargo_vision.facts.taken_local == "2020-11-01T00:02:41"
    assert [(one.program, one.ended) for one in cargo_of(cargo_vision).automatic if one.program == "IRU"] == [
        ("IRU", "Failure")
    ]
    p60 = cargo_of(found["p60_12"])
    assert (p60.x_rayed, p60.searched, p60.found) == (None, False, False)
    assert {name for name, scan in found.items() if "scan.clocks_apart" in codes(scan)} == {"hcv_02", "hcv_07"}


@pytest.mark.parametrize(
    "data",
    [
        samples.HCV.encode(),
        b"\xef\xbb\xbf" + samples.HCV.encode(),
        b"\xff\xfe" + samples.HCV.encode("utf-16-le"),
        b"\xfe\xff" + samples.HCV.encode("utf-16-be"),
        b"\xff\xfe" + ('<?xml version="1.0" encoding="utf-8"?>' + samples.HCV).encode("utf-16-le"),
        ('<?xml version="1.0" encoding="EUC-KR"?>' + samples.HCV).encode("cp949"),
    ],
    ids=["plain", "utf-8 mark", "utf-16-le", "utf-16-be", "utf-16 that says utf-8", "euc-kr"],
)
def test_every_way_to_write_letters_reads_the_same(data: bytes) -> None:
    cargo = cargo_of(read_file(data))
    assert cargo.plates[0].number == "12가3456"
    assert cargo.plates[0].whole
    assert [one.check_digit_fits for one in cargo.containers] == [True, True]


def test_a_wrong_check_digit_is_kept_and_said() -> None:
    found = read_file(samples.HCV.replace("CSQU3054383", "CSQU3054384").encode())
    assert cargo_of(found).containers[0].check_digit_fits is False
    assert "scan.container_number" in codes(found)


@pytest.mark.parametrize(
    ("number", "fits"), [("CSQU3054383", True), ("TSTU1000410", True), ("CSQX3054383", None), ("", None)]
)
def test_container_numbers(number: str, fits: bool | None) -> None:
    assert check_digit_fits(number) is fits


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.HCV[:-20].encode(), "scan.damaged"),
        ((b"\xff\xfe" + samples.HCV.encode("utf-16-le"))[:-1], "scan.damaged"),
        (b"<a>" * 10_000 + b"</a>" * 10_000, "scan.too_deep"),
        (b'<!DOCTYPE a [<!ENTITY x "yyyy">]><DataForm>&x;</DataForm>', "scan.damaged"),
        (b"<html><body/></html>", "scan.unknown_format"),
        (b'<?xml version="1.0" encoding="nobody-knows"?><DataForm/>', "scan.damaged"),
    ],
)
def test_xml_that_does_not_hold_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ScanError) as caught:
        read_file(data)
    assert caught.value.error_code == code


def test_a_picture_takes_on_what_its_scanner_says() -> None:
    found = read_files([NamedBytes("a.jpg", samples.jpeg()), NamedBytes("a.xml", samples.HCV.encode())])
    assert found.images[0].pixels.shape == (64, 80, 3)
    assert cargo_of(found).containers[0].number == "CSQU3054383"
    assert (found.facts.site, found.facts.machine.model) == ("990004", "HCV")
