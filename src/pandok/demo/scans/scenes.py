"""From a recipe to a scene: an outer thing, what is packed into it, what was declared of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from pandok.core.text import Text
from pandok.demo.scans.containers import container
from pandok.demo.scans.goods import GOODS, Random
from pandok.demo.scans.parts import Item, Part
from pandok.demo.scans.threats import THREATS
from pandok.readers.xray.solids.mesh import rotation
from pandok.readers.xray.solids.shapes import box, cylinder

Kind = Literal["parcel", "bag", "container"]
KINDS: tuple[Kind, ...] = ("parcel", "bag", "container")
_GAP_MM = 0.5
_TRIES = 40


@dataclass(frozen=True)
class Recipe:
    """`threats`: how many things that must not be missed are put in. `items`: how many goods are tried to be packed;
    None: as many as the seed says. The same recipe makes the same scene."""

    kind: Kind
    seed: int
    threats: int = 0
    items: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not 0 <= self.threats <= 5 or not (self.items is None or 0 <= self.items <= 200):
            raise ValueError(f"no scene can be made of {self}")


@dataclass(frozen=True, eq=False)
class Scene:
    """`outer`: the box, bag or container. `items`: what is in it, threats included, in the order of packing."""

    recipe: Recipe
    outer: Item
    items: tuple[Item, ...]

    @property
    def threats(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.threat)


def scene_of(recipe: Recipe) -> Scene:
    random = np.random.default_rng([recipe.seed, KINDS.index(recipe.kind)])
    if recipe.kind == "container":
        outer, inside = container(random, pallets=recipe.items, masses=recipe.threats)
        return Scene(recipe, outer, inside)
    outer, room = (_parcel if recipe.kind == "parcel" else _bag)(random)
    count = recipe.items if recipe.items is not None else int(random.integers(10, 22))
    wanted = [GOODS[int(random.integers(len(GOODS)))](random) for _ in range(count)]
    hidden = [THREATS[int(random.integers(len(THREATS)))](random) for _ in range(recipe.threats)]
    # Threats find their place first, so that none is left out for want of room; goods come to lie on and beside them.
    return Scene(recipe, outer, _packed(hidden + wanted, room, random))


def consignment_of(
    goods: str, content: str, kind: Literal["parcel", "bag"], seed: int, pieces: int, others: int
) -> Scene:
    """A parcel or bag with `pieces` of one kind of goods (`Item.kind`, `Item.content`) and a few others beside, as one
    sender sends them. Raises ValueError for goods that there are not."""
    random = np.random.default_rng([seed, KINDS.index(kind), 3])
    outer, room = (_parcel if kind == "parcel" else _bag)(random)
    wanted = [_made(goods, content, random) for _ in range(pieces)]
    beside = [GOODS[int(random.integers(len(GOODS)))](random) for _ in range(others)]
    return Scene(Recipe(kind, seed), outer, _packed(wanted + beside, room, random))


def packed_scene(item: Item, kind: Literal["parcel", "bag"], seed: int) -> Scene:
    """A bag or parcel of many goods with one item more, which finds its place first; it comes first of `items`, where
    it found room."""
    random = np.random.default_rng([seed, KINDS.index(kind), 5])
    outer, room = (_parcel if kind == "parcel" else _bag)(random)
    goods = [GOODS[int(random.integers(len(GOODS)))](random) for _ in range(int(random.integers(10, 22)))]
    return Scene(Recipe(kind, seed), outer, _packed([item, *goods], room, random))


def _made(goods: str, content: str, random: Random) -> Item:
    maker = next((one for one in GOODS if one.__name__ == goods), None)
    for _ in range(200 if maker else 0):
        assert maker is not None
        item = maker(random)
        if item.content == content:
            return item
    raise ValueError(f"no goods {goods} of {content}")


def _packed(items: list[Item], room: np.ndarray, random: Random) -> tuple[Item, ...]:
    """`room` (2, 3): least and largest x, y, z. Each item is let down at a random place onto what lies there; boxes
    around items never overlap. What finds no room stays out."""
    placed: list[tuple[Item, np.ndarray, np.ndarray]] = []
    for item in items:
        for _ in range(_TRIES):
            turned = item.turned(
                rotation(z_deg=float(random.choice([0, 90, 180, 270])) + float(random.uniform(-12, 12)))
            )
            low, high = turned.box_mm
            size = high - low
            free = room[1] - room[0] - size
            if (free < 0).any():
                continue
            corner = room[0] + np.append(random.uniform(0, 1, 2) * free[:2], 0.0)
            under = [
                top[2]
                for _, bottom, top in placed
                if (corner[:2] < top[:2] + _GAP_MM).all() and (corner[:2] + size[:2] > bottom[:2] - _GAP_MM).all()
            ]
            corner[2] = max([room[0][2], *(level + _GAP_MM for level in under)])
            if corner[2] + size[2] > room[1][2]:
                continue
            placed.append((turned.moved(corner - low), corner, corner + size))
            break
    return tuple(item for item, _, _ in placed)


def _room(x: float, y: float, z: float, wall: float, at: tuple[float, float, float]) -> np.ndarray:
    half = np.array([x / 2 - wall, y / 2 - wall, z / 2 - wall])
    return np.stack([np.array(at) - half, np.array(at) + half])


def _parcel(random: Random) -> tuple[Item, np.ndarray]:
    x, y, z = random.uniform(380, 600), random.uniform(300, 440), random.uniform(180, 320)
    at = (60 + x / 2, 0.0, z / 2)
    parts = (Part(box(x, y, z), "cardboard"), Part(box(x - 10, y - 10, z - 10), "air", inside="cardboard"))
    return Item("parcel", Text(ko="소포 상자", en="parcel"), parts, "cardboard").moved(at), _room(x, y, z, 6, at)


def _bag(random: Random) -> tuple[Item, np.ndarray]:
    x, y, z = random.uniform(480, 640), random.uniform(340, 440), random.uniform(200, 280)
    at = (60 + x / 2, 0.0, z / 2)
    parts = [
        Part(box(x, y, z), "polyethylene"),
        Part(box(x - 5, y - 5, z - 5), "air", inside="polyethylene"),
    ]
    for side in (-1, 1):
        rod = cylinder(5, x - 20, 12).turned(rotation(y_deg=90)).moved((0, side * y * 0.22, z / 2 + 6))
        parts.append(Part(rod, "aluminium"))
        for end in (-1, 1):
            wheel = cylinder(18, 14, 16).turned(rotation(x_deg=90)).moved((end * (x / 2 + 20), side * y * 0.4, 0))
            axle = cylinder(4, 14, 12).turned(rotation(x_deg=90)).moved((end * (x / 2 + 20), side * y * 0.4, 0))
            parts += [Part(wheel, "rubber"), Part(axle, "steel", inside="rubber")]
    return Item("bag", Text(ko="여행 가방", en="bag"), tuple(parts), "polyethylene").moved(at), _room(x, y, z, 4, at)
