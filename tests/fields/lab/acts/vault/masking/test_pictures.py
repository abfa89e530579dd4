"""Pictures: boxes filled for good, hidden data gone, faces found where a finder is there."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from pandok.core.errors import PhotographError, Unavailable
from pandok.core.reading import Box, WordsFound
from pandok.core.text import Text
from pandok.fields.lab.acts.vault.masking.faces import FrontalFaces, Pixels, open_face_finder
from pandok.fields.lab.acts.vault.masking.pictures import mask_picture
from tests.fields.designs.fakes import encoded, photograph


class Faces:
    remark = Text(ko="시험", en="test")

    def __init__(self, *boxes: Box):
        self._boxes = boxes

    def find(self, pixels: Pixels) -> list[Box]:  # noqa: ARG002
        return list(self._boxes)


class Reader:
    def __init__(self, *lines: WordsFound):
        self._lines = lines

    def read(self, pixels: Pixels) -> list[WordsFound]:  # noqa: ARG002
        return list(self._lines)

    def remarks(self) -> Sequence[Text]:
        return ()


def line(text: str, *corners: int) -> WordsFound:
    return WordsFound(text=text, confidence=0.9, box=Box(**dict(zip(("x1", "y1", "x2", "y2"), corners, strict=True))))


def with_everything_hidden() -> bytes:
    image = Image.open(io.BytesIO(photograph()))
    exif = Image.Exif()
    exif[0x010F] = "MARKER-device"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x8825] = {1: "N", 2: (37.0, 33.0, 0.0)}
    return encoded(
        image, exif=exif, comment=b"MARKER-comment", icc_profile=b"MARKER-icc" * 20, xmp=b"<x>MARKER-xmp</x>"
    )


def test_what_is_found_is_filled_and_the_rest_stays() -> None:
    data = encoded(Image.new("RGB", (400, 300), (200, 180, 160)), "PNG")
    masked, media_type, report = mask_picture(
        data,
        faces=Faces(Box(x1=100, y1=100, x2=200, y2=200)),
        reader=Reader(line("010-1234-5678", 300, 20, 390, 40), line("MADE IN KOREA", 10, 280, 120, 295)),  # type: ignore[arg-type]
    )
    pixels = np.asarray(Image.open(io.BytesIO(masked)))
    assert media_type == "image/png"
    assert not pixels[100:200, 100:200].any()
    assert not pixels[20:40, 300:390].any()
    assert (pixels[280:295, 10:120] == (200, 180, 160)).all()
    assert {one.kind: (one.count, one.treatment) for one in report.found} == {
        "face": (1, "filled"),
        "phone": (1, "filled"),
    }


def test_nothing_hidden_in_a_file_survives() -> None:
    data = with_everything_hidden()
    assert data.count(b"MARKER") >= 4
    masked, _, report = mask_picture(data, faces=Faces(), reader=Reader())  # type: ignore[arg-type]
    assert b"MARKER" not in masked
    again = Image.open(io.BytesIO(masked))
    assert len(again.getexif()) == 0
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [(one.kind, one.count, one.treatment) for one in report.found] == [("metadata", 5, "removed")]


def test_text_fields_of_a_png_go_too() -> None:
    fields = PngImagePlugin.PngInfo()
    fields.add_text("Author", "MARKER-author")
    data = encoded(Image.new("RGB", (64, 64)), "PNG", pnginfo=fields)
    masked, _, report = mask_picture(data, faces=Faces(), reader=Reader())  # type: ignore[arg-type]
    assert (b"MARKER" in data, b"MARKER" in masked) == (True, False)
    assert report.counts == {"metadata": 1}


def test_what_cannot_be_decoded_is_refused() -> None:
    with pytest.raises(PhotographError):
        mask_picture(b"\x89PNG\r\n\x1a\n" + b"x" * 90, faces=Faces(), reader=Reader())  # type: ignore[arg-type]


def test_a_missing_model_file_says_so() -> None:
    with pytest.raises(Unavailable):
        open_face_finder("/nowhere/yunet.onnx")


def test_a_face_is_found_and_bottles_have_none() -> None:
    skimage_data = pytest.importorskip("skimage.data", reason="scikit-image is not installed")
    finder = FrontalFaces()
    found = finder.find(skimage_data.astronaut())
    assert [(one.x1 < 225 < one.x2, one.y1 < 115 < one.y2) for one in found] == [(True, True)]
    assert finder.find(np.asarray(Image.open(io.BytesIO(photograph())))) == []
