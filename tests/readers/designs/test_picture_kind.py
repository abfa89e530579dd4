"""The kind of picture, the ink on it, and captions painted over without touching the drawing."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.readers.designs.picture_kind import crop_to_ink, mask_captions, picture_kind

Picture = NDArray[np.uint8]


def sheet(width: int = 420, height: int = 560) -> Picture:
    """A line drawing: a bottle with hatching, a dashed line and lettering on its label."""
    page = np.full((height, width, 3), 255, np.uint8)
    line = (40, 40, 40)
    cv2.rectangle(page, (130, 120), (290, 420), line, 1)
    cv2.rectangle(page, (180, 60), (240, 120), line, 1)
    for at in range(300, 400, 8):
        cv2.line(page, (140, at), (170, at - 12), line, 1)
    for at in range(135, 285, 14):
        cv2.line(page, (at, 440), (at + 7, 440), line, 1)
    cv2.putText(page, "AB 7", (175, 240), cv2.FONT_HERSHEY_SIMPLEX, 0.8, line, 2)
    # Two screws beside the bottle.
    for at in (340, 362):
        cv2.rectangle(page, (at, 300), (at + 8, 330), line, 1)
    return page


def captioned(text: str, place: tuple[int, int], size: float = 0.7, turned: bool = False) -> tuple[Picture, Picture]:
    """The sheet with a caption, and the caption alone as a mask."""
    page = sheet()
    if turned:
        page = np.ascontiguousarray(np.rot90(page))
    plain = page.copy()
    cv2.putText(page, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, (30, 30, 30), 2, cv2.LINE_AA)
    mask = (np.abs(page.astype(int) - plain).max(axis=2) > 40).astype(np.uint8)
    return (np.ascontiguousarray(np.rot90(page, -1)), np.rot90(mask, -1)) if turned else (page, mask)


@pytest.mark.parametrize(
    ("text", "place", "size", "turned"),
    [
        ("FIG. 3", (170, 520), 0.7, False),
        ("FIG. 12A", (150, 520), 0.6, False),
        ("Fig. 1", (20, 40), 0.9, False),
        ("1.1", (20, 40), 0.7, False),
        ("FIG.   4", (150, 530), 1.0, False),
        ("FIG. 3", (200, 400), 0.7, True),
    ],
)
def test_captions_are_painted_over(text: str, place: tuple[int, int], size: float, turned: bool) -> None:
    page, caption = captioned(text, place, size, turned)
    clean, boxes = mask_captions(page)
    assert len(boxes) == 1
    assert (clean[caption > 0] == 255).all()
    assert np.array_equal(clean, sheet())


def test_no_ink_of_the_drawing_is_deleted() -> None:
    clean, boxes = mask_captions(sheet())
    assert boxes == []
    assert np.array_equal(clean, sheet())


def test_rows_of_equal_ornaments_stay() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    cv2.rectangle(page, (100, 60), (300, 240), (0, 0, 0), 2)
    for at in range(120, 300, 30):
        cv2.circle(page, (at, 300), 9, (0, 0, 0), 2)
    assert mask_captions(page)[1] == []


def test_lettering_inside_a_broken_outline_stays() -> None:
    page = np.full((400, 500, 3), 255, np.uint8)
    for at in range(60, 440, 14):
        cv2.line(page, (at, 60), (at + 8, 60), (0, 0, 0), 1)
        cv2.line(page, (at, 340), (at + 8, 340), (0, 0, 0), 1)
    for at in range(60, 340, 14):
        cv2.line(page, (60, at), (60, at + 8), (0, 0, 0), 1)
        cv2.line(page, (440, at), (440, at + 8), (0, 0, 0), 1)
    cv2.putText(page, "12:30", (200, 200), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0), 2)
    assert mask_captions(page)[1] == []


def test_photographs_are_left_alone() -> None:
    page = np.random.default_rng(0).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    clean, boxes = mask_captions(page)
    assert boxes == []
    assert clean is page


@pytest.mark.parametrize("colour", [(255, 255, 255), (128, 128, 128), (20, 60, 120), (0, 0, 0)])
def test_ink_is_found_on_any_plain_ground(colour: tuple[int, int, int]) -> None:
    page = np.full((300, 400, 3), colour, np.uint8)
    cv2.ellipse(page, (250, 160), (60, 40), 0, 0, 360, (200, 180, 40), -1)
    jpeg = cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_COLOR)
    part, box = crop_to_ink(jpeg, margin=0.0)
    assert part.shape == (box.height, box.width, 3)
    for found, true in zip(box.as_tuple(), (190, 120, 311, 201), strict=True):
        # One block of JPEG colour.
        assert abs(found - true) <= 16
    assert (box.x1, box.y1) <= (190, 120)
    assert box.x2 >= 310
    assert box.y2 >= 200


def test_a_stray_speck_does_not_widen_the_box() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    cv2.rectangle(page, (150, 150), (250, 250), (0, 0, 0), 2)
    page[10, 390] = 0
    _, box = crop_to_ink(page, margin=0.0)
    assert box.x2 < 280


@pytest.mark.parametrize("page", [np.full((50, 70, 3), 255, np.uint8), np.full((40, 40, 3), 3, np.uint8)])
def test_a_page_without_ink_stays_whole(page: Picture) -> None:
    part, box = crop_to_ink(page, margin=0.1)
    assert part is page
    assert (box.width, box.height) == (page.shape[1], page.shape[0])


def test_kinds() -> None:
    assert picture_kind(sheet()).name == "line_drawing"
    mark = np.full((300, 300, 3), 255, np.uint8)
    cv2.circle(mark, (150, 150), 100, (200, 20, 40), -1, cv2.LINE_AA)
    assert picture_kind(mark).name == "flat_graphic"
    down, across = np.mgrid[:300, :300]
    ball = np.hypot(across - 150, down - 150)
    shade = np.clip(230 - 1.2 * np.hypot(across - 110, down - 110), 30, 255)
    studio = np.where((ball < 110)[..., None], np.stack([shade, shade * 0.8, shade * 0.5], axis=2), 255)
    assert picture_kind(studio.astype(np.uint8)).name == "studio"
    noise = cv2.GaussianBlur(np.random.default_rng(0).normal(0, 1, (300, 300, 3)), (0, 0), 12)
    assert picture_kind(cv2.normalize(noise, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)).name == "photograph"


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("folder", "kinds"),
    [
        ("designs-packages/train", {"photograph"}),
        ("photos-clothing/photos", {"photograph", "studio"}),
        ("designs-drawings/register", {"line_drawing"}),
        ("marks-logos/register", {"flat_graphic", "line_drawing"}),
        ("designs-produce/register", {"studio"}),
    ],
)
def test_kinds_of_real_pictures(shared: Path, folder: str, kinds: set[str]) -> None:
    files = sorted(path for path in (shared / "data" / folder).rglob("*") if path.suffix in (".jpg", ".png"))
    some = files[:: max(1, len(files) // 50)]
    names = [picture_kind(cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)).name for path in some]
    assert np.mean([name in kinds for name in names]) >= 0.85


@pytest.mark.shared_data
def test_captions_on_published_sheets(shared: Path) -> None:
    files = sorted((shared / "data" / "designs-drawings" / "register").glob("*.png"))[::8]
    sheets = [cv2.imread(str(path), cv2.IMREAD_COLOR_RGB) for path in files]
    masked = [mask_captions(page)[1] for page in sheets]
    assert np.mean([bool(boxes) for boxes in masked]) >= 0.85
    covered = [
        sum(box.width * box.height for box in boxes) / page[..., 0].size
        for page, boxes in zip(sheets, masked, strict=True)
    ]
    assert max(covered) < 0.1
