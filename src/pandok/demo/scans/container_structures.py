"""Containers of one type as a fleet has them: built alike, each a little other. Seen from the side, front first.

What varies: thickness of sheets, place of corrugation and beams, floor, repairs welded on, bars of the door, machinery
of reefers, and how the belt and the truck moved. What is invented are the amounts: no fleet was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.text import Text
from pandok.demo.scans.machines import ScanMachine
from pandok.demo.scans.parts import Item, Part
from pandok.demo.scans.rendering import AIR_COUNTS, Rendered, clean_transmissions
from pandok.demo.scans.scenes import Recipe, Scene
from pandok.readers.xray.solids.paths import LineScanner
from pandok.readers.xray.solids.shapes import box

LENGTH, HEIGHT, WIDTH = 6058.0, 2591.0, 2438.0
PLACES = {
    "22G1": ("wall", "roof", "door", "floor", "front"),
    "22R1": ("insulation", "roof", "door", "floor", "machinery"),
}
CARGO_HALF = ScanMachine(
    "cargo-half",
    "cargo-4mv-6mv",
    LineScanner(
        rows=350,
        columns=650,
        pitch_x=10.0,
        pitch_y=10.4,
        source_y=-300.0,
        source_z=12_000.0,
        detector_z=-600.0,
        first_y=-1740.0,
    ),
    blur_px=0.6,
    quanta=(60_000.0, 90_000.0),
    upright=True,
)
"""As cargo-1, pixels twice as large: hundreds of containers in minutes."""
MOVED_PX = 8
"""So far from its place may belt and truck move what is in a scan."""


@dataclass(frozen=True, eq=False)
class StructureScan:
    """`low`, `high`: transmission (rows, columns) float32. `place`: where a mass was hidden, "" where none; `box`:
    left, top, right, bottom in pixels around it, with room for how far belt and truck moved, None where none."""

    scene: Scene
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    place: str
    box: tuple[int, int, int, int] | None

    def counted(self) -> Rendered:
        """As its machine writes it: 16 bits, `AIR_COUNTS` in air."""
        low, high = (
            np.asarray(np.clip(np.rint(part * np.float32(AIR_COUNTS)), 0, 65535), np.uint16)
            for part in (self.low, self.high)
        )
        return Rendered(self.scene, CARGO_HALF, low, high, ())


def structure_scan(
    code: str, container: int, *, visit: int = 0, place: str | None = None, thick_mm: float = 60.0
) -> StructureScan:
    """`container`: which one (its seed); `visit`: which time it came. `place`: of `PLACES[code]`, a mass is put there.
    Raises KeyError for a type or place that is none."""
    if place is not None and place not in PLACES[code]:
        raise KeyError(place)
    random = np.random.default_rng([container, list(PLACES).index(code), 11])
    outer = (_dry if code == "22G1" else _cooled)(random)
    now = np.random.default_rng([container, visit, list(PLACES).index(code), 12])
    hidden = [_mass(now, code, place, thick_mm)] if place else []
    to = (220 + LENGTH / 2, float(now.uniform(-25, 25)), WIDTH / 2 + float(now.uniform(-40, 40)))
    scene = Scene(Recipe("container", container), outer.moved(to), tuple(item.moved(to) for item in hidden))
    low, high, turned = _taken(clean_transmissions(scene, CARGO_HALF), now)
    box_of = _box(hidden[0].moved(to), turned) if hidden else None
    return StructureScan(scene, low, high, place or "", box_of)


def _box(mass: Item, turned: bool) -> tuple[int, int, int, int]:
    rows, columns = CARGO_HALF.scanner.rows, CARGO_HALF.scanner.columns
    left, top, right, bottom = CARGO_HALF.scanner.pixel_box(mass.parts[0].mesh)
    top, bottom = rows - bottom, rows - top
    if turned:
        left, right = columns - right, columns - left
    return (
        max(0, left - MOVED_PX),
        max(0, top - MOVED_PX),
        min(columns, right + MOVED_PX),
        min(rows, bottom + MOVED_PX),
    )


def _taken(
    clean: tuple[NDArray[np.float32], NDArray[np.float32]], random: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32], bool]:
    """Low, high, and whether the front came last. Belt, suspension, blur, noise: x runs unevenly by a pixel or two, the
    truck stands a little slanted."""
    rows, columns = clean[0].shape
    x = np.arange(columns, dtype=np.float32)
    phase, waves = random.uniform(0, 6.28), random.uniform(1.0, 3.0)
    along = (x - columns / 2) * random.uniform(0.985, 1.015) + columns / 2
    along = along + random.uniform(0.3, 1.5) * np.sin(waves * 6.28 * x / columns + phase)
    slant = random.uniform(-0.006, 0.006)
    map_x = np.repeat(along.astype(np.float32)[None], rows, axis=0)
    map_y = np.arange(rows, dtype=np.float32)[:, None] + np.float32(slant) * (x - columns / 2)[None]
    low, high = (
        cv2.GaussianBlur(
            cv2.remap(
                part[::-1].copy(), map_x, map_y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            ),
            (0, 0),
            CARGO_HALF.blur_px,
        )
        for part in clean
    )
    # High first: the figures that were published of it rest on these draws.
    noisy_high = _noisy(high, CARGO_HALF.quanta[1], random)
    turned = bool(random.random() < 0.5)
    noisy_low = _noisy(low, CARGO_HALF.quanta[0], random)
    if turned:
        noisy_low, noisy_high = (np.ascontiguousarray(part[:, ::-1]) for part in (noisy_low, noisy_high))
    return noisy_low, noisy_high, turned


def _noisy(soft: NDArray[Any], quanta: float, random: np.random.Generator) -> NDArray[np.float32]:
    noise = random.standard_normal(soft.shape, dtype=np.float32) * np.sqrt(soft / np.float32(quanta))
    return np.asarray(np.clip(soft + noise, 1e-5, 1.05), np.float32)


def _dry(random: np.random.Generator) -> Item:
    sheet, floor = float(random.normal(2.0, 0.12)), float(random.normal(28, 0.8))
    parts = [
        Part(box(LENGTH, HEIGHT, WIDTH), "steel"),
        Part(box(LENGTH - 2 * sheet, HEIGHT - 2 * sheet, WIDTH - 2 * sheet), "air", inside="steel"),
        Part(
            box(LENGTH - 300, floor, WIDTH - 200).moved((0, -HEIGHT / 2 + 165 - floor / 2, 0)), "plywood", inside="air"
        ),
    ]
    offset = float(random.normal(0, 6))
    for number in range(20):
        x = -LENGTH / 2 + 220 + 290 * number + offset
        parts += [
            Part(box(70, HEIGHT - 320, 2).moved((x, 40, side * (WIDTH / 2 - 30))), "steel", inside="air")
            for side in (-1, 1)
        ]
        if number < 19:
            parts += _hollow((50, 110, WIDTH - 240), 4, (x + 145 + float(random.normal(0, 4)), -HEIGHT / 2 + 80, 0))
    return Item("container", Text(ko="컨테이너", en="container"), (*parts, *_common(random)), "steel")


def _cooled(random: np.random.Generator) -> Item:
    skin, foam = 1.2 + float(random.normal(0, 0.05)), float(random.normal(70, 1.5))
    hollow = 2 * (foam + 2 * skin)
    parts = [
        Part(box(LENGTH, HEIGHT, WIDTH), "steel"),
        Part(box(LENGTH - 2 * skin, HEIGHT - 2 * skin, WIDTH - 2 * skin), "foam", inside="steel"),
        Part(box(LENGTH - hollow, HEIGHT - hollow, WIDTH - hollow), "air", inside="foam"),
        # The floor of aluminium bars on which the goods stand, and the wall before the machinery.
        Part(box(LENGTH - 700, 25, WIDTH - 260).moved((150, -HEIGHT / 2 + 190, 0)), "aluminium", inside="air"),
        Part(box(8, HEIGHT - 300, WIDTH - 260).moved((-LENGTH / 2 + 420, 0, 0)), "aluminium", inside="air"),
    ]
    machine = -LENGTH / 2 + 250
    for size, at, material in (
        ((180, 260, 420), (-700, -500), "steel"),
        ((120, 500, 900), (300, 0), "aluminium"),
        ((140, 200, 300), (-250, 500), "copper"),
        ((160, 160, 500), (700, -300), "aluminium"),
    ):
        up, across = at[0] + float(random.normal(0, 8)), at[1] + float(random.normal(0, 15))
        share = {"steel": 0.5, "aluminium": 0.35, "copper": 0.3}[material] * float(random.normal(1, 0.04))
        solid = box(size[0], size[1], size[2] * share)
        place = (machine + float(random.normal(0, 6)), up, across)
        parts.append(Part(solid.moved(place), material, inside="air"))
    return Item("container", Text(ko="냉동 컨테이너", en="reefer"), (*parts, *_common(random)), "steel")


def _common(random: np.random.Generator) -> list[Part]:
    parts: list[Part] = []
    for end in (-1, 1):
        for side in (-1, 1):
            at = (end * (LENGTH / 2 - 70), 0, side * (WIDTH / 2 - 70))
            parts += _hollow((90, HEIGHT - 300, 90), 6, at)
    for bar in (-0.3, 0.3):
        x = LENGTH / 2 - 118 + float(random.normal(0, 4))
        parts.append(Part(box(28, HEIGHT - 400, 28).moved((x, 0, bar * WIDTH)), "steel", inside="air"))
    for _ in range(int(random.poisson(1.0))):
        # A repair: a plate welded on a side wall.
        wide, high = float(random.uniform(200, 600)), float(random.uniform(200, 500))
        x, y = float(random.uniform(-2300, 2300)), float(random.uniform(-700, 800))
        across = float(random.choice([-1, 1])) * (WIDTH / 2 - 90)
        plate = box(wide, high, float(random.uniform(1.5, 2.5))).moved((x, y, across))
        parts.append(Part(plate, "steel", inside="air"))
    return parts


def _hollow(size: tuple[float, float, float], wall: float, at: tuple[float, float, float]) -> list[Part]:
    x, y, z = size
    return [
        Part(box(x, y, z).moved(at), "steel", inside="air"),
        Part(box(x - 2 * wall, y - 2 * wall, z - 2 * wall).moved(at), "air", inside="steel"),
    ]


def _mass(random: np.random.Generator, code: str, place: str, thick: float) -> Item:
    """A packed mass `thick` mm deep along the rays, .25 to .6 m wide."""
    along, up = float(random.uniform(250, 600)), float(random.uniform(150, 350))
    x, y = float(random.uniform(-2200, 2200)), float(random.uniform(-700, 700))
    z = float(random.choice([-1, 1])) * (WIDTH / 2 - 180 - thick / 2)
    inside = "air"
    if place == "roof":
        y, up, z = HEIGHT / 2 - (140 if code == "22R1" else 70), 80.0, 0.0
    elif place == "floor":
        y, up, z = -HEIGHT / 2 + (230 if code == "22R1" else 120), 70.0, 0.0
        x = -LENGTH / 2 + 510 + 290 * int(random.integers(17))
        along = 200.0
    elif place == "door":
        x, along = LENGTH / 2 - 220, 90.0
    elif place == "front":
        x, along = -LENGTH / 2 + 190, 90.0
    elif place == "machinery":
        x, y, z, along = -LENGTH / 2 + 250, float(random.uniform(-500, 500)), 0.0, 200.0
    elif place == "insulation":
        z, inside = float(np.sign(z)) * (WIDTH / 2 - 36), "foam"
        thick = min(thick, 60.0)
    part = Part(box(along, up, thick).moved((x, y, z)), "hydrochloride_a", inside=inside)
    return Item(
        "hidden_mass", Text(ko="구조물 속 분말", en="powder in the structure"), (part,), "hydrochloride_a", threat=True
    )
