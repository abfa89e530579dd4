"""What can be and what cannot: whether an item may lie where it is put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.projection.joining import Joined, seen
from pandok.readers.xray.projection.machine_blur import WIDEST_PX
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.solids import PlacedItem, rectangle_mm
from pandok.readers.xray.projection.views import BagView, ItemView, Mask, Plane

GOODS_BELOW, GOODS_DEVIATIONS = 0.985, 5.0
"""T_high of what is no longer air: lid and bottom of a cardboard box let .98 through."""
ATTACHED_MM = 24.0
"""Handles, wheels and straps are narrower; the body of a bag is not."""
MOST_OUTSIDE, MOST_IN_WALL = 0.002, 0.03
OPAQUE_BELOW, MOST_OPAQUE = 0.01, 0.3
RIM_PX, MOST_RIM = 5, 0.005
MOST_SCALE_OFF, SCALE_PX = 0.06, 3.0
MOST_UNSOLVED = 0.02
MOST_BLURRIER = 1.15
MOST_OFF_P99, MOST_OFF, ITEM_BELOW = 0.002, 0.005, 0.995
"""Relative, of T: how far a join may be off where its item lets less through than `ITEM_BELOW`."""
BELT_OFF_MM = 4.0
ACROSS_MM = 5.0
"""How well a side is known from an outline."""


@dataclass(frozen=True, eq=False)
class BagRoom:
    """`outline`: the bag as it is seen, holes filled. `inside`: less its walls and what sticks out of it."""

    outline: Mask
    inside: Mask


def room_of(bag: BagView) -> BagRoom:
    """Raises `InputError` projection.no_bag."""
    # In pixels a few times larger: less noise, and an outline is not finer than a wall.
    rows, columns = bag.high.shape
    step = max(1, min(rows, columns) // 200)
    small = cv2.resize(bag.high, (columns // step, rows // step), interpolation=cv2.INTER_AREA)
    scatter = bag.noise[1].air_share / step
    coarse = (small < min(GOODS_BELOW, 1 - GOODS_DEVIATIONS * scatter)).astype(np.uint8)
    pitch = tuple(one * step for one in bag.pitch_mm)
    coarse = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, _ellipse(8.0, pitch))
    outlines, _ = cv2.findContours(coarse, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        raise refused("no_bag")
    largest = max(outlines, key=cv2.contourArea)
    whole = np.zeros_like(coarse)
    cv2.drawContours(whole, [largest], -1, 1, cv2.FILLED)
    body = cv2.morphologyEx(
        cv2.copyMakeBorder(whole, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.MORPH_OPEN, _ellipse(ATTACHED_MM, pitch)
    )[1:-1, 1:-1]
    if not body.any():
        raise refused("no_bag")
    outline, body = (cv2.resize(part, (columns, rows), interpolation=cv2.INTER_NEAREST) for part in (whole, body))
    inside = cv2.erode(body, _ellipse(bag.wall_mm, bag.pitch_mm, least=3))
    return BagRoom(outline.view(np.bool_), inside.view(np.bool_))


def check_item(item: ItemView, bag: BagView, response: DualResponse) -> None:
    """What is wrong with the item wherever it is put. Raises `InputError` of `refusals`."""
    solid = item.solid
    if not solid.any() or not item.whole or _at_edge(solid):
        raise refused("cut_off")
    if not bag.blur_known:
        raise refused("blur_unknown")
    if bag.blur_px > WIDEST_PX:
        raise refused("too_soft", blur=round(bag.blur_px, 2), most=WIDEST_PX)
    own, theirs = item.blur_px * max(item.pitch_mm), bag.blur_px * max(bag.pitch_mm)
    # What is known and narrow is undone before the join.
    if item.blur_px > WIDEST_PX and own > MOST_BLURRIER * theirs + 0.05:
        raise refused("blurrier", item=round(own, 2), bag=round(theirs, 2))
    around, _ = cv2.findContours(solid.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    where = np.concatenate(around)[:, 0]
    edges = np.concatenate([where + offset for offset in ((0, 0), (1, 0), (0, 1), (1, 1))])
    measured = rectangle_mm(edges * (bag.pitch_mm[1], bag.pitch_mm[0]))
    allowed = SCALE_PX * max(bag.pitch_mm)
    for one, known in zip(measured, item.sides_mm, strict=True):
        if abs(one - known) > MOST_SCALE_OFF * known + allowed:
            raise refused("scale", seen=round(one), known=round(known))
    if bag.heights_mm is not None:
        depth = bag.heights_mm[1] - bag.heights_mm[0]
        if item.depth_mm > depth:
            raise refused("too_deep", item=round(item.depth_mm), bag=round(depth))
    ring = _ring(solid)
    if ring.any():
        low, high = seen(item.first[ring], item.second[ring], response)
        rim = float(np.abs(np.log(np.maximum(np.minimum(low, high), 1e-5))).mean())
        if rim > MOST_RIM:
            raise refused("rim", percent=round(100 * rim, 1))


def check_place(placed: PlacedItem, bag: BagView, room: BagRoom) -> None:
    """Whether the item lies in the bag. Raises `InputError` of `refusals`."""
    item, top, left = placed.item, placed.top, placed.left
    if placed.heights_mm is not None and bag.heights_mm is not None:
        (low, high), (floor, lid) = placed.heights_mm, bag.heights_mm
        if low < floor or high > lid:
            said = {"item": f"{low:.0f}–{high:.0f}", "bag": f"{floor:.0f}–{lid:.0f}"}
            raise refused("height", **said)
    _check_across(placed, bag, room)
    rows, columns = np.flatnonzero(item.solid.any(axis=1)), np.flatnonzero(item.solid.any(axis=0))
    height, width = room.outline.shape
    if top + rows[0] < 0 or left + columns[0] < 0 or top + rows[-1] >= height or left + columns[-1] >= width:
        raise refused("outside_scan")
    here = np.s_[top + rows[0] : top + rows[-1] + 1, left + columns[0] : left + columns[-1] + 1]
    solid = item.solid[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    count = int(solid.sum())
    outside = int((solid & ~room.outline[here]).sum()) / count
    if outside > MOST_OUTSIDE:
        raise refused("outside_bag", percent=round(100 * outside, 1))
    in_wall = int((solid & ~room.inside[here]).sum()) / count
    if in_wall > MOST_IN_WALL:
        raise refused("in_wall", percent=round(100 * in_wall, 1))


def _check_across(placed: PlacedItem, bag: BagView, room: BagRoom) -> None:
    """Across the belt the outline is that of the bag's lid or floor, whichever the fan throws further out: an item that
    is seen inside it may still stick through the side at its own height."""
    if bag.fan is None or bag.heights_mm is None or placed.across_mm is None:
        return
    rows = np.flatnonzero(room.outline.any(axis=1))
    edges = bag.fan.first_y + bag.fan.pitch_y * np.array([rows[0], rows[-1] + 1])
    span = bag.fan.source_z - bag.fan.detector_z
    sides = []
    for edge, outer in zip(edges, (min, max), strict=True):
        # Where the side stands, if its lid, or its floor, is what is seen at the edge.
        off = [(edge - bag.fan.source_y) * (bag.fan.source_z - height) / span for height in bag.heights_mm]
        sides.append(bag.fan.source_y + (max(off) if outer is min else min(off)))
    left, right = placed.across_mm
    through = max(sides[0] + bag.wall_mm - left, right - sides[1] + bag.wall_mm)
    if through > ACROSS_MM:
        raise refused("in_wall", percent=round(100 * min(1.0, through / max(right - left, 1e-6)), 1))


def check_joined(joined: Joined, item_high: Plane, solid: Mask) -> None:
    """`item_high`: T_high of the item alone; what is opaque by itself, as a pistol is, shows by its outline. Raises
    `InputError` projection.opaque, projection.unsolved."""
    count = int(solid.sum())
    opaque = int((solid & (joined.high < OPAQUE_BELOW) & (item_high >= OPAQUE_BELOW)).sum()) / count
    if opaque > MOST_OPAQUE:
        raise refused("opaque", percent=round(100 * opaque))
    unsolved = int((joined.unsolved & solid & (joined.high >= OPAQUE_BELOW)).sum()) / count
    if unsolved > MOST_UNSOLVED:
        raise refused("unsolved", percent=round(100 * unsolved, 1))


def check_sure(joined: Joined, others: Sequence[Joined]) -> None:
    """`others`: the same, joined with the blur as narrow and as wide as it may be. Raises `InputError`
    projection.blur_unsure where they differ by more than a join may."""
    among = (joined.share_high < ITEM_BELOW) & (joined.high > OPAQUE_BELOW)
    if not others or not among.any():
        return
    off = np.max(
        [
            np.abs(mine[among] / own[among] - 1)
            for one in others
            for own, mine in ((joined.low, one.low), (joined.high, one.high))
        ],
        axis=0,
    )
    p99, worst = float(np.percentile(off, 99)), float(off.max())
    if p99 > MOST_OFF_P99 or worst > MOST_OFF:
        raise refused("blur_unsure", percent=round(100 * max(p99, worst), 1))


def _at_edge(solid: Mask) -> bool:
    return bool(solid[0].any() or solid[-1].any() or solid[:, 0].any() or solid[:, -1].any())


def _ring(solid: Mask) -> Mask:
    """`RIM_PX` pixels around the item, three away, where blur no longer reaches."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    near = cv2.dilate(solid.view(np.uint8), kernel, iterations=4)
    far = cv2.dilate(near, kernel, iterations=RIM_PX)
    return np.asarray((far > 0) & (near == 0))


def _ellipse(millimetres: float, pitch_mm: tuple[float, ...], least: int = 1) -> np.ndarray:
    """A kernel that reaches so far in both directions."""
    rows, columns = (max(least, round(millimetres / one)) for one in pitch_mm)
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * columns + 1, 2 * rows + 1))
