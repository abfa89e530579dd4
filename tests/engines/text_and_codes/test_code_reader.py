import numpy as np
import pytest
import zxingcpp

from pandok.core.reading import Box, CodeFound
from pandok.engines.text_and_codes.code_reader import (
    CONTENT_CHARACTERS,
    ZxingCodeReader,
    check_digit_is_right,
    clean,
    gs1_office,
    gs1_prefix,
)


def label(symbology: str, text: str) -> np.ndarray:
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology))
    drawn = np.asarray(zxingcpp.write_barcode_to_image(code, scale=3, add_quiet_zones=True))
    drawn = drawn if drawn.ndim == 2 else drawn[..., 0]
    picture = np.full((drawn.shape[0] + 80, drawn.shape[1] + 120, 3), 190, np.uint8)
    picture[40:-40, 60:-60] = drawn[..., None]
    return picture


@pytest.mark.parametrize(
    ("symbology", "name", "text"),
    [
        ("EAN13", "EAN-13", "8801234567893"),
        ("EAN8", "EAN-8", "96385074"),
        ("Code128", "Code 128", "PANDOK-1"),
        ("QRCode", "QR Code", "https://goods.example/7"),
        ("DataMatrix", "Data Matrix", "lot 42"),
    ],
)
@pytest.mark.parametrize("turns", [0, 1])
def test_codes_are_read_upright_and_on_their_side(symbology: str, name: str, text: str, turns: int) -> None:
    picture = np.ascontiguousarray(np.rot90(label(symbology, text), turns))
    (code,) = ZxingCodeReader().read(picture)
    assert (code.symbology, code.text) == (name, text)
    assert 30 < code.box.x1 < code.box.x2 < picture.shape[1] - 30


def test_a_picture_without_codes_has_none() -> None:
    assert ZxingCodeReader().read(np.full((50, 50, 3), 128, np.uint8)) == []


def test_hostile_contents_are_cut_and_cleaned() -> None:
    (code,) = ZxingCodeReader().read(label("QRCode", "a\u202eb\u200b" + "z" * 900))
    assert len(code.text) == CONTENT_CHARACTERS
    assert code.text.startswith("ab")
    assert code.text.endswith("…")


def test_control_and_direction_characters_are_taken_out() -> None:
    assert clean("\x00one\x1b[31m\ttwo\r\n\u202ethree\ud800") == "one[31m two  three"


@pytest.mark.parametrize("digits", ["8801234567893", "96385074", "036000291452", "00012345600012"])
def test_right_check_digits(digits: str) -> None:
    assert check_digit_is_right(digits)


@pytest.mark.parametrize("digits", ["8801234567890", "", "88012", "٨٨٠١٢٣٤٥٦٧٨٩٣", "88012345678AB"])
def test_wrong_check_digits(digits: str) -> None:
    assert not check_digit_is_right(digits)


@pytest.mark.parametrize(
    ("symbology", "text", "prefix", "country"),
    [
        ("EAN-13", "8801234567893", "880", "KR"),
        ("UPC-A", "036000291452", "003", "US"),
        ("EAN-13", "8801234567890", "", ""),
        ("QR Code", "8801234567893", "", ""),
    ],
)
def test_gs1_prefix(symbology: str, text: str, prefix: str, country: str) -> None:
    code = CodeFound(symbology=symbology, text=text, box=Box(x1=0, y1=0, x2=1, y2=1))
    assert gs1_prefix(code) == prefix
    assert gs1_office(prefix) == country
