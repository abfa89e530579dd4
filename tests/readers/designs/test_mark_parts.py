"""A mark is found inside its tile, frame, brackets and lock-up; what is none of these gives no further part."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.readers.designs.goods import find_goods
from pandok.readers.designs.ground import ground
from pandok.readers.designs.looks import MOST_LOOKS, looks
from pandok.readers.designs.mark_parts import mark_parts
from pandok.readers.designs.shape import gradient_shape

Rgb = NDArray[np.uint8]
ARROW = np.array([[0, 40], [60, 40], [60, 10], [110, 60], [60, 110], [60, 80], [0, 80]], np.int32)


def page(height: int = 300, width: int = 300, colour: tuple[int, int, int] = (255, 255, 255)) -> Rgb:
    return np.full((height, width, 3), colour, np.uint8)


def arrow(on: Rgb, x: int, y: int, colour: tuple[int, int, int] = (0, 0, 0)) -> Rgb:
    cv2.fillPoly(on, [ARROW + np.array([x, y], np.int32)], colour)
    return on


def likeness(picture: Rgb) -> float:
    """How near the best look at `picture` comes to the arrow alone, by its outlines."""
    bare = looks(arrow(page(), 95, 90), "view")[0]
    wanted = gradient_shape(cv2.resize(bare.gray, (128, 128)))
    found = looks(picture, "photograph")
    squares = [cv2.resize(_square(look.gray), (128, 128)) for look in found]
    return max(float(gradient_shape(square) @ wanted) for square in squares)


def _square(gray: NDArray[np.uint8]) -> NDArray[np.uint8]:
    side = max(gray.shape)
    out = np.full((side, side), 255, np.uint8)
    y, x = (side - gray.shape[0]) // 2, (side - gray.shape[1]) // 2
    out[y : y + gray.shape[0], x : x + gray.shape[1]] = gray
    return out


def tile() -> Rgb:
    on = page()
    cv2.circle(on, (150, 150), 130, (30, 60, 120), -1)
    return arrow(on, 95, 90, (250, 250, 250))


def thin_frame() -> Rgb:
    on = arrow(page(), 95, 90)
    cv2.rectangle(on, (20, 20), (280, 280), (0, 0, 0), 3)
    return on


def thick_frame() -> Rgb:
    on = arrow(page(), 95, 90)
    cv2.circle(on, (150, 150), 125, (0, 0, 0), 22)
    return on


def brackets() -> Rgb:
    on = arrow(page(300, 400), 145, 90)
    for x, inner in ((60, 95), (340, 305)):
        cv2.rectangle(on, (min(x, x), 30), (x + (8 if x < 200 else -8), 270), (0, 0, 0), -1)
        for y in (30, 262):
            cv2.rectangle(on, (min(x, inner), y), (max(x, inner), y + 8), (0, 0, 0), -1)
    return on


def lock_up() -> Rgb:
    on = arrow(page(220, 760), 40, 50)
    cv2.putText(on, "KALORA", (190, 145), cv2.FONT_HERSHEY_SIMPLEX, 3.6, (0, 0, 0), 14, cv2.LINE_AA)
    return on


def lock_up_on_a_tile() -> Rgb:
    on = page(320, 800)
    cv2.rectangle(on, (30, 30), (770, 290), (120, 20, 30), -1)
    arrow(on, 80, 100, (255, 250, 245))
    cv2.putText(on, "KALORA", (260, 180), cv2.FONT_HERSHEY_SIMPLEX, 2.6, (255, 250, 245), 8, cv2.LINE_AA)
    return on


@pytest.mark.parametrize("make", [tile, thin_frame, thick_frame, brackets, lock_up, lock_up_on_a_tile])
def test_the_mark_alone_is_one_of_the_looks(make: object) -> None:
    picture = make()  # type: ignore[operator]
    assert likeness(picture) > 0.8
    whole = looks(picture, "view")[0]
    assert len(looks(picture, "photograph")) <= MOST_LOOKS
    if make is lock_up:
        return  # its name stands like a caption, which is left out of the whole already
    # Without its parts the whole is far from the mark: otherwise this test could not fail.
    alone = gradient_shape(cv2.resize(_square(whole.gray), (128, 128)))
    bare = gradient_shape(cv2.resize(looks(arrow(page(), 95, 90), "view")[0].gray, (128, 128)))
    assert float(alone @ bare) < 0.7


def test_contrast_reversed_is_the_same_mark() -> None:
    assert likeness(arrow(page(colour=(20, 20, 60)), 95, 90, (255, 255, 255))) > 0.95


def test_a_mark_without_tile_frame_or_name_has_no_further_part() -> None:
    picture = arrow(page(), 95, 90)
    assert mark_parts(picture, ground(picture)) == ()


def test_a_light_glyph_on_a_dark_tile_stands_on_the_colour_of_the_tile() -> None:
    picture = tile()
    part = mark_parts(picture, ground(picture))[0]
    assert part.ground.colour == (30, 60, 120)
    assert tuple(part.pixels[0, 0]) == (30, 60, 120)
    assert part.pixels[part.pixels.shape[0] // 2, part.pixels.shape[1] // 2].min() > 200


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (40, 40)])
def test_tiny_and_empty_pictures_give_nothing(shape: tuple[int, int]) -> None:
    picture = page(*shape)
    assert mark_parts(picture, ground(picture)) == ()


def test_a_mark_in_pieces_is_read_as_one_article() -> None:
    box = find_goods(lock_up())[0]
    assert box.x1 <= 45
    assert box.x2 >= 500
