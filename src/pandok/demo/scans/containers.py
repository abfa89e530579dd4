"""A twenty-foot dry container seen from the side: its structure, a load on pallets, and masses hidden in the structure.

x runs along the container, y up, z across; the rays run across.
"""

from __future__ import annotations

import numpy as np

from pandok.core.text import Text
from pandok.demo.scans.parts import Item, Part
from pandok.readers.xray.solids.shapes import box

LENGTH, HEIGHT, WIDTH = 6058.0, 2591.0, 2438.0
FLOOR = 165.0
"""Height of the floor's upper side over the container's lower edge, mm."""
CARGO = {
    "paper": ("paper", 0.5, "480256"),
    "clothes": ("cotton", 0.8, "610910"),
    "fruit": ("fruit", 0.45, "080510"),
    "coffee": ("coffee", 0.8, "090121"),
    "rice": ("rice", 0.6, "100630"),
    "machines": ("steel", 0.04, "847990"),
}
"""Material, share of the carton that it fills, heading of the goods."""


def container(random: np.random.Generator, pallets: int | None, masses: int) -> tuple[Item, tuple[Item, ...]]:
    """The empty container, and what is in it. `pallets`: None, as many as the seed says; `masses`: hidden ones."""
    count = int(random.integers(0, 11)) if pallets is None else min(pallets, 12)
    goods = str(random.choice(list(CARGO)))
    loaded = []
    at = -LENGTH / 2 + 220.0
    for _ in range(count):
        load = _pallet(random, goods)
        low, high = load.box_mm
        if at + high[0] - low[0] > LENGTH / 2 - 220:
            break
        loaded.append(load.moved((at - low[0], -HEIGHT / 2 + FLOOR, 0)))
        at += high[0] - low[0] + float(random.uniform(20, 140))
    hidden = [_mass(random) for _ in range(masses)]
    to = (60 + LENGTH / 2, 0.0, WIDTH / 2)
    return _empty().moved(to), tuple(item.moved(to) for item in (*loaded, *hidden))


def _empty() -> Item:
    """Always the same: an empty container of one kind is what others are compared with."""
    parts = [
        Part(box(LENGTH, HEIGHT, WIDTH), "steel"),
        Part(box(LENGTH - 4, HEIGHT - 4, WIDTH - 4), "air", inside="steel"),
        Part(box(LENGTH - 300, 28, WIDTH - 200).moved((0, -HEIGHT / 2 + FLOOR - 14, 0)), "plywood", inside="air"),
    ]
    for number in range(20):
        x = -LENGTH / 2 + 220 + 290 * number
        parts += [
            Part(box(70, HEIGHT - 320, 2).moved((x, 40, side * (WIDTH / 2 - 30))), "steel", inside="air")
            for side in (-1, 1)
        ]
        parts += _hollow((50, 110, WIDTH - 240), 4, (x + 145, -HEIGHT / 2 + 80, 0)) if number < 19 else []
    for end in (-1, 1):
        for side in (-1, 1):
            parts += _hollow((90, HEIGHT - 8, 90), 6, (end * (LENGTH / 2 - 50), 0, side * (WIDTH / 2 - 50)))
    for bar in (-0.3, 0.3):
        parts.append(
            Part(box(28, HEIGHT - 300, 28).moved((LENGTH / 2 - 8 - 110, 0, bar * WIDTH)), "steel", inside="air")
        )
    return Item("container", Text(ko="컨테이너", en="container"), tuple(parts), "steel")


def _hollow(size: tuple[float, float, float], wall: float, at: tuple[float, float, float]) -> list[Part]:
    x, y, z = size
    return [
        Part(box(x, y, z).moved(at), "steel", inside="air"),
        Part(box(x - 2 * wall, y - 2 * wall, z - 2 * wall).moved(at), "air", inside="steel"),
    ]


def _pallet(random: np.random.Generator, goods: str) -> Item:
    """Cartons on a wooden pallet, its lower side at y = 0."""
    material, filled, hs_code = CARGO[goods]
    side, deep, share = 380.0, 900.0, filled ** (1 / 3)
    parts = [Part(box(2 * side, 22, deep).moved((0, 11 + 90 * level, 0)), "wood", inside="air") for level in (0, 1)]
    for level in range(int(random.integers(2, 6))):
        for column in (-0.5, 0.5):
            at = (column * side, 125 + (level + 0.5) * (side + 4), 0.0)
            parts.append(Part(box(side - 6, side, deep - 10).moved(at), "cardboard", inside="air"))
            parts.append(Part(box(side - 18, side - 12, deep - 22).moved(at), "air", inside="cardboard"))
            inner = box((side - 20) * share, (side - 14) * share, (deep - 24) * share)
            parts.append(Part(inner.moved(at), material, inside="air"))
    return Item("pallet", Text(ko="팔레트 화물", en="pallet"), tuple(parts), material, hs_code=hs_code)


def _mass(random: np.random.Generator) -> Item:
    """Packed powder where a container has room for it: in a side wall, under the roof, in a door, above the floor
    beams."""
    place = str(random.choice(["wall", "roof", "door", "floor"]))
    along, up, deep = float(random.uniform(250, 700)), float(random.uniform(150, 400)), float(random.uniform(40, 110))
    x = float(random.uniform(-LENGTH / 2 + 500, LENGTH / 2 - 900))
    y, z = float(random.uniform(-HEIGHT / 2 + 500, HEIGHT / 2 - 500)), float(random.choice([-1, 1])) * (WIDTH / 2 - 100)
    if place == "roof":
        y, up, z, deep = HEIGHT / 2 - 60, 60.0, 0.0, 800.0
    elif place == "door":
        x, along = LENGTH / 2 - 60, 70.0
    elif place == "floor":
        # Between two of the beams.
        x, along = -LENGTH / 2 + 510 + 290 * int(random.integers(17)), 220.0
        y, up, z, deep = -HEIGHT / 2 + 80, 70.0, 0.0, 900.0
    content = str(random.choice(["hydrochloride_a", "hydrochloride_b"]))
    part = Part(box(along, up, deep).moved((x, y, z)), content)
    words = Text(ko="구조물 속 분말", en="powder in the structure")
    return Item("hidden_mass", words, (part,), content, threat=True)
