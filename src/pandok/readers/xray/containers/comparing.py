"""What is in a container's structure that is not in its kind's: three comparisons, one scale, places in words.

z = (ln T − median) / (1.4826 · MAD) over the bank of empty containers of the type; the MAD of a pixel is never taken to
be less than its zone's median, for few containers tell little of one pixel. The mirror compares left with right of the
same scan, less what that difference is in the bank. The same container, empty before, is compared by the spread of its
kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.containers.kinds import ContainerKind, Zone
from pandok.readers.xray.containers.registering import MARGIN_PX, Plane, laid, laid_on, on_raster, raster_of

LEAST_BANK = 8
MAD_TO_SD = 1.4826
LOOKED_AT_MM = 150.0
"""What is hidden is as large as a brick: differences are averaged over such a piece."""
_FLOOR_QUANTILE = 0.5
_BESIDE_PX = 15
_LEAST_SPREAD = 0.004


class FewContainers(ValueError):
    """The bank holds too few containers of the type to know what is usual."""


@dataclass(frozen=True)
class Difference:
    """One place darker than it should be. `box`: left, top, right, bottom in shares of the container, front end left.
    `z`: of its darkest piece; `ln_t`: how much darker, ln T, in the mean. `against`: bank, mirror, same."""

    zone: Zone
    box: tuple[float, float, float, float]
    z: float
    ln_t: float
    against: str


@dataclass(frozen=True, eq=False)
class StructureBank:
    """Empty containers of one type on its raster. `images` (n, rows, columns) ln T, laid on each other."""

    kind: ContainerKind
    images: NDArray[np.float32]

    @cached_property
    def median(self) -> Plane:
        return np.asarray(np.median(self.images, axis=0), np.float32)

    @cached_property
    def zones(self) -> NDArray[np.int8]:
        return zone_map(self.kind)

    @cached_property
    def spread(self) -> Plane:
        return self._spread(np.stack([_pieces(one - self.median) for one in self.images]))

    @cached_property
    def mirror_median(self) -> Plane:
        return np.asarray(np.median(self._mirrors, axis=0), np.float32)

    @cached_property
    def mirror_spread(self) -> Plane:
        return self._spread(np.stack([_pieces(one - self.mirror_median) for one in self._mirrors]))

    @cached_property
    def _mirrors(self) -> NDArray[np.float32]:
        return np.asarray(self.images - self.images[:, :, ::-1])

    def _spread(self, pieces: NDArray[np.float32]) -> Plane:
        raw = MAD_TO_SD * np.median(np.abs(pieces - np.median(pieces, axis=0)), axis=0)
        # What varies at one place varies, by another container, a little beside it.
        beside = np.ones((_BESIDE_PX, _BESIDE_PX), np.uint8)
        spread: Plane = np.asarray(cv2.dilate(raw.astype(np.float32), beside), np.float32)
        for number in np.unique(self.zones):
            inside = self.zones == number
            least = max(_LEAST_SPREAD, float(np.quantile(spread[inside], _FLOOR_QUANTILE)))
            spread[inside] = np.maximum(spread[inside], least)
        return spread


def bank_of(scans: Sequence[NDArray[np.floating]], kind: ContainerKind) -> StructureBank:
    """Of transmissions of empty containers of one type. Raises FewContainers, NoContainer."""
    if len(scans) < LEAST_BANK:
        raise FewContainers(f"{len(scans)} of {LEAST_BANK}")
    images = [on_raster(one, kind) for one in scans]
    # Laid on the first, then on the median of all: the first is not better than others.
    model = images[0]
    for _ in range(2):
        images = [laid_on(one, model) for one in images]
        model = np.asarray(np.median(np.stack(images), axis=0), np.float32)
    return StructureBank(kind, np.stack(images))


@dataclass(frozen=True, eq=False)
class Compared:
    """`image` ln T on the raster; `z` (rows, columns) of each comparison, negative where it is darker than usual.
    `turned`: the scan shows the front end on the right."""

    image: Plane
    z: dict[str, Plane]
    differences: tuple[Difference, ...]
    turned: bool = False

    @property
    def score(self) -> float:
        """How unlike its kind: the darkest z of the bank; larger is odder, 0 is none."""
        return max(0.0, -float(self.z["bank"].min()))


def compared(
    transmission: NDArray[np.floating],
    bank: StructureBank,
    *,
    empty: NDArray[np.floating] | None = None,
    limit: float = 6.0,
    penetration_limit: float = 0.0,
) -> Compared:
    """`empty`: the same container, scanned empty. `limit`: z beyond which a place is named; set it for the false alarms
    that a site bears. Places below `penetration_limit` are not told. Raises NoContainer."""
    image, turned = laid(on_raster(transmission, bank.kind), bank.median)
    told = image > np.log(max(penetration_limit, 1e-4))
    z = {
        "bank": _pieces(image - bank.median) / bank.spread,
        "mirror": _pieces(image - image[:, ::-1] - bank.mirror_median) / bank.mirror_spread,
    }
    if empty is not None:
        before = laid_on(on_raster(empty, bank.kind), bank.median)
        z["same"] = _pieces(image - before) / (np.float32(np.sqrt(2)) * bank.spread)
    masked = {name: np.where(told & _whole(image.shape), one, 0).astype(np.float32) for name, one in z.items()}
    found = [one for name in masked for one in _places(name, masked[name], image, bank, limit)]
    return Compared(image, masked, tuple(sorted(found, key=lambda one: -one.z)), turned)


def zone_map(kind: ContainerKind) -> NDArray[np.int8]:
    """(rows, columns) index into `list(Zone)`."""
    rows, columns = raster_of(kind)
    order = list(Zone)
    found = np.zeros((rows, columns), np.int8)
    for zone, box in kind.zones:
        left, top, right, bottom = _pixels(box, rows, columns)
        found[top:bottom, left:right] = order.index(zone)
    return found


def _places(name: str, z: Plane, image: Plane, bank: StructureBank, limit: float) -> list[Difference]:
    count, labels = cv2.connectedComponents((z < -limit).astype(np.uint8), connectivity=8)
    rows, columns = z.shape
    found = []
    for number in range(1, count):
        inside = labels == number
        down, across = np.nonzero(inside)
        deepest = int(np.argmin(np.where(inside, z, np.inf)))
        zone = list(Zone)[int(bank.zones.ravel()[deepest])]
        box = (
            float(np.clip((across.min() - MARGIN_PX) / (columns - 2 * MARGIN_PX), 0, 1)),
            float(np.clip((down.min() - MARGIN_PX) / (rows - 2 * MARGIN_PX), 0, 1)),
            float(np.clip((across.max() + 1 - MARGIN_PX) / (columns - 2 * MARGIN_PX), 0, 1)),
            float(np.clip((down.max() + 1 - MARGIN_PX) / (rows - 2 * MARGIN_PX), 0, 1)),
        )
        darker = float((image - bank.median)[inside].mean())
        found.append(Difference(zone, box, round(-float(z[inside].min()), 1), round(darker, 3), name))
    return found


def _pieces(difference: Plane) -> Plane:
    side = max(3, round(LOOKED_AT_MM / 12.0)) | 1
    # What is far out at one pixel is an edge that does not lie on its like; it must not fill a whole piece.
    calm = cv2.medianBlur(np.ascontiguousarray(difference, np.float32), 5)
    return np.asarray(cv2.blur(calm, (side, side), borderType=cv2.BORDER_REPLICATE), np.float32)


def _whole(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Without the rim, where half of a piece is air."""
    found = np.zeros(shape, bool)
    rim = MARGIN_PX + 2
    found[rim:-rim, rim:-rim] = True
    return found


def _pixels(box: tuple[float, float, float, float], rows: int, columns: int) -> tuple[int, int, int, int]:
    wide, high = columns - 2 * MARGIN_PX, rows - 2 * MARGIN_PX
    left, top, right, bottom = box
    return (
        round(left * wide) + (MARGIN_PX if left > 0 else 0),
        round(top * high) + (MARGIN_PX if top > 0 else 0),
        round(right * wide) + MARGIN_PX * (1 if right < 1 else 2),
        round(bottom * high) + MARGIN_PX * (1 if bottom < 1 else 2),
    )
