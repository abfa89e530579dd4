"""Boxes hold the goods: too large rather than cut."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.demo.articles.families import make_article
from pandok.demo.articles.photograph import photograph
from pandok.readers.designs.goods import find_goods

Picture = NDArray[np.uint8]
GROUNDS = ("plain", "shaded", "wood")


def table(kind: str, rng: np.random.Generator, height: int = 360, width: int = 480) -> Picture:
    colour = rng.integers(60, 200, 3).astype(np.float32)
    page = np.tile(colour, (height, width, 1))
    if kind == "shaded":
        page += np.linspace(-30, 30, width)[None, :, None]
    if kind == "wood":
        grain = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), sigmaX=40, sigmaY=2)
        page = np.array((150, 105, 65)) + (grain / grain.std())[..., None] * np.array((18, 15, 11))
    return np.clip(page, 0, 255).astype(np.uint8)


def composite(kind: str, seed: int) -> tuple[Picture, NDArray[np.bool_]]:
    """A procedurally made article on a table: picture and the article's mask."""
    rng = np.random.default_rng(seed)
    pixels, _, mask = photograph(make_article(rng), rng, size_px=360, difficulty=0.2, background=table(kind, rng, 360))
    return pixels, mask


def overlap(box: Box, mask: NDArray[np.bool_]) -> tuple[float, float]:
    """Intersection over union of the boxes, and share of the article that the box keeps."""
    ys, xs = np.nonzero(mask)
    true = (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    wide = max(0, min(box.x2, true[2]) - max(box.x1, true[0]))
    high = max(0, min(box.y2, true[3]) - max(box.y1, true[1]))
    both = wide * high
    either = box.width * box.height + (true[2] - true[0]) * (true[3] - true[1]) - both
    return both / either, float(mask[box.y1 : box.y2, box.x1 : box.x2].sum() / mask.sum())


@pytest.mark.parametrize("kind", GROUNDS)
def test_articles_on_tables_are_kept_whole(kind: str) -> None:
    measured = np.array(
        [overlap(find_goods(pixels)[0], mask) for pixels, mask in (composite(kind, seed) for seed in range(12))]
    )
    assert measured[:, 1].mean() >= 0.98
    assert measured[:, 0].mean() >= 0.45


def test_on_white_the_box_is_the_ink_box() -> None:
    page = np.full((300, 400, 3), 255, np.uint8)
    cv2.ellipse(page, (120, 180), (50, 80), 0, 0, 360, (90, 20, 60), -1)
    (box,) = find_goods(page)
    for found, true in zip(box.as_tuple(), (70, 100, 171, 261), strict=True):
        assert abs(found - true) <= 8
    assert overlap(box, page[..., 0] < 255)[1] == 1.0


def test_several_articles_give_several_boxes_largest_first() -> None:
    page = np.full((300, 600, 3), 245, np.uint8)
    cv2.rectangle(page, (40, 80), (160, 220), (30, 60, 120), -1)
    cv2.rectangle(page, (300, 40), (520, 260), (120, 60, 30), -1)
    boxes = find_goods(page)
    assert len(boxes) == 2
    assert boxes[0].x1 > 200 > boxes[1].x2


def test_the_whole_picture_where_nothing_stands_out() -> None:
    rng = np.random.default_rng(4)
    for page in (np.full((120, 160, 3), 99, np.uint8), rng.integers(0, 255, (120, 160, 3), dtype=np.uint8)):
        assert find_goods(page) == (Box(x1=0, y1=0, x2=160, y2=120),)


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (33, 2000), (7, 7)])
def test_boxes_lie_in_pictures_of_any_shape(shape: tuple[int, int]) -> None:
    page = np.random.default_rng(5).integers(0, 255, (*shape, 3), dtype=np.uint8)
    for box in find_goods(page):
        assert 0 <= box.x1 < box.x2 <= shape[1]
        assert 0 <= box.y1 < box.y2 <= shape[0]


def test_the_same_picture_gives_the_same_boxes() -> None:
    pixels, _ = composite("wood", 3)
    assert find_goods(pixels) == find_goods(pixels)
