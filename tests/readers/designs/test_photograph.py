"""Photographs in, upright pixels without metadata out; anything else gets a sentence and a next step."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pandok.core.errors import PhotographError
from pandok.readers.designs.photograph import Photograph, clean_jpeg, decode


def picture(width: int = 120, height: int = 80) -> Image.Image:
    """Left half red, right half blue, a green bar on top: turning and mirroring show."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = (220, 30, 30)
    pixels[:, width // 2 :] = (30, 30, 220)
    pixels[: height // 4] = (30, 200, 30)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    data = b"IDAT" + zlib.compress(b"")
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF", "GIF", "BMP"])
def test_every_format_gives_the_same_picture(kind: str) -> None:
    data = encoded(picture(), kind)
    photograph = decode(data)
    assert photograph.pixels.shape == (80, 120, 3)
    assert photograph.pixels.dtype == np.uint8
    assert photograph.format == kind
    assert photograph.sha256 == hashlib.sha256(data).hexdigest()
    assert np.abs(photograph.pixels[60, 20].astype(int) - (220, 30, 30)).max() < 30
    assert np.abs(photograph.pixels[60, 100].astype(int) - (30, 30, 220)).max() < 30
    assert not photograph.remarks


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("PNG", {}),
        ("WEBP", {"quality": 95}),
        ("AVIF", {"quality": 95}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg", "quality": 95}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
    ],
)
def test_orientation_is_respected(turned: int, kind: str, options: dict[str, object]) -> None:
    photograph = decode(encoded(Image.fromarray(stored_turned(turned)), kind, exif=orientation(turned), **options))
    assert (photograph.width_px, photograph.height_px) == (128, 64)
    assert np.abs(photograph.pixels.astype(int) - np.asarray(picture(128, 64))).mean() < 8


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_fax_page_and_a_large_sheet_are_turned_once(turned: int) -> None:
    fax = Image.fromarray(stored_turned(turned)[..., 1]).convert("1", dither=Image.Dither.NONE)
    shown = decode(encoded(fax, "TIFF", exif=orientation(turned), compression="group4")).pixels
    assert shown.shape == (64, 128, 3)
    assert (shown[:16] == 255).all()
    assert (shown[16:] == 0).all()
    large = decode(
        encoded(Image.fromarray(stored_turned(turned)), "TIFF", exif=orientation(turned)), longest_side_px=64
    )
    assert large.pixels.shape == (32, 64, 3)
    assert np.abs(large.pixels[2, 4].astype(int) - (30, 200, 30)).max() < 30
    assert np.abs(large.pixels[28, 4].astype(int) - (220, 30, 30)).max() < 30


def orientation(turned: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = turned
    return exif


def stored_turned(turned: int) -> np.ndarray:
    """`picture(128, 64)` as a device stores it that says orientation `turned`."""
    upright = np.asarray(picture(128, 64))
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright),
        7: np.rot90(upright[:, ::-1]),
        8: np.rot90(upright, -1),
    }[turned]
    # 7 is the mirror over the other diagonal.
    return np.ascontiguousarray(upright[::-1, ::-1].transpose(1, 0, 2) if turned == 7 else stored)


