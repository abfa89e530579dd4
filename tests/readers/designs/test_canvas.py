"""The square an encoder sees: unstretched, centred, on one colour."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pandok.core.reading import Box
from pandok.readers.designs.canvas import square


def test_a_part_is_centred_and_not_stretched() -> None:
    page = np.full((400, 800, 3), 200, np.uint8)
    cv2.circle(page, (400, 200), 100, (10, 20, 30), -1)
    out = square(page, Box(x1=200, y1=100, x2=600, y2=300), 224, "border", margin=0.0)
    assert out.shape == (224, 224, 3)
    ys, xs = np.nonzero(out[..., 0] < 100)
    assert abs(np.ptp(xs) - np.ptp(ys)) <= 2
    assert abs(np.ptp(xs) - 112) <= 2
    assert (out[0, 0] == 200).all()


def test_white_fill() -> None:
    page = np.full((50, 200, 3), 90, np.uint8)
    assert (square(page, None, 64, "white")[0] == 255).all()
    assert (square(page, None, 64, "border") == 90).all()


@pytest.mark.parametrize("box", [None, Box(x1=-5, y1=-5, x2=9, y2=9), Box(x1=90, y1=90, x2=200, y2=200)])
@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (100, 100), (3, 2000)])
def test_any_box_in_any_picture(shape: tuple[int, int], box: Box | None) -> None:
    page = np.random.default_rng(0).integers(0, 255, (*shape, 3), dtype=np.uint8)
    assert square(page, box, 96).shape == (96, 96, 3)
