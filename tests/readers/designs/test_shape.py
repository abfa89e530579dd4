"""Gradient shape: the same for a mark and its negative, little changed by a small shift, other for another shape."""

from __future__ import annotations

import cv2
import numpy as np

from pandok.readers.designs.shape import DIMENSION, gradient_shape


def drawn(kind: str, shift: int = 0) -> np.ndarray:
    page = np.full((128, 128), 255, np.uint8)
    if kind == "circle":
        cv2.circle(page, (64 + shift, 64), 40, 0, 3)
    elif kind == "square":
        cv2.rectangle(page, (26 + shift, 26), (102 + shift, 102), 0, 3)
    else:
        cv2.line(page, (20 + shift, 20), (108 + shift, 108), 0, 3)
    return page


def test_unit_length():
    found = gradient_shape(drawn("circle"))
    assert found.shape == (DIMENSION,)
    assert np.isclose(np.linalg.norm(found), 1, atol=1e-5)


def test_a_negative_has_the_same_shape():
    page = drawn("square")
    assert gradient_shape(page) @ gradient_shape(np.asarray(255 - page, np.uint8)) > 0.99


def test_a_small_shift_is_nearer_than_another_shape():
    circle = gradient_shape(drawn("circle"))
    shifted = circle @ gradient_shape(drawn("circle", 4))
    assert shifted > circle @ gradient_shape(drawn("square")) + 0.1
    assert shifted > circle @ gradient_shape(drawn("line")) + 0.1


def test_an_empty_page_has_no_shape():
    assert not gradient_shape(np.full((64, 64), 200, np.uint8)).any()
