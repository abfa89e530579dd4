"""Blocked is what no one could compare; a plain article, a drawing or a mark never is."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs.quality import LEAST_SHARPNESS, assess, remarks

Picture = NDArray[np.uint8]


def article(size_px: int = 512, noise: float = 3.0) -> Picture:
    """A box with a label on a table, as a camera sees it."""
    page = np.full((size_px, size_px, 3), (150, 130, 105), np.uint8)
    unit = size_px // 16
    cv2.rectangle(page, (4 * unit, 3 * unit), (12 * unit, 13 * unit), (40, 70, 160), -1)
    cv2.circle(page, (8 * unit, 7 * unit), 2 * unit, (230, 220, 60), -1)
    cv2.rectangle(page, (5 * unit, 10 * unit), (11 * unit, 12 * unit), (235, 235, 235), -1)
    grain = np.random.default_rng(0).normal(0, noise, page.shape)
    return np.clip(cv2.GaussianBlur(page, (0, 0), size_px / 512) + grain, 0, 255).astype(np.uint8)


def codes(pixels: Picture, box: Box | None = None) -> list[str]:
    return [remark.code for remark in remarks(assess(pixels, box), 0)]


def blocked(pixels: Picture) -> bool:
    return any(remark.blocking for remark in remarks(assess(pixels), 0))


def test_a_good_photograph_has_no_remarks() -> None:
    assert codes(article()) == []


@pytest.mark.parametrize("size_px", [160, 512, 1600])
def test_sharpness_is_the_same_at_every_resolution(size_px: int) -> None:
    assert assess(article(size_px)).sharpness > 50


def test_sharpness_falls_with_blur_and_then_blocks() -> None:
    picture = article()
    blurred = [cv2.GaussianBlur(picture, (0, 0), sigma) for sigma in (2, 4, 8, 16)]
    values = [assess(picture).sharpness, *(assess(one).sharpness for one in blurred)]
    assert values == sorted(values, reverse=True)
    assert not blocked(blurred[0])
    assert blocked(blurred[-1])


def test_the_sentence_names_the_number_and_the_need() -> None:
    (remark,) = remarks(assess(cv2.GaussianBlur(article(), (0, 0), 14)), 3)
    assert (remark.code, remark.blocking, remark.photograph_index) == ("quality.blurred", True, 3)
    assert re.search(rf"sharpness \d+, at least {LEAST_SHARPNESS:.0f} needed", remark.text.en)
    assert f"최소 {LEAST_SHARPNESS:.0f} 필요" in remark.text.ko


def test_a_sharp_plain_article_is_not_blocked() -> None:
    page = np.full((600, 800, 3), 200, np.uint8)
    cv2.ellipse(page, (400, 300), (180, 120), 0, 0, 360, (170, 175, 180), -1, cv2.LINE_AA)
    assert not blocked(page)


@pytest.mark.parametrize("tone", [255, 150, 90])
def test_thin_pale_sketches_are_not_blocked(tone: int) -> None:
    page = np.full((1200, 1600, 3), tone, np.uint8)
    cv2.ellipse(page, (800, 600), (400, 300), 20, 0, 360, (tone - 60,) * 3, 3, cv2.LINE_AA)
    noisy = np.clip(page + np.random.default_rng(1).normal(0, 3, page.shape), 0, 255).astype(np.uint8)
    assert not blocked(page)
    assert not blocked(noisy)


@pytest.mark.parametrize("tone", [0, 30, 128, 255])
@pytest.mark.parametrize("noise", [0, 3, 8])
def test_a_covered_lens_is_blocked(tone: int, noise: float) -> None:
    page = np.clip(tone + np.random.default_rng(2).normal(0, noise, (600, 800, 3)), 0, 255).astype(np.uint8)
    assert blocked(page)


def test_a_finger_before_the_lens_is_blocked() -> None:
    down, across = np.mgrid[:600, :800]
    glow = 120 + 80 * np.exp(-((across - 500) ** 2 + (down - 300) ** 2) / (2 * 200**2))
    page = np.stack([glow, glow * 0.4, glow * 0.3], axis=2)
    assert blocked(np.clip(page + np.random.default_rng(3).normal(0, 4, page.shape), 0, 255).astype(np.uint8))


def test_darkness_is_a_remark_and_then_blocks() -> None:
    assert codes((article() * 0.2).astype(np.uint8)) == ["quality.dark"]
    assert codes((article() * 0.06).astype(np.uint8)) == ["quality.too_dark"]


def test_glare_is_a_remark_except_on_a_white_ground() -> None:
    picture = article()
    picture[100:400, 100:400] = 255
    assert "quality.glare" in codes(picture)
    white = np.full((300, 300, 3), 255, np.uint8)
    cv2.circle(white, (150, 150), 60, (30, 30, 30), -1)
    assert codes(white) == []


def test_only_the_box_counts() -> None:
    picture = article()
    picture[:, 300:] = 0
    assert codes(picture, Box(x1=320, y1=0, x2=500, y2=200)) == ["quality.too_dark"]
    assert codes(picture, Box(x1=150, y1=150, x2=160, y2=160)) == ["quality.too_small"]
    assert codes(picture, Box(x1=900, y1=900, x2=990, y2=990)) == ["quality.too_small"]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("folder", "most"),
    [
        ("designs-packages/train", 0.005),
        ("designs-produce/train", 0.005),
        ("photos-clothing/photos", 0.005),
        ("designs-drawings/register", 0.0),
        ("marks-logos/register", 0.0),
    ],
)
def test_undamaged_pictures_are_not_blocked(shared: Path, folder: str, most: float) -> None:
    files = sorted(path for path in (shared / "data" / folder).rglob("*") if path.suffix in (".jpg", ".png"))
    some = files[:: max(1, len(files) // 150)]
    pictures = [cv2.imread(str(path), cv2.IMREAD_COLOR_RGB) for path in some]
    assert len(pictures) >= 150
    assert np.mean([blocked(picture) for picture in pictures]) <= most
