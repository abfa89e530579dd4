"""Looks: the ways in which one picture is compared. Its goods, its symbol without the name, its whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs.canvas import square
from pandok.readers.designs.captions import mask_captions
from pandok.readers.designs.ground import Ground, ground
from pandok.readers.designs.mark_parts import mark_parts
from pandok.readers.designs.picture_kind import crop_to_ink

ENCODER_SIDE_PX = 224
WORKING_SIDE_PX = 640
MOST_LOOKS = 4
_TIGHT = 0.14
"""Share cut from each side for the tight look at a photograph: what is held into the camera stands in the middle."""


@dataclass(frozen=True)
class Look:
    """One way to see a picture. `square` (224, 224, 3) uint8 RGB on white for the encoder; `gray` (H, W) uint8 of the
    part alone, ink dark on light where the ground is plain; `box` is the part, in pixels of the picture; `turns`: both
    pictures were turned by so many quarters."""

    square: NDArray[np.uint8]
    gray: NDArray[np.uint8]
    box: Box
    plain: bool
    turns: int = 0


Purpose = Literal["view", "photograph"]


def at_working_size(pixels: NDArray[np.uint8], box: Box) -> tuple[NDArray[np.uint8], float]:
    """The part of a photograph `(H, W, 3)` in `box`, its long side at most `WORKING_SIDE_PX`, and by what it was
    reduced: the encoder sees 224 pixels and the key points 320, so that more only costs time."""
    part = pixels[box.y1 : box.y2, box.x1 : box.x2]
    scale = WORKING_SIDE_PX / max(part.shape[:2])
    if scale >= 1:
        return part, 1.0
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), scale


def looks(pixels: NDArray[np.uint8], purpose: Purpose) -> tuple[Look, ...]:
    """The looks of a picture `(H, W, 3)` uint8 RGB, most important first.

    A registered view has one; a photograph of goods up to `MOST_LOOKS`: all of it, and a tight look, or on a plain
    ground its parts: the symbol without its name, what stands on a tile or in a frame.
    """
    part = pixels
    area = Box(x1=0, y1=0, x2=pixels.shape[1], y2=pixels.shape[0])
    on = ground(part)
    if on.plain:
        part, _ = mask_captions(part)
        ink, ink_box = crop_to_ink(part)
        found = [_plain(ink, on, _moved(ink_box, area))]
        if purpose == "photograph":
            found += [
                _plain(one.pixels, one.ground, _moved(_moved(one.box, ink_box), area))
                for one in mark_parts(ink, on, MOST_LOOKS - 1)
            ]
        return tuple(found)
    found = [_photographed(part, area)]
    if purpose == "photograph" and min(part.shape[:2]) >= 64:
        cut_y, cut_x = int(_TIGHT * part.shape[0]), int(_TIGHT * part.shape[1])
        tight = Box(x1=cut_x, y1=cut_y, x2=part.shape[1] - cut_x, y2=part.shape[0] - cut_y)
        found.append(_photographed(part[tight.y1 : tight.y2, tight.x1 : tight.x2], _moved(tight, area)))
    return tuple(found)


def turned(look: Look) -> tuple[Look, ...]:
    """The look on its sides and on its head: figures lie on their sheets as there is room. None of a photographed
    ground, which has an up and a down."""
    if not look.plain:
        return ()
    return tuple(
        replace(
            look,
            square=np.ascontiguousarray(np.rot90(look.square, turns)),
            gray=np.ascontiguousarray(np.rot90(look.gray, turns)),
            turns=turns,
        )
        for turns in (1, 2, 3)
    )


def _moved(box: Box, by: Box) -> Box:
    return Box(x1=box.x1 + by.x1, y1=box.y1 + by.y1, x2=box.x2 + by.x1, y2=box.y2 + by.y1)


def _photographed(part: NDArray[np.uint8], box: Box) -> Look:
    gray = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return Look(square(part, None, ENCODER_SIDE_PX, "white", margin=0.0), gray, box, False)


def _plain(part: NDArray[np.uint8], on: Ground, box: Box) -> Look:
    light = part
    if sum(on.colour) < 3 * 110:
        # A mark on a dark plate: the encoder sees it as it is, but on its own ground, not in a white frame.
        light = cv2.copyMakeBorder(
            part, *_frame(part), cv2.BORDER_CONSTANT, value=tuple(int(channel) for channel in on.colour)
        ).astype(np.uint8, copy=False)
    return Look(square(light, None, ENCODER_SIDE_PX, "white"), ink_map(part, on), box, True)


def _frame(part: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    height, width = part.shape[:2]
    up, side = max(0, width - height) // 2, max(0, height - width) // 2
    return up, up, side, side


def ink_map(part: NDArray[np.uint8], on: Ground) -> NDArray[np.uint8]:
    """Ink dark on white by its distance from the ground's colour, so that a coloured mark, its negative and its
    black filing look alike. `part` (H, W, 3) uint8; returns (H, W) uint8."""
    red, green, blue = cv2.split(part.astype(np.float32) - np.array(on.colour, np.float32))
    away = np.sqrt(red * red + green * green + blue * blue)
    inked = away[away > on.tolerance]
    full = float(np.percentile(inked, 85)) if len(inked) else 255.0
    return np.asarray(255 - np.clip(away * (255.0 / max(full, 1.0)), 0, 255), dtype=np.uint8)
