"""Faults that other programs have or had with such files, one test each; none of them here."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pydicom
import pytest
from pydicom.sequence import Sequence

from pandok.core.errors import ScanError
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.limits import Limits
from pandok.readers.xray.formats.reading import read_file
from pandok.readers.xray.formats.writing import WriteForm, written
from tests.readers.xray.formats import samples


def refused(data: bytes) -> str:
    with pytest.raises(ScanError) as caught:
        read_file(data)
    return caught.value.error_code


def plain() -> pydicom.FileDataset:
    return pydicom.dcmread(io.BytesIO(samples.without_block(write_dicos(samples.counts(), now=samples.NOW)[0])))


def saved(one: pydicom.FileDataset) -> bytes:
    target = io.BytesIO()
    pydicom.dcmwrite(target, one, enforce_file_format=True)
    return target.getvalue()


@pytest.mark.parametrize("implicit", [False, True])
def test_pydicom_2330_sequences_nest_ten_thousand_deep(implicit: bool) -> None:
    """Its reader recurses into them."""
    assert refused(samples.nested(10_000, implicit=implicit)) == "scan.too_deep"


def test_pydicom_2324_an_icon_does_not_take_the_pixels_along() -> None:
    """A compressed icon in an item of a said length: the pixels that follow are there."""
    base = samples.without_block(write_dicos(samples.counts(), now=samples.NOW, compressed=True)[0])
    one = pydicom.dcmread(io.BytesIO(base))
    icon = pydicom.Dataset()
    icon.Rows, icon.Columns, icon.PixelData = 48, 70, one.PixelData
    icon["PixelData"].VR = "OB"
    icon["PixelData"].is_undefined_length = True
    one.IconImageSequence = Sequence([icon])
    data = saved(one)
    assert np.array_equal(read_file(data).images[0].pixels, samples.bag())
    # The writer of that report had counted 24 bytes too few into item and sequence.
    at = data.index(struct.pack("<HH", 0x0088, 0x0200))
    [sequence], [item] = struct.unpack_from("<I", data, at + 8), struct.unpack_from("<I", data, at + 16)
    short = bytearray(data)
    struct.pack_into("<I", short, at + 8, sequence - 24)
    struct.pack_into("<I", short, at + 16, item - 24)
    assert refused(bytes(short)) == "scan.damaged"


def test_pydicom_2324_nothing_without_its_pixels_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that loses them: what was written is read again before it is kept."""
    whole = write_dicos(samples.counts(), now=samples.NOW)[0]
    one = pydicom.dcmread(io.BytesIO(whole))
    del one.PixelData
    lost = saved(one)
    assert refused(lost) == "scan.no_pixels"
    monkeypatch.setattr("pandok.readers.xray.formats.writing.write_dicos", lambda *_, **__: (lost,))
    with pytest.raises(ScanError):
        written(samples.counts(), WriteForm.DICOS, name="a", now=samples.NOW, program="test")
    other = write_dicos(samples.counts().with_facts(site="elsewhere"), now=samples.NOW)
    monkeypatch.setattr("pandok.readers.xray.formats.writing.write_dicos", lambda *_, **__: other)
    with pytest.raises(ScanError) as caught:
        written(samples.counts(), WriteForm.DICOS, name="a", now=samples.NOW, program="test")
    assert caught.value.error_code == "scan.unequal_after_writing"


def test_pydicom_1140_a_delimiter_within_compressed_bytes_ends_nothing() -> None:
    pixels = samples.bag()
    frame = samples.run_length_coded(pixels)
    for seed in range(2_000):
        # Literal runs hold what the pixels hold: draw one that holds the sign for the end of a sequence.
        drawn = np.random.default_rng(seed).integers(0, 65_536, pixels.shape, dtype=np.uint16)
        drawn[4, 10:14] = np.frombuffer(bytes((0xFE, 1, 0xFF, 2, 0xDD, 3, 0xE0, 4)), ">u2")
        frame = samples.run_length_coded(drawn)
        if b"\xfe\xff\xdd\xe0" in frame:
            break
    assert b"\xfe\xff\xdd\xe0" in frame
    data = samples.with_syntax(saved(plain()), "1.2.840.10008.1.2.5", [frame])
    assert np.array_equal(read_file(data).images[0].pixels, drawn)


def test_fo_dicom_codecs_185_compressed_pixels_under_a_plain_syntax() -> None:
    squeezed = samples.without_block(write_dicos(samples.counts(), now=samples.NOW, compressed=True)[0])
    syntax = b"1.2.840.10008.1.2.4.70"
    said = squeezed.replace(syntax, b"1.2.840.10008.1.2.1".ljust(len(syntax), b"\0"))
    assert refused(said) in ("scan.pixels_missing", "scan.damaged")


@pytest.mark.parametrize("slope", [0.001, 0.5, 3.25])
def test_cornerstone3d_1404_a_scale_changes_no_stored_value(slope: float) -> None:
    """Scaled values were put into textures of whole numbers. Here they stay as stored; the scale stands beside."""
    one = plain()
    one.RescaleSlope = slope
    found = read_file(saved(one)).images[0]
    assert found.pixels.dtype == np.uint16
    assert np.array_equal(found.pixels, samples.bag())
    assert found.layer.slope == slope


