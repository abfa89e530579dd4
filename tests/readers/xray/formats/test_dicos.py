"""DICOS of other makers reads as they say, and what is written here opens with theirs."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest

from pandok.core.errors import ScanError
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.reading import NamedBytes, read_file, read_files
from pandok.readers.xray.formats.writing import WriteForm, written
from pandok.readers.xray.scan import Energy, Scan, ScanKind, same_pixels
from tests.readers.xray.formats import samples

OURS = {
    "digital X-ray": samples.counts(Energy.LOW),
    "volume": samples.volume(),
    "palette": samples.palette(),
}


@pytest.mark.shared_data
def test_every_file_of_another_maker_reads_as_it_is_expected(shared: Path) -> None:
    folder = shared / "data" / "dicos_stratovan"
    rows = list(csv.DictReader((folder / "expected.csv").open(encoding="utf-8")))
    assert len(rows) == len(list(folder.glob("*.dcs"))) == 16
    for row in rows:
        found = read_file((folder / row["file"]).read_bytes(), row["file"])
        facts = found.facts
        assert facts.sop_class == row["sop_class"]
        assert facts.transfer_syntax == row["transfer_syntax"]
        assert facts.photometric == row["photometric"]
        assert "scan.uid_leading_zeros" in {one.code for one in facts.remarks}
        if row["pixel_shape"]:
            pixels = found.images[0].pixels
            assert "x".join(map(str, pixels.shape)) == row["pixel_shape"]
            assert hashlib.sha256(pixels.astype("<u2").tobytes()).hexdigest() == row["sha256_of_uint16_le_pixels"]
        else:
            assert facts.report is not None
            assert len(facts.report.threats) == int(row["threat_sequence_items"])
            assert facts.report.decision == row["alarm_decision"]


@pytest.mark.shared_data
def test_bitmaps_of_a_report_are_those_of_the_items(shared: Path) -> None:
    folder = shared / "data" / "xray_phantom"
    found = read_file((folder / "dicos_tdr.dcs").read_bytes())
    truth = read_file((folder / "tip_item_mask.png").read_bytes()).images[0].pixels
    assert found.facts.report is not None
    for number, (threat, mask) in enumerate(zip(found.facts.report.threats, found.masks, strict=True), 1):
        column, row, width, height = (int(one) for one in (*threat.base[:2], *threat.extents[:2]))
        assert np.array_equal(mask[0], truth[row : row + height, column : column + width] == number)


@pytest.mark.shared_data
def test_a_report_that_says_clear_keeps_its_threat(shared: Path) -> None:
    found = read_file((shared / "data/dicos_stratovan/SimpleBaggageTDR_0d604462.dcs").read_bytes()).facts.report
    assert found is not None
    assert (found.decision, found.threats[0].assessments[0].flag) == ("CLEAR", "THREAT")


@pytest.mark.shared_data
def test_files_of_another_maker_written_again_lose_nothing(shared: Path) -> None:
    for path in sorted((shared / "data" / "dicos_stratovan").glob("*.dcs")):
        scan = read_file(path.read_bytes())
        [file] = written(scan, WriteForm.DICOS, name="a", now=samples.NOW, program="test")
        back = read_file(file.data)
        assert same_pixels(scan, back)
        uids = (back.facts.instance_uid, back.facts.series_uid, back.facts.study_uid)
        assert all(pydicom.uid.UID(one).is_valid for one in uids), "made again on export"


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("scan", OURS.values(), ids=OURS)
def test_own_files_open_elsewhere_with_equal_pixels(scan: Scan, compressed: bool, tmp_path: Path) -> None:
    pydicos = pytest.importorskip("pydicos")
    [data] = write_dicos(scan, now=samples.NOW, compressed=compressed)
    path = tmp_path / "a.dcs"
    path.write_bytes(data)
    truth = scan.images[0].pixels
    theirs = pydicos.dcsread(path).get_data()
    assert np.array_equal(theirs[0] if isinstance(theirs, list) else theirs, truth)
    if not compressed:
        assert np.array_equal(pydicom.dcmread(io.BytesIO(data)).pixel_array.reshape(truth.shape), truth)


@pytest.mark.parametrize("scan", OURS.values(), ids=OURS)
def test_what_another_library_writes_reads_with_equal_pixels(scan: Scan, tmp_path: Path) -> None:
    pydicos = pytest.importorskip("pydicos")
    [data] = write_dicos(scan, now=samples.NOW)
    (tmp_path / "a.dcs").write_bytes(data)
    pydicos.dcsread(tmp_path / "a.dcs").write(tmp_path / "b.dcs")
    back = read_file((tmp_path / "b.dcs").read_bytes())
    assert np.array_equal(back.images[0].pixels, scan.images[0].pixels)
    assert back.kind == scan.kind


def test_other_pixels_of_another_library_read_with_equal_pixels(tmp_path: Path) -> None:
    pydicos = pytest.importorskip("pydicos")
    (tmp_path / "a.dcs").write_bytes(write_dicos(samples.counts(), now=samples.NOW)[0])
    theirs = pydicos.dcsread(tmp_path / "a.dcs")
    drawn = samples.bag(31, 77, seed=9)
    theirs.set_data(drawn)
    theirs.write(tmp_path / "b.dcs")
    assert np.array_equal(read_file((tmp_path / "b.dcs").read_bytes()).images[0].pixels, drawn)


def test_a_report_goes_to_another_library_and_back(tmp_path: Path) -> None:
    pydicos = pytest.importorskip("pydicos")
    scan = samples.report()
    (tmp_path / "a.dcs").write_bytes(write_dicos(scan, now=samples.NOW)[0])
    theirs = pydicos.dcsread(tmp_path / "a.dcs")
    assert len(theirs) == 2
    theirs.write(tmp_path / "b.dcs")
    back = read_file((tmp_path / "b.dcs").read_bytes())
    assert back.facts.report is not None
    assert scan.facts.report is not None
    assert back.facts.report.decision == scan.facts.report.decision
    assert [one.assessments[0].flag for one in back.facts.report.threats] == ["THREAT", "THREAT"]
    assert np.array_equal(back.masks[0], scan.masks[0])


def test_facts_without_a_place_in_dicos_come_back() -> None:
    scan = samples.counts(Energy.LOW, Energy.HIGH)
    files = written(scan, WriteForm.DICOS, name="bag", now=samples.NOW, program="test")
    assert [one.name for one in files] == ["bag_low.dcs", "bag_high.dcs"]
    back = read_files([NamedBytes(one.name, one.data) for one in files])
    assert same_pixels(scan, back)
    assert [one.layer for one in back.images] == [one.layer for one in scan.images]
    assert (back.facts.site, back.facts.taken_at) == ("부산 신항", samples.NOW)
    assert back.facts.steps[-1].sha256_before == scan.facts.sha256


def test_names_of_patients_are_never_read() -> None:
    one = pydicom.dcmread(io.BytesIO(samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])))
    one.SOPClassUID = one.file_meta.MediaStorageSOPClassUID = pydicom.uid.UID("1.2.840.10008.5.1.4.1.1.1.1")
    one.PatientName, one.PatientID = "Hong^Gildong", "7"
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=True)
    found = read_file(target.getvalue())
    assert found.facts.format == "DICOM"
    assert "Hong" not in found.facts.model_dump_json()
    assert found.facts.object_id == ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Rows": 47}, "scan.pixels_missing"),
        ({"BitsStored": 12, "HighBit": 11}, "scan.disagrees"),
        ({"HighBit": 12}, "scan.disagrees"),
        ({"PixelRepresentation": 1}, "scan.disagrees"),
        ({"PhotometricInterpretation": "MONOCHROME1"}, "scan.disagrees"),
        ({"PhotometricInterpretation": "YBR_FULL"}, "scan.unsupported"),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.501.1"}, "scan.disagrees"),
        ({"Rows": 0}, "scan.damaged"),
        ({"NumberOfFrames": 2}, "scan.pixels_missing"),
    ],
)
def test_statements_that_contradict_the_pixels_are_refused(change: dict[str, object], code: str) -> None:
    one = pydicom.dcmread(io.BytesIO(samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])))
    for name, value in change.items():
        setattr(one, name, value)
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=False)
    with pytest.raises(ScanError) as caught:
        read_file(target.getvalue())
    assert caught.value.error_code == code


def test_lossy_and_unknown_forms_are_refused_by_name() -> None:
    data = samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])
    for syntax, code in (("1.2.840.10008.1.2.4.50", "scan.lossy"), ("1.2.840.10008.1.2.4.90", "scan.unsupported")):
        with pytest.raises(ScanError) as caught:
            read_file(samples.with_syntax(data, syntax, [samples.jpeg()]))
        assert caught.value.error_code == code


@pytest.mark.parametrize(("fragments", "with_offsets"), [(1, True), (1, False), (3, True)])
def test_frames_in_several_fragments_are_put_together(fragments: int, with_offsets: bool) -> None:
    whole = samples.without_block(write_dicos(samples.volume(), now=samples.NOW, compressed=True)[0])
    one = pydicom.dcmread(io.BytesIO(whole))
    frames = list(pydicom.encaps.generate_frames(one.PixelData, number_of_frames=7))
    one.PixelData = pydicom.encaps.encapsulate(frames, fragments_per_frame=fragments, has_bot=with_offsets)
    one["PixelData"].VR, one["PixelData"].is_undefined_length = "OB", True
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=True)
    assert np.array_equal(read_file(target.getvalue()).images[0].pixels, samples.volume().images[0].pixels)


def test_jpeg_ls_reads_whole_or_not_at_all() -> None:
    sample = next(one for one in samples.samples() if one.name == "dx-jpeg-ls.dcm")
    assert np.array_equal(sample.truth.images[0].pixels, samples.bag())
    native = samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])
    whole = bytes(imagecodecs.jpegls_encode(samples.bag()))
    for part in (whole[: len(whole) // 2], whole[: len(whole) // 2] + b"\xff\xd9"):
        with pytest.raises(ScanError) as caught:
            read_file(samples.with_syntax(native, "1.2.840.10008.1.2.4.80", [part]))
        assert caught.value.error_code == "scan.damaged"


@pytest.mark.parametrize("planes", [0, 1])
def test_colours_in_dicom_are_a_picture(planes: int) -> None:
    one = pydicom.dcmread(io.BytesIO(samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])))
    drawn = samples.colours(48, 70)
    one.SamplesPerPixel, one.PhotometricInterpretation, one.PlanarConfiguration = 3, "RGB", planes
    one.BitsAllocated = one.BitsStored = 8
    one.HighBit = 7
    one.PixelData = (drawn.transpose(2, 0, 1) if planes else drawn).tobytes()
    one["PixelData"].VR = "OB"
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=True)
    found = read_file(target.getvalue())
    assert found.kind == ScanKind.PICTURE
    assert np.array_equal(found.images[0].colours(), drawn)


def test_a_sign_and_twelve_bits_are_kept() -> None:
    one = pydicom.dcmread(io.BytesIO(samples.without_block(write_dicos(samples.volume(), now=samples.NOW)[0])))
    drawn = (samples.volume().images[0].pixels >> 4).astype(np.int16) - 2_048
    one.BitsStored, one.HighBit, one.PixelRepresentation = 12, 11, 1
    one.PixelData = drawn.astype("<i2").tobytes()
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=True)
    scan = read_file(target.getvalue())
    assert np.array_equal(scan.images[0].pixels, drawn)
    for form in (WriteForm.DICOS, WriteForm.TIFF):
        files = written(scan, form, name="a", now=samples.NOW, program="test")
        assert same_pixels(scan, read_files([NamedBytes(each.name, each.data) for each in files]))


def test_unknown_letters_are_a_remark_and_no_refusal() -> None:
    data = samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])
    found = read_file(data.replace(b"ISO_IR 192", b"ISO_IR 999"))
    assert "scan.unknown_letters" in {one.code for one in found.facts.remarks}
    assert np.array_equal(found.images[0].pixels, samples.bag())


def test_changed_pixels_of_an_own_file_are_noticed() -> None:
    data = bytearray(write_dicos(samples.counts(), now=samples.NOW)[0])
    data[-100] ^= 1
    with pytest.raises(ScanError) as caught:
        read_file(bytes(data))
    assert caught.value.error_code == "scan.checksum"


def test_several_frames_of_one_machine_are_views() -> None:
    one = pydicom.dcmread(io.BytesIO(samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])))
    one.NumberOfFrames, one.PixelData = 2, one.PixelData * 2
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=True)
    found = read_file(target.getvalue())
    assert (found.kind, found.views) == (ScanKind.COUNTS, ("1", "2"))
