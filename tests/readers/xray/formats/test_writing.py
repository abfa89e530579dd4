"""What is written is read again and compared; nothing is lost, and what does not fit a form is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import ScanError
from pandok.readers.xray.formats.reading import NamedBytes, read_file, read_files
from pandok.readers.xray.formats.writing import WriteForm, WrittenFile, as_counts, form_for, written
from pandok.readers.xray.scan import Energy, Scan, ScanKind, same_pixels
from tests.readers.xray.formats import samples

SCANS = {
    "dual": samples.counts(Energy.LOW, Energy.HIGH),
    "volume": samples.volume(),
    "palette": samples.palette(),
    "picture": read_file(samples.png(samples.colours())),
    "transmission": read_file(samples.tiff((samples.bag() / np.float32(60_000)).astype(np.float32))),
    "report": samples.report(),
    "cargo": read_file(samples.HCV.encode()),
}


def files_of(scan: Scan, form: WriteForm) -> tuple[WrittenFile, ...]:
    return written(scan, form, name="a", now=samples.NOW, program="test 1")


def back(files: tuple[WrittenFile, ...]) -> Scan:
    return read_files([NamedBytes(one.name, one.data) for one in files])


@pytest.mark.parametrize("name", ["dual", "volume", "palette", "picture", "transmission"])
def test_tiff_and_json_lose_nothing(name: str) -> None:
    scan = SCANS[name]
    files = files_of(scan, WriteForm.TIFF)
    assert [one.name for one in files] == ["a.tif", "a.json"]
    found = back(files)
    assert same_pixels(scan, found)
    assert [one.layer for one in found.images] == [one.layer for one in scan.images]
    assert found.kind == scan.kind
    assert found.facts.steps[-1].program == "test 1"
    assert found.facts.steps[-1].sha256_before == scan.facts.sha256


@pytest.mark.parametrize("name", SCANS)
def test_each_kind_has_a_form_that_holds_it(name: str) -> None:
    scan = SCANS[name]
    for wished in (WriteForm.DICOS, WriteForm.TIFF):
        form = form_for(scan, wished)
        plain = as_counts(scan, now=samples.NOW, program="test") if form == WriteForm.DICOS else scan
        assert same_pixels(plain, back(files_of(plain, form)))


def test_facts_without_pixels_come_back_from_their_json() -> None:
    found = back(files_of(SCANS["cargo"], WriteForm.FACTS))
    assert found.facts.cargo == SCANS["cargo"].facts.cargo
    assert (found.facts.format, found.facts.machine) == ("HCV XML", SCANS["cargo"].facts.machine)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("picture", WriteForm.DICOS),
        ("transmission", WriteForm.DICOS),
        ("report", WriteForm.TIFF),
        ("dual", WriteForm.FACTS),
    ],
)
def test_what_a_form_cannot_hold_is_refused(name: str, form: WriteForm) -> None:
    with pytest.raises(ScanError) as caught:
        files_of(SCANS[name], form)
    assert caught.value.error_code == "scan.not_writable"


def test_transmission_becomes_counts_by_one_rounding_that_is_said() -> None:
    scan = SCANS["transmission"]
    counted = as_counts(scan, now=samples.NOW, program="test")
    assert counted.kind == ScanKind.COUNTS
    assert "rounded" in counted.facts.steps[-1].what
    apart = np.abs(counted.images[0].transmission() - scan.images[0].pixels)
    assert float(apart.max()) <= 1 / 120_000 + 1e-7


@pytest.mark.shared_data
def test_a_real_pair_of_energies_goes_round_both_forms(shared: Path) -> None:
    folder = shared / "data" / "xray_pairs"
    names = ("bag101_A_low.png", "bag101_A_high.png")
    scan = read_files([NamedBytes(name, (folder / name).read_bytes()) for name in names])
    for form in (WriteForm.DICOS, WriteForm.TIFF):
        assert same_pixels(scan, back(files_of(scan, form)))