def painted(entries: int, first: int, bits: int, words: bytes) -> bytes:
    one = plain()
    one.PhotometricInterpretation = "PALETTE COLOR"
    del one.PresentationLUTShape
    for place in range(3):
        one.add_new(0x00281101 + place, "US", [entries % 65_536, first, bits])
        one.add_new(0x00281201 + place, "OW", words)
    return saved(one)


def test_weasis_112_palettes_of_sixteen_bits_for_pixels_of_sixteen() -> None:
    """65,536 entries, which the file says as 0."""
    words = (np.arange(65_536) ^ 0xFFFF).astype("<u2").tobytes()
    found = read_file(painted(65_536, 0, 16, words)).images[0]
    assert np.array_equal(found.pixels, samples.bag())
    assert np.array_equal(found.colours()[:, :, 0], ((samples.bag() ^ 0xFFFF) >> 8).astype(np.uint8))


def test_ohif_1689_a_palette_of_sixteen_bits_is_not_squashed() -> None:
    """Entries of words were cut to bytes; pixels below the first and above the last entry take theirs."""
    words = (np.arange(1_000) * 60).astype("<u2")
    found = read_file(painted(1_000, 20_000, 16, words.tobytes())).images[0]
    at = np.clip(samples.bag().astype(int) - 20_000, 0, 999)
    assert np.array_equal(found.colours()[:, :, 1], (words[at] >> 8).astype(np.uint8))


@pytest.mark.parametrize("words", [(np.arange(256) * 257).astype("<u2"), np.arange(256).astype("<u2")])
def test_ohif_5823_eight_bits_that_came_in_words(words: np.ndarray) -> None:
    found = read_file(painted(256, 0, 8, words.tobytes())).images[0]
    assert found.palette is not None
    assert np.array_equal(found.palette[:, 0], np.arange(256))


def test_a_palette_shorter_than_it_says_is_refused() -> None:
    assert refused(painted(1_000, 0, 16, bytes(1_998))) == "scan.damaged"


def test_weasis_755_deflated_files_read_whole_or_not_at_all() -> None:
    data = samples.with_syntax(saved(plain()), "1.2.840.10008.1.2.1.99")
    assert np.array_equal(read_file(data).images[0].pixels, samples.bag())
    for cut in (len(data) - 40, len(data) // 2):
        assert refused(data[:cut]) == "scan.damaged"
    assert refused(data + b"more") == "scan.damaged"


@pytest.mark.parametrize("way", [-15, 15, 31])
def test_check_sums_that_a_writer_left_behind_a_deflated_part_must_be_right(way: int) -> None:
    """Those of zlib or gzip: the part before them is read as the standard says."""
    plain_one = saved(plain())
    at = 144 + struct.unpack_from("<I", plain_one, 140)[0]
    head = samples.with_syntax(plain_one, "1.2.840.10008.1.2.1.99")
    head = head[: 144 + struct.unpack_from("<I", head, 140)[0]]
    pack = zlib.compressobj(6, zlib.DEFLATED, way)
    packed = (pack.compress(plain_one[at:]) + pack.flush())[{-15: 0, 15: 2, 31: 10}[way] :]
    assert np.array_equal(read_file(head + packed).images[0].pixels, samples.bag())
    if way > 0:
        assert refused(head + packed[:-1] + bytes((packed[-1] ^ 1,))) == "scan.damaged"


def test_a_header_that_does_not_say_its_length_is_read() -> None:
    data = saved(plain())
    without = data[:132] + data[144:]
    assert np.array_equal(read_file(without).images[0].pixels, samples.bag())


def test_a_deflated_file_of_zeros_without_end_is_refused() -> None:
    with pytest.raises(ScanError) as caught:
        read_file(samples.deflated_bomb(5_000_000), limits=Limits(inflated_bytes=1_000_000))
    assert caught.value.error_code == "scan.too_many_bytes"


def test_jpeg_lossless_that_ends_early_is_not_filled_with_grey() -> None:
    """Decoders give an image of the full size for half a stream."""
    squeezed = samples.without_block(write_dicos(samples.counts(), now=samples.NOW, compressed=True)[0])
    one = pydicom.dcmread(io.BytesIO(squeezed))
    [frame] = pydicom.encaps.generate_frames(one.PixelData, number_of_frames=1)
    half = frame[: len(frame) // 2] + b"\xff\xd9"
    assert refused(samples.with_syntax(squeezed, "1.2.840.10008.1.2.4.70", [half])) == "scan.damaged"
    other = write_dicos(samples.volume(), now=samples.NOW, compressed=True)[0]
    [small, *_] = pydicom.encaps.generate_frames(pydicom.dcmread(io.BytesIO(other)).PixelData, number_of_frames=7)
    assert refused(samples.with_syntax(squeezed, "1.2.840.10008.1.2.4.70", [small])) == "scan.shape_disagrees"
