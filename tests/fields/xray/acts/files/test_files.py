"""A folder of several makers' files: what belongs together, what was read, and one form of it all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pandok.core.errors import ScanError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import scan_pool
from pandok.fields.xray.acts.files.converting import Converted, Wanted, convert
from pandok.fields.xray.acts.files.gathering import RECORD
from pandok.fields.xray.acts.files.looking import look
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.formats.sidecar import RawShape, Sidecar, sealed
from pandok.readers.xray.formats.writing import WriteForm
from pandok.readers.xray.scan import Energy, same_pixels
from tests.readers.xray.formats import samples


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodingPool]:
    made = scan_pool()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five makers: two energies in PNG, raw with a description, DICOS, a console's picture with its XML, TIFF."""
    inside = tmp_path / "in" / "night shift"
    inside.mkdir(parents=True)
    named = samples.HCV.replace(
        "<Login>",
        "<Resources><Resource Type='img' IsPreview='false' IsDeleted='false'>1S.jpg</Resource>"
        "<Resource Type='img' IsPreview='true' IsDeleted='false'>1S_stamp.jpg</Resource>"
        "<Resource Type='snap' IsPreview='false' IsDeleted='false'>1_snap.jpg</Resource></Resources><Login>",
    )
    for name, data in {
        "bag_low.png": samples.png(samples.bag(seed=1)),
        "bag_high.png": samples.png(samples.bag(seed=2)),
        "box.raw": samples.bag().tobytes(),
        "box.json": sealed(Sidecar(pandok_scan=1, raw=RawShape(rows=48, columns=70))),
        "parcel.dcs": write_dicos(samples.counts(), now=samples.NOW)[0],
        "1S.jpg": samples.jpeg(),
        "1_snap.jpg": samples.jpeg(),
        "1.xml": named.encode(),
        "tray.tif": samples.tiff(samples.bag(), samples.bag(seed=2)),
        "broken.tif": samples.tiff(samples.bag())[:-5],
        "notes.txt": b"not a scan",
        ".hidden.png": b"",
    }.items():
        (inside / name).write_bytes(data)
    return tmp_path / "in"


def all_of(folder: Path, target: Path, pool: DecodingPool, wanted: Wanted | None = None) -> dict[str, Converted]:
    asked = wanted or Wanted(WriteForm.DICOS)
    found = convert([folder], target, asked, pool=pool, now=samples.NOW, program="test")
    return {one.together.name: one for one in found}


def test_what_belongs_together_is_one_scan(folder: Path, pool: DecodingPool) -> None:
    moved: list[tuple[int, int]] = []
    found = {one.together.name: one for one in look([folder], pool, lambda done, total: moved.append((done, total)))}
    assert {name.rpartition("/")[2] for name in found} == {
        *("1", "bag", "box", "parcel", "tray", "broken", "notes"),
    }
    bag = found["night shift/bag"].scan
    assert bag is not None
    assert [one.layer.energy for one in bag.images] == [Energy.LOW, Energy.HIGH]
    scanned = found["night shift/1"].scan
    assert scanned is not None
    assert scanned.facts.cargo is not None
    assert scanned.images[0].pixels.shape == (64, 80, 3)
    assert [one.refused.error_code for one in found.values() if one.refused] == [
        "scan.pixels_missing",
        "scan.unknown_format",
    ]
    assert moved[0] == (0, 7)
    assert moved[-1] == (7, 7)


def test_one_form_of_it_all_and_nothing_twice(folder: Path, pool: DecodingPool, tmp_path: Path) -> None:
    target = tmp_path / "out"
    first = all_of(folder, target, pool)
    assert sorted(name for one in first.values() for name in one.files) == [
        *("night shift/1.json", "night shift/1.tif", "night shift/bag_high.dcs", "night shift/bag_low.dcs"),
        *("night shift/box.dcs", "night shift/parcel.dcs", "night shift/tray_high.dcs", "night shift/tray_low.dcs"),
    ]
    both = [target / "night shift" / name for name in ("bag_low.dcs", "bag_high.dcs")]
    back = read_files([NamedBytes(one.name, one.read_bytes()) for one in both])
    assert same_pixels(back, samples.counts(Energy.LOW, Energy.HIGH))
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*.*") if path.name != RECORD}
    again = all_of(folder, target, pool)
    assert [one.again for one in again.values() if one.files] == [True] * 5
    assert before == {path: path.stat().st_mtime_ns for path in target.rglob("*.*") if path.name != RECORD}


def test_a_call_that_was_broken_off_goes_on(folder: Path, pool: DecodingPool, tmp_path: Path) -> None:
    target = tmp_path / "out"
    half = convert([folder], target, Wanted(WriteForm.TIFF), pool=pool, now=samples.NOW, program="test")
    next(half)
    next(half)
    half.close()
    with (target / RECORD).open("a", encoding="utf-8") as record:
        record.write('{"key": "cut o')
    rest = all_of(folder, target, pool, Wanted(WriteForm.TIFF))
    assert 0 < sum(one.again for one in rest.values()) <= 2
    assert len([one for one in rest.values() if one.files]) == 5
    changed = target / next(one.files[0] for one in rest.values() if one.files)
    changed.write_bytes(b"")
    third = all_of(folder, target, pool, Wanted(WriteForm.TIFF))
    assert sum(not one.again for one in third.values() if one.files) == 1, "what was changed there is made again"
    assert changed.stat().st_size > 0


def test_a_folder_with_other_files_is_left_alone(folder: Path, pool: DecodingPool, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScanError) as caught:
        all_of(folder, tmp_path / "out", pool)
    assert caught.value.error_code == "scan.target_in_use"
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_masked_files_name_nobody(folder: Path, pool: DecodingPool, tmp_path: Path) -> None:
    key = b"a key of this site, 32 bytes long"
    done = all_of(folder, tmp_path / "out", pool, Wanted(WriteForm.TIFF, mask_key=key))
    facts = json.loads((tmp_path / "out" / "night shift" / "1.json").read_text(encoding="utf-8"))["facts"]
    assert done["night shift/1"].files
    assert facts["masked"] is True
    assert "CSQU3054383" not in json.dumps(facts)


def test_a_source_that_is_not_there_is_said(pool: DecodingPool, tmp_path: Path) -> None:
    with pytest.raises(ScanError) as caught:
        list(look([tmp_path / "nowhere"], pool))
    assert caught.value.error_code == "scan.unreadable"
