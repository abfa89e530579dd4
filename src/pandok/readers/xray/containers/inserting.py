"""A mass put into the scan of an empty container by computing: what a claim of recall is measured on.

Behind steel the rays are harder, so that the same mass takes less away than in air. The container is taken to be of the
second basis material of the machine's spectra, in the amount that its own transmission says; the mass, of the first, is
added to it and both are projected again with the whole spectrum. The noise that a darker place has is added.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.containers.kinds import ContainerKind, Zone
from pandok.readers.xray.containers.placing import ContainerInScan, ShareBox
from pandok.readers.xray.physics.basis import DualResponse

DENSITY_G_CM3, DEPTH_MM = 0.9, 100.0
WIDE_MM, HIGH_MM = (250.0, 600.0), (150.0, 350.0)
HIDING_PLACES = (Zone.ROOF, Zone.FLOOR, Zone.WALL, Zone.INSULATION, Zone.FRONT, Zone.DOOR, Zone.MACHINERY)
_EDGE_PX = 0.8
_STEPS, _MOST_G_CM2 = 400, 250.0


@dataclass(frozen=True, eq=False)
class Inserted:
    """`transmission` (rows, columns) float32 with the mass in it; `box`: where it lies."""

    transmission: NDArray[np.float32]
    zone: Zone
    box: ShareBox


def zones_of(kind: ContainerKind) -> tuple[Zone, ...]:
    """Where in such a container something can be hidden, in a fixed order."""
    there = {zone for zone, _ in kind.zones}
    return tuple(zone for zone in HIDING_PLACES if zone in there)


def with_mass(
    transmission: NDArray[np.float32],
    place: ContainerInScan,
    zone: Zone,
    response: DualResponse,
    random: np.random.Generator,
    *,
    air_share: float,
) -> Inserted:
    """One mass of `DENSITY_G_CM3` and `DEPTH_MM` along the rays, somewhere in `zone`. `air_share`: relative noise in
    air. Raises ValueError where the kind has no such zone."""
    box = _somewhere(place.kind, zone, random)
    cover = np.zeros(transmission.shape, np.float32)
    cv2.fillConvexPoly(cover, np.rint(place.quad(box)).astype(np.int32), 1.0)
    cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), _EDGE_PX), np.float32)
    at = cover > 1e-3
    steel, seen = _steel_table(response)
    before = np.clip(transmission[at].astype(np.float64), 1e-6, 1.0)
    amount = np.interp(-np.log(before), seen, steel)
    mass = DENSITY_G_CM3 * DEPTH_MM / 10 * cover[at].astype(np.float64)
    share = response.transmission(mass, amount)[1] / response.transmission(np.zeros_like(mass), amount)[1]
    after = before * share
    # Counting noise of the darker place, less what the scan itself has there already.
    missing = air_share**2 * after * np.maximum(1 - share, 0)
    noisy = after + random.standard_normal(after.shape) * np.sqrt(missing)
    done = transmission.astype(np.float32, copy=True)
    done[at] = np.clip(noisy, 1e-5, 1.05)
    return Inserted(done, zone, box)


def _somewhere(kind: ContainerKind, zone: Zone, random: np.random.Generator) -> ShareBox:
    boxes = [box for named, box in kind.zones if named is zone]
    if not boxes:
        raise ValueError(zone)
    left, top, right, bottom = boxes[0]
    if zone in (Zone.WALL, Zone.INSULATION):  # named for the whole side; the rest of it has zones of its own
        left, top, right, bottom = _between(kind)
    wide = min(float(random.uniform(*WIDE_MM)) / kind.length_mm, right - left)
    high = min(float(random.uniform(*HIGH_MM)) / kind.height_mm, bottom - top)
    x = float(random.uniform(left, right - wide)) if right - left > wide else left
    y = float(random.uniform(top, bottom - high)) if bottom - top > high else top
    return x, y, x + wide, y + high


def _between(kind: ContainerKind) -> ShareBox:
    """The side without roof, floor and ends."""
    said = {zone: box for zone, box in kind.zones if zone is not Zone.CASTING}
    front = said[Zone.MACHINERY if kind.cooled else Zone.FRONT]
    return front[2], said[Zone.ROOF][3], said[Zone.DOOR][0], said[Zone.FLOOR][1]


def _steel_table(response: DualResponse) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Amounts of the second basis material in g/cm², and −ln T of the high energy behind each."""
    amounts = np.linspace(0, _MOST_G_CM2, _STEPS)
    return amounts, -np.log(response.transmission(np.zeros_like(amounts), amounts)[1])
