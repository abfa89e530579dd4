"""TIFF, PNG, raw and JPEG: what they hold, and what does not add up."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pandok.core.errors import ScanError
from pandok.readers.xray.formats.reading import NamedBytes, read_file, read_files
from pandok.readers.xray.formats.sidecar import RawShape, Sidecar, sealed
from pandok.readers.xray.scan import Energy, ScanKind
from tests.readers.xray.formats import samples

LOW, HIGH = samples.bag(seed=1), samples.bag(seed=2)


def refused(*files: NamedBytes) -> str:
    with pytest.raises(ScanError) as caught:
        read_files(files)
    return caught.value.error_code


def one(data: bytes, name: str = "a") -> NamedBytes:
    return NamedBytes(name, data)


def codes(found: object) -> set[str]:
    return {remark.code for remark in found.facts.remarks}  # type: ignore[attr-defined]


@pytest.mark.parametrize("compression", [None, "zlib", "lzw", "packbits"])
@pytest.mark.parametrize("more", [{}, {"rowsperstrip": 7}])
def test_tiff_of_sixteen_bits_reads_to_the_last_bit(compression: str | None, more: dict[str, object]) -> None:
    predictors = [False, True] if compression in ("zlib", "lzw") else [False]
    for predictor in predictors:
        found = read_file(samples.tiff(LOW, compression=compression, predictor=predictor, **more))
        assert (found.kind, found.images[0].pixels.dtype) == (ScanKind.COUNTS, np.uint16)
        assert np.array_equal(found.images[0].pixels, LOW)


def test_big_endian_and_big_tiff_read_the_same() -> None:
    import tifffile

    for options in ({"byteorder": ">"}, {"bigtiff": True}):
        target = io.BytesIO()
        with tifffile.TiffWriter(target, **options) as file:
            file.write(LOW, metadata=None)
        assert np.array_equal(read_file(target.getvalue()).images[0].pixels, LOW)


def test_two_pages_are_low_and_high_and_say_that_it_was_assumed() -> None:
    found = read_file(samples.tiff(LOW, HIGH))
    assert np.array_equal(found.image(Energy.HIGH).pixels, HIGH)
    assert "scan.energies_assumed" in codes(found)
    assert refused(one(samples.tiff(LOW, HIGH, LOW))) == "scan.unsupported"


def test_transmission_is_float_and_has_no_impossible_values() -> None:
    whole = (LOW / np.float32(60_000)).astype(np.float32)
    found = read_file(samples.tiff(whole))
    assert found.kind == ScanKind.TRANSMISSION
    assert np.array_equal(found.images[0].transmission(), whole)
    for wrong in (np.nan, -0.5, 7.0):
        broken = whole.copy()
        broken[3, 3] = wrong
        assert refused(one(samples.tiff(broken))) == "scan.damaged"


def test_strips_that_are_short_or_lie_elsewhere_are_refused() -> None:
    whole = samples.tiff(LOW)
    assert refused(one(whole[:-2])) == "scan.pixels_missing"
    assert refused(one(whole + bytes(40))) == "scan.pixels_missing"
    cut = samples.tiff(LOW, compression="zlib")
    assert refused(one(cut[:-9])) in ("scan.pixels_missing", "scan.damaged", "scan.checksum")


def test_a_tiff_that_is_turned_or_in_tiles_is_refused_by_name() -> None:
    assert refused(one(samples.tiff(LOW, extratags=[(274, 3, 1, 6, True)]))) == "scan.unsupported"
    assert refused(one(samples.tiff(LOW, tile=(16, 16)))) == "scan.unsupported"


def test_white_as_zero_is_said_and_nothing_is_inverted() -> None:
    found = read_file(samples.tiff(LOW, photometric="miniswhite"))
    assert "scan.white_is_zero" in codes(found)
    assert np.array_equal(found.images[0].pixels, LOW)


def test_png_of_sixteen_bits_two_energies_in_two_files() -> None:
    files = [one(samples.png(HIGH), "bag_high.png"), one(samples.png(LOW), "bag_low.png")]
    found = read_files(files)
    assert [image.layer.energy for image in found.images] == [Energy.LOW, Energy.HIGH]
    assert np.array_equal(found.images[0].pixels, LOW)
    assert refused(one(samples.png(HIGH), "a_low.png"), one(samples.png(LOW), "b_low.png")) == "scan.energies_disagree"
    small = samples.png(LOW[:-1])
    assert refused(one(small, "a_low.png"), one(samples.png(HIGH), "a_high.png")) == "scan.energies_disagree"


def test_interlaced_png_reads_and_its_length_is_checked() -> None:
    target = io.BytesIO()
    Image.fromarray(samples.colours()).save(target, "PNG")
    found = read_file(target.getvalue())
    assert found.kind == ScanKind.PICTURE
    assert np.array_equal(found.images[0].colours(), samples.colours())


def test_png_check_sums_and_length_are_believed_before_pixels() -> None:
    data = bytearray(samples.png(LOW))
    data[data.index(b"IDAT") + 40] ^= 1
    assert refused(one(bytes(data))) == "scan.checksum"
    whole = samples.png(LOW)
    head = bytearray(whole)
    struct.pack_into(">I", head, 20, 47)  # one row less, with a right check sum
    struct.pack_into(">I", head, 29, zlib.crc32(bytes(head[12:29])))
    assert refused(one(bytes(head))) == "scan.pixels_missing"


def test_raw_needs_its_description_and_exactly_its_length() -> None:
    raw = LOW.tobytes() + HIGH.tobytes()
    layers = ({"energy": "low", "air_counts": 60_000.0}, {"energy": "high"})
    beside = one(sealed(Sidecar(pandok_scan=1, raw=RawShape(rows=48, columns=70), layers=layers)), "a.json")
    found = read_files([one(raw, "a.raw"), beside])
    assert np.array_equal(found.image("high").pixels, HIGH)
    assert found.image("low").transmission().dtype == np.float32
    assert "scan.no_checksum" in codes(found)
    assert refused(one(raw, "a.raw")) == "scan.sidecar_missing"
    assert refused(one(raw, "a.raw"), one(b'{"pandok_scan": 1}', "a.json")) == "scan.sidecar_wrong"
    assert refused(one(raw[:-1], "a.raw"), beside) == "scan.pixels_missing"
    assert refused(one(raw + b"\0", "a.raw"), beside) == "scan.pixels_missing"


@pytest.mark.parametrize("order", ["little", "big"])
def test_raw_with_header_and_values_in_turn(order: str) -> None:
    both = np.stack([LOW, HIGH], axis=2).astype("<u2" if order == "little" else ">u2")
    shape = RawShape(rows=48, columns=70, header_bytes=512, interleaved=True, byte_order=order)  # type: ignore[arg-type]
    beside = sealed(Sidecar(pandok_scan=1, raw=shape, layers=({"energy": "low"}, {"energy": "high"})))
    found = read_files([one(bytes(512) + both.tobytes(), "a.raw"), one(beside, "a.json")])
    assert np.array_equal(found.image("low").pixels, LOW)
    assert np.array_equal(found.image("high").pixels, HIGH)


def test_a_description_is_read_strictly() -> None:
    for told, code in (
        (b"[" * 10_000, "scan.too_deep"),
        (b'{"pandok_scan": 1, "raw": {"rows": NaN, "columns": 2}}', "scan.sidecar_wrong"),
        (b'{"pandok_scan": 1, "raw": {"rows": 48, "columns": 70, "bit": 8}}', "scan.sidecar_wrong"),
        (b'{"pandok_scan": 1, "raw": {"rows": 48, "columns": 70}, "facts": {"sight": "x"}}', "scan.sidecar_wrong"),
        (b'{"pandok_scan": 1, "facts": {"taken_at": "2026-01-01T09:00:00"}, "raw": {"rows": 48, "columns": 70}}', ""),
        (b'{"pandok_scan": 1, "raw": {"rows": 48, "columns": 70}, "sha256": "00"}', "scan.checksum"),
    ):
        found = refused(one(LOW.tobytes(), "a.raw"), one(b"{" + told if told[:1] == b"[" else told, "a.json"))
        assert found == (code or "scan.sidecar_wrong")


def test_a_changed_description_under_its_seal_is_noticed() -> None:
    beside = sealed(Sidecar(pandok_scan=1, raw=RawShape(rows=48, columns=70), layers=({"kv": 160.0},)))
    files = one(LOW.tobytes(), "a.raw"), one(beside.replace(b"160.0", b"140.0"), "a.json")
    assert refused(*files) == "scan.checksum"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"subsampling": 0},
        {"progressive": True},
        {"restart_marker_rows": 1},
        {"optimize": True},
        {"qtables": "web_low"},
    ],
)
def test_a_console_picture_stays_a_picture(options: dict[str, object]) -> None:
    data = samples.jpeg(**options)
    found = read_file(data)
    assert (found.kind, found.images[0].pixels.shape) == (ScanKind.PICTURE, (64, 80, 3))
    assert np.array_equal(found.images[0].pixels, np.array(Image.open(io.BytesIO(data))))
    with pytest.raises(ValueError, match="air"):
        found.images[0].transmission()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_of_another_height_is_noticed(progressive: bool) -> None:
    """Its decoder would cut the picture, or fill it with grey, without a word."""
    data = samples.jpeg(progressive=progressive)
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    for height in (32, 48, 80, 640):
        assert refused(one(data[:at] + struct.pack(">H", height) + data[at + 2 :])) in (
            "scan.damaged",
            "scan.pixels_missing",
        )


@pytest.mark.shared_data
def test_console_pictures_of_three_makers_read_as_pictures(shared: Path) -> None:
    for letter in "ABC":
        data = (shared / f"data/xray_phantom/palette_{letter}_bag.png").read_bytes()
        found = read_file(data)
        assert (found.kind, found.images[0].pixels.shape) == (ScanKind.PICTURE, (256, 384, 3))
        assert found.facts.sha256 == hashlib.sha256(data).hexdigest()


def test_what_is_no_scan_is_refused_in_words() -> None:
    assert refused(one(b"hello", "a.txt")) == "scan.unknown_format"
    assert refused(one(b"", "a.png")) == "scan.empty"
    assert refused() == "scan.empty"
    assert refused(one(b'{"a": 1}', "a.json")) == "scan.sidecar_wrong"
