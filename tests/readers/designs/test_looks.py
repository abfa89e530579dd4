"""Looks: what is compared of a picture, and where it lies in it."""

from __future__ import annotations

import cv2
import numpy as np

from pandok.core.reading import Box
from pandok.readers.designs.ground import ground
from pandok.readers.designs.looks import ENCODER_SIDE_PX, at_working_size, ink_map, looks


def plain_page() -> np.ndarray:
    page = np.full((300, 400, 3), 255, np.uint8)
    cv2.circle(page, (260, 150), 60, (200, 30, 40), -1)
    return page


def test_a_view_has_one_look_cut_to_its_ink():
    (look,) = looks(plain_page(), "view")
    assert look.plain
    assert look.square.shape == (ENCODER_SIDE_PX, ENCODER_SIDE_PX, 3)
    assert 180 <= look.box.x1 <= 200
    assert 318 <= look.box.x2 <= 330


def test_a_photograph_has_the_whole_and_a_tight_look():
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    whole, tight = looks(noise, "photograph")
    assert not whole.plain
    assert whole.box == Box(x1=0, y1=0, x2=400, y2=300)
    assert tight.box.x1 > 40
    assert tight.box.width < 0.75 * 400


def test_only_a_large_part_is_reduced_and_its_form_stays():
    noise = np.random.default_rng(2).integers(0, 255, (900, 1600, 3)).astype(np.uint8)
    part, scale = at_working_size(noise, Box(x1=100, y1=50, x2=1380, y2=690))
    assert part.shape == (320, 640, 3)
    assert scale == 0.5
    part, scale = at_working_size(noise, Box(x1=100, y1=50, x2=300, y2=250))
    assert scale == 1.0
    assert (part == noise[50:250, 100:300]).all()


def test_a_mark_its_negative_and_its_coloured_form_have_like_ink():
    black = np.full((120, 120, 3), 255, np.uint8)
    cv2.circle(black, (60, 60), 30, (0, 0, 0), -1)
    negative = 255 - black
    coloured = np.full((120, 120, 3), (240, 220, 30), np.uint8)
    cv2.circle(coloured, (60, 60), 30, (20, 60, 160), -1)
    maps = [ink_map(page, ground(page)).astype(int) for page in (black, negative, coloured)]
    assert np.abs(maps[0] - maps[1]).mean() < 4
    assert np.abs(maps[0] - maps[2]).mean() < 8


def test_an_empty_page_still_has_a_look():
    (look,) = looks(np.full((80, 80, 3), 255, np.uint8), "view")
    assert look.gray.shape[0] >= 1