def under_brands(data: bytes, first: bytes, *others: bytes) -> bytes:
    """The same file, its coding unchanged, under other brands; as many as it had."""
    size = int.from_bytes(data[:4], "big")
    brands = (list(others) * 8)[: (size - 16) // 4]
    return data[:8] + first + data[12:16] + b"".join(brands) + data[size:]


@pytest.mark.parametrize(
    ("kind", "brands"),
    [
        ("AVIF", (b"mif1", b"avif")),
        ("AVIF", (b"msf1", b"mif1", b"avif")),
        ("AVIF", (b"miaf", b"avif", b"mif1")),
        ("AVIF", (b"none", b"avif")),
        ("AVIF", (b"MA1B", b"mif1")),
        ("AVIF", (b"mif1", b"miaf")),
        ("AVIF", (b"miaf", b"miaf")),
        ("HEIF", (b"mif1", b"heic")),
        ("HEIF", (b"msf1", b"hevc", b"mif1")),
        ("HEIF", (b"miaf", b"mif1", b"heix")),
        ("HEIF", (b"none", b"heic")),
        ("HEIF", (b"mif2", b"mif2")),
        ("HEIF", (b"miaf", b"miaf")),
    ],
)
def test_general_brands_say_nothing_of_the_coding(kind: str, brands: tuple[bytes, ...]) -> None:
    whole = encoded(picture(), kind)
    photograph = decode(under_brands(whole, *brands))
    assert photograph.format == kind
    assert (photograph.pixels == decode(whole).pixels).all()


@pytest.mark.parametrize("first", [b"avis", b"msf1", b"miaf"])
def test_of_a_sequence_the_first_picture_is_read_whatever_its_first_brand(first: bytes) -> None:
    moving = encoded(picture(), "AVIF", save_all=True, append_images=[Image.new("RGB", (120, 80), "yellow")])
    photograph = decode(under_brands(moving, first, b"avis", b"mif1"))
    assert (photograph.format, photograph.pixels.shape) == ("AVIF", (80, 120, 3))
    assert [remark.code for remark in photograph.remarks] == ["photograph.first_page"]
    assert photograph.pixels[60, 100, 2] > 150


@pytest.mark.parametrize("brands", [(b"isom", b"mp42"), (b"qt  ", b"qt  "), (b"3gp5", b"isom"), (b"M4A ", b"iso6")])
def test_a_video_is_no_picture_whatever_it_begins_with(brands: tuple[bytes, ...]) -> None:
    with pytest.raises(PhotographError) as caught:
        decode(under_brands(encoded(picture(), "AVIF"), *brands))
    assert caught.value.error_code == "photograph.not_a_picture"


def test_brands_are_looked_for_in_their_box_only() -> None:
    whole = encoded(picture(), "HEIF")
    with pytest.raises(PhotographError):
        decode(b"\0\0\0\x14ftypisom\0\0\0\0isom" + whole[4:])
    many = b"".join([b"xxxx"] * 40)
    size = int.from_bytes(whole[:4], "big")
    # Moved by 160 bytes: the coding is still named, only the places of its items are no longer right.
    with pytest.raises(PhotographError) as caught:
        decode((size + len(many)).to_bytes(4, "big") + whole[4:8] + b"none" + whole[12:16] + many + whole[16:])
    assert caught.value.error_code == "photograph.truncated"


def test_the_place_is_noticed_and_removed() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 27.0, 3.0), 3: "E", 4: (126.0, 26.0, 1.0)})
    exif[0x010F] = "Maker"
    data = encoded(picture(), "JPEG", exif=exif)
    photograph = decode(data)
    assert photograph.had_location
    clean = clean_jpeg(photograph)
    assert b"Exif" not in clean
    assert b"Maker" not in clean
    assert not decode(clean).had_location
    assert not decode(encoded(picture(), "JPEG")).had_location


def test_transparent_parts_become_white() -> None:
    image = picture().convert("RGBA")
    image.putalpha(Image.fromarray(np.repeat(np.array([[0], [255]], np.uint8), 40, axis=0).repeat(120, axis=1)))
    photograph = decode(encoded(image, "PNG"))
    assert (photograph.pixels[5] == 255).all()
    assert (photograph.pixels[70, 20] == (220, 30, 30)).all()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK"])
