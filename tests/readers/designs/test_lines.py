"""Lines: a shape is the same however thick, filled or wide it was drawn; and other shapes are others."""

from __future__ import annotations

import cv2
import numpy as np

from pandok.core.reading import Box
from pandok.readers.designs import local
from pandok.readers.designs.comparing import Comparer
from pandok.readers.designs.description import Description
from pandok.readers.designs.gallery import GalleryView, MemoryGallery, RegisteredDesign
from pandok.readers.designs.lines import DIMENSION, line_layout
from pandok.readers.designs.looks import looks, turned

OUTLINES = {
    "jug": [(60, 40), (180, 40), (170, 90), (215, 120), (180, 160), (170, 230), (70, 230)],
    "star": [(120, 20), (145, 95), (225, 95), (160, 140), (185, 220), (120, 170), (55, 220), (80, 140), (15, 95)],
    "boot": [(80, 20), (150, 20), (150, 150), (230, 180), (230, 225), (80, 225)],
    "tray": [(10, 120), (230, 120), (200, 170), (40, 170)],
}


def drawn(name: str, thickness: int, wide: float = 1.0) -> np.ndarray:
    """Gray, dark on light; a thickness of -1 fills."""
    page = np.full((260, 260), 255, np.uint8)
    points = np.array([[(x * wide + 8, y) for x, y in OUTLINES[name]]], np.int32)
    if thickness < 0:
        cv2.fillPoly(page, points, 0)
    else:
        cv2.polylines(page, points, True, 0, thickness)
    return page


def test_a_shape_is_found_again_thick_thin_filled_or_squeezed() -> None:
    registered = {name: line_layout(drawn(name, 2)) for name in OUTLINES}
    for name in OUTLINES:
        for thickness, wide in ((1, 1.0), (7, 1.0), (-1, 1.0), (3, 0.75)):
            asked = line_layout(drawn(name, thickness, wide))
            nearest = max(registered, key=lambda other: float(registered[other] @ asked))
            assert nearest == name, (name, thickness, wide, nearest)


def test_a_picture_without_ink_has_a_description_of_unit_length() -> None:
    for gray in (np.full((40, 60), 255, np.uint8), np.zeros((3, 3), np.uint8)):
        found = line_layout(gray)
        assert found.shape == (DIMENSION,)
        assert np.isclose(np.linalg.norm(found), 1, atol=1e-5)


def described(vector: list[float], *, plain: bool, turns: int = 0) -> Description:
    nothing = local.LocalFeatures(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8))
    return Description(np.array(vector, np.float32), nothing, Box(x1=0, y1=0, x2=9, y2=9), plain, turns)


def compared(query: list[Description], views: list[Description]) -> np.ndarray:
    slices = {"tuned": slice(0, 2), "layout": slice(2, 4)}
    entries = [
        (GalleryView(row, RegisteredDesign(design_id=f"{row}"), "1", one.vector, one.plain, (9, 9)), one.local)
        for row, one in enumerate(views)
    ]
    gallery = MemoryGallery(entries, np.ones(4, np.float32))
    comparer = Comparer(slices, {"tuned": 1.0, "layout": 1.0}, np.eye(4, dtype=np.float32), 4)
    return comparer.compare(query, gallery.views, gallery).seen.parts["layout"]


def test_the_layout_is_asked_only_where_both_stand_on_plain_grounds() -> None:
    views = [described([1, 0, 1, 0], plain=True), described([1, 0, 1, 0], plain=False)]
    assert compared([described([1, 0, 1, 0], plain=True)], views).tolist() == [1, 0]
    assert compared([described([1, 0, 1, 0], plain=False)], views).tolist() == [0, 0]


def test_a_drawing_on_its_side_is_found_and_counts_a_little_less() -> None:
    upright = described([0, 1, 0, 1], plain=True)
    found = compared([upright, described([1, 0, 1, 0], plain=True, turns=1)], [described([1, 0, 1, 0], plain=True)])
    assert 0.9 < found[0] < 1
    page = np.full((120, 200, 3), 255, np.uint8)
    page[20:60, 30:170] = 0
    look = looks(page, "photograph")[0]
    sides = turned(look)
    assert [one.turns for one in sides] == [1, 2, 3]
    assert sides[0].gray.shape == look.gray.shape[::-1]
    noise = np.random.default_rng(0).integers(0, 255, (90, 90, 3)).astype(np.uint8)
    assert turned(looks(noise, "photograph")[0]) == ()


def test_places_that_agree_are_told_without_a_common_map() -> None:
    rng = np.random.default_rng(3)
    points = rng.uniform(20, 300, (60, 2)).astype(np.float32)
    descriptors = rng.integers(0, 120, (60, 128)).astype(np.uint8)
    view = local.LocalFeatures(points, descriptors)
    bent = points * np.float32([0.5, 0.8]) + rng.normal(0, 2, points.shape).astype(np.float32)
    assert local.agreeing_places(local.LocalFeatures(bent, descriptors), view).inliers > 40
    strewn = rng.permutation(points)
    assert local.agreeing_places(local.LocalFeatures(strewn, descriptors), view).inliers < 10
