"""The whole of it for one view or all views of a bag: check, join, add the missing noise, measure how hard it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pandok.readers.xray.projection.added_noise import with_missing_noise
from pandok.readers.xray.projection.difficulty import Difficulty, difficulty_of
from pandok.readers.xray.projection.joining import (
    Joined,
    joined,
    joined_behind_blur,
    seen_high,
    sharp_amounts,
)
from pandok.readers.xray.projection.machine_blur import NARROWEST_PX, REACH_PX
from pandok.readers.xray.projection.placing import (
    BELT_OFF_MM,
    BagRoom,
    check_item,
    check_joined,
    check_place,
    check_sure,
    room_of,
)
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView, ItemView, Plane

_AROUND_PX = 16
"""Of the bag, looked at around the item."""


@dataclass(frozen=True, eq=False)
class Projection:
    """`low`, `high`: the view with the item in it. `box`: left, top, right, bottom of the item in pixels. `unsolved`:
    how many of its pixels took a neighbour's amounts of the bag."""

    low: Plane
    high: Plane
    box: tuple[int, int, int, int]
    difficulty: Difficulty
    unsolved: int


def projected(
    bags: Sequence[BagView],
    items: Sequence[PlacedItem],
    random: np.random.Generator,
    *,
    largest_px: Sequence[float] | None = None,
    rooms: Sequence[BagRoom] | None = None,
) -> list[Projection]:
    """`bags`: all views of one bag; `items`: the same item in the same pose in each of them. `largest_px`: by view,
    pixels of the item's outline in the pose that shows most of it; None: this one. `rooms`: of `room_of`, where they
    are known.

    Raises `InputError` of `refusals`, before anything is joined but for what only the joined image shows."""
    if len(bags) != len(items) or not bags:
        raise ValueError("one item for each view")
    spaces = [room_of(bag) for bag in bags] if rooms is None else list(rooms)
    for bag, placed, room in zip(bags, items, spaces, strict=True):
        check_item(placed.item, bag, bag.response)
        check_place(placed, bag, room)
    _one_place(bags, items)
    most = [float(placed.item.solid.sum()) for placed in items] if largest_px is None else largest_px
    return [_one(*each, random) for each in zip(bags, items, spaces, most, strict=True)]


def _one(bag: BagView, placed: PlacedItem, room: BagRoom, largest_px: float, random: np.random.Generator) -> Projection:
    item = placed.item
    height, width = bag.high.shape
    rows, columns = item.shape
    # The item's margin of air may leave the scan.
    top, left = max(0, placed.top), max(0, placed.left)
    bottom, right = min(height, placed.top + rows), min(width, placed.left + columns)
    of_item = np.s_[top - placed.top : bottom - placed.top, left - placed.left : right - placed.left]
    here = np.s_[top:bottom, left:right]
    first, second, solid = item.first[of_item], item.second[of_item], item.solid[of_item]
    found = _put(bag, (first, second), item.blur_px, (top, left))
    check_joined(found, seen_high(first, second, bag.response), solid)
    check_sure(found, [_put(*one, (top, left)) for one in _as_it_may_be(bag, (first, second), item)])
    low, high = bag.low.copy(), bag.high.copy()
    low[here] = with_missing_noise(found.low, found.share_low, bag.noise[0], random)
    high[here] = with_missing_noise(found.high, found.share_high, bag.noise[1], random)
    seen_rows, seen_columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    box = (
        int(left + seen_columns[0]),
        int(top + seen_rows[0]),
        int(left + seen_columns[-1] + 1),
        int(top + seen_rows[-1] + 1),
    )
    around = np.s_[
        max(0, box[1] - _AROUND_PX) : min(height, box[3] + _AROUND_PX),
        max(0, box[0] - _AROUND_PX) : min(width, box[2] + _AROUND_PX),
    ]
    where = np.zeros(bag.high.shape, np.bool_)
    where[here] = solid
    hard = difficulty_of(bag.high[around], high[around], where[around], room.outline[around], largest_px=largest_px)
    return Projection(low, high, box, hard, int(found.unsolved.sum()))


def _as_it_may_be(
    bag: BagView, amounts: tuple[Plane, Plane], item: ItemView
) -> list[tuple[BagView, tuple[Plane, Plane], float]]:
    """Both blurs as narrow, and as wide, as they may be; nothing where they are known exactly."""
    if max(bag.blur_error_px, item.blur_error_px) <= 0:
        return []
    return [
        (
            replace(bag, blur_px=max(0.0, bag.blur_px + way * bag.blur_error_px)),
            amounts,
            max(0.0, item.blur_px + way * item.blur_error_px),
        )
        for way in (-1, 1)
    ]


def _put(bag: BagView, amounts: tuple[Plane, Plane], blur_px: float, at: tuple[int, int]) -> Joined:
    """The item, blurred by `blur_px`, with its upper left pixel `at` row and column of the bag."""
    (first, second), (top, left) = amounts, at
    rows, columns = first.shape
    if max(bag.blur_px, blur_px) < NARROWEST_PX:
        here = np.s_[top : top + rows, left : left + columns]
        return joined(bag.low[here], bag.high[here], first, second, bag.response)
    shares = bag.noise[0].air_share, bag.noise[1].air_share
    if blur_px >= NARROWEST_PX:
        first, second = sharp_amounts(first, second, bag.response, blur_px, max(shares))
    # Around the item, so that what lies beyond the edge tells nothing.
    height, width = bag.high.shape
    above, before = min(REACH_PX, top), min(REACH_PX, left)
    below, behind = min(REACH_PX, height - top - rows), min(REACH_PX, width - left - columns)
    around = np.s_[top - above : top + rows + below, left - before : left + columns + behind]
    first, second = (np.pad(one, ((above, below), (before, behind))) for one in (first, second))
    found = joined_behind_blur(bag.low[around], bag.high[around], first, second, bag.response, bag.blur_px, shares)
    return found.part(np.s_[above : above + rows, before : before + columns])


def _one_place(bags: Sequence[BagView], items: Sequence[PlacedItem]) -> None:
    """All views run along the same belt: an item begins and ends at the same place of it."""
    ends = []
    for bag, placed in zip(bags, items, strict=True):
        columns = np.flatnonzero(placed.item.solid.any(axis=0)) + placed.left
        ends.append(((columns[0]) * bag.pitch_mm[1], (columns[-1] + 1) * bag.pitch_mm[1]))
    off = max(max(abs(one[at] - ends[0][at]) for one in ends) for at in (0, 1))
    if off > BELT_OFF_MM:
        raise refused("views_disagree", off=round(off, 1))