def test_colour_modes(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    photograph = decode(encoded(picture().convert(mode), kind))
    assert photograph.pixels.shape == (80, 120, 3)
    assert photograph.pixels.std() > 20


def test_sixteen_bit_gray_keeps_its_tones() -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None].repeat(64, axis=0)
    photograph = decode(encoded(Image.fromarray(ramp), "PNG"))
    assert np.abs(photograph.pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_sixteen_bit_colour_keeps_its_tones() -> None:
    ramp = (np.linspace(0, 65535, 256).astype(np.uint16)[None, :, None] * np.ones((64, 1, 3))).astype(np.uint16)
    data = cv2.imencode(".png", ramp)[1].tobytes()
    assert np.abs(decode(data).pixels[0, :, 1].astype(int) - np.arange(256)).max() <= 1


def test_only_the_first_of_several_pictures_is_read() -> None:
    other = Image.new("RGB", (120, 80), "yellow")
    photograph = decode(encoded(picture(), "GIF", save_all=True, append_images=[other]))
    assert [remark.code for remark in photograph.remarks] == ["photograph.first_page"]
    assert photograph.pixels[60, 20, 0] > 200
    assert photograph.pixels[60, 20, 1] < 60


def test_the_content_decides_and_not_the_name() -> None:
    photograph = decode(encoded(picture(), "PNG"), filename="IMG_1.JPG", photograph_index=2)
    assert photograph.format == "PNG"
    (remark,) = photograph.remarks
    assert (remark.code, remark.photograph_index, remark.blocking) == ("photograph.suffix", 2, False)
    assert not decode(encoded(picture(), "PNG"), filename="scan.png").remarks


def test_large_pictures_are_reduced_and_the_original_size_told() -> None:
    photograph = decode(encoded(picture(2400, 1200), "JPEG"), longest_side_px=600)
    assert photograph.pixels.shape == (300, 600, 3)
    assert (photograph.width_px, photograph.height_px) == (2400, 1200)


def test_pixels_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValueError, match="read-only"):
        decode(encoded(picture(), "PNG")).pixels[0, 0] = 0


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "photograph.empty", "empty"),
        (b"%PDF-1.7 ...", "photograph.not_a_picture", "PDF"),
        (zipped(), "photograph.not_a_picture", "zip"),
        (b"MZ\x90\x00" + bytes(60), "photograph.not_a_picture", "program"),
        (b"just some words", "photograph.not_a_picture", "text"),
        ("물품 사진".encode("cp949"), "photograph.not_a_picture", "text"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "photograph.not_a_picture", "SVG"),
        (b"<?xml version='1.0'?><a/>", "photograph.not_a_picture", "XML"),
        (b"<!DOCTYPE html><p>", "photograph.not_a_picture", "web page"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(20), "photograph.not_a_picture", "video"),
        (bytes(range(256)), "photograph.not_a_picture", "unknown"),
        (png_header(60000, 60000), "photograph.too_many_pixels", "pixels"),
        (png_header(9000, 9000), "photograph.too_many_pixels", "9000 x 9000"),
        (png_header(8, 4000), "photograph.too_small", "8 x 4000"),
        (png_header(800, 600), "photograph.truncated", "damaged"),
        (encoded(picture(), "JPEG")[:-300], "photograph.truncated", "damaged"),
        (encoded(picture(), "PNG")[:-60], "photograph.truncated", "damaged"),
        (encoded(picture(), "WEBP")[:-60], "photograph.truncated", "damaged"),
        (encoded(picture(), "HEIF")[:-60], "photograph.truncated", "damaged"),
        (b"\xff\xd8\xff", "photograph.truncated", "damaged"),
    ],
)
def test_refusals_name_the_cause_and_the_next_step(data: bytes, code: str, word: str) -> None:
    with pytest.raises(PhotographError) as caught:
        decode(data)
    error = caught.value
    assert error.error_code == code
    assert word in error.what.en
    assert error.what.ko
    assert error.next_step.ko
    assert error.next_step.en.endswith(".")


def test_too_many_bytes() -> None:
    data = encoded(picture(), "BMP")
    with pytest.raises(PhotographError) as caught:
        decode(data, max_bytes=len(data) - 1)
    assert caught.value.error_code == "photograph.too_many_bytes"
    assert decode(data, max_bytes=len(data)).width_px == 120


SAMPLES = [encoded(picture(64, 48), kind) for kind in ("JPEG", "PNG", "WEBP", "HEIF", "TIFF", "GIF", "BMP")]
SAMPLES.append(encoded(picture(64, 48), "JPEG", progressive=True))
SAMPLES.append(encoded(picture(64, 48).convert("P"), "TIFF", compression="tiff_lzw"))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=400, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 400),
    tail=st.binary(max_size=20),
)
def test_hostile_bytes_give_a_picture_or_a_refusal(
    sample: bytes, changes: list[tuple[int, int]], cut: int, tail: bytes
) -> None:
    data = bytearray(sample)
    for place, value in changes:
        # Headers are where decoders break: half of the changes fall into the first hundred bytes.
        data[place % (100 if place % 2 else len(data)) % len(data)] = value
    outcome: Photograph | PhotographError
    try:
        outcome = decode(bytes(data[: len(data) - cut]) + tail, max_megapixels=4)
    except PhotographError as error:
        outcome = error
    if isinstance(outcome, Photograph):
        assert outcome.pixels.ndim == 3
        assert outcome.pixels.dtype == np.uint8
    else:
        assert outcome.what.ko
