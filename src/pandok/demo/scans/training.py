"""Scenes for pictures to learn from: one article packed into a bag so that nothing cuts through anything, seen from one
side or from two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pandok.demo.scans.coarse import coarse
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.parts import Item
from pandok.demo.scans.projecting import WALL_MM, bag_view, placed_item
from pandok.demo.scans.scenes import Scene, packed_scene
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView
from pandok.readers.xray.solids.mesh import rotation

_ON_ITS_SIDE = rotation(x_deg=90)
_TILTS = (0.0, 90.0)
_POSES = 60


@dataclass(frozen=True)
class TrainingMachine:
    """`views`: names and machines, all of one belt; the second looks from the side."""

    name: str
    views: tuple[tuple[str, ScanMachine], ...]

    @property
    def spectrum(self) -> str:
        return self.views[0][1].spectrum


def _from_the_side(machine: ScanMachine) -> ScanMachine:
    return replace(machine, name=machine.name + "-side")


TRAINING_MACHINES: tuple[TrainingMachine, ...] = (
    TrainingMachine("cabinet-1", (("1", coarse(MACHINES["cabinet-1"])),)),
    TrainingMachine("cabinet-2", (("1", coarse(MACHINES["cabinet-2"])),)),
    TrainingMachine(
        "cabinet-3",
        (("1", coarse(MACHINES["cabinet-1"])), ("2", _from_the_side(coarse(MACHINES["cabinet-1"])))),
    ),
)


def scene_with(item: Item, kind: Literal["parcel", "bag"], seed: int) -> tuple[Scene, Item] | None:
    """A bag or parcel with the article among its goods, and the article where it came to lie; None where it found no
    room. Nothing in it cuts through anything else."""
    random = np.random.default_rng([seed, 17])
    tilt = rotation(x_deg=float(random.choice(_TILTS)), y_deg=float(random.choice(_TILTS)))
    tilt = rotation(x_deg=float(random.uniform(-20, 20)), y_deg=float(random.uniform(-20, 20))) @ tilt
    turned = item.turned(tilt)
    scene = packed_scene(turned, kind, seed)
    found = scene.items[0] if scene.items and scene.items[0].kind == item.kind else None
    return None if found is None else (replace(scene, items=scene.items[1:]), found)


def in_its_place(pair: Item, lies: Item, scene: Scene, random: np.random.Generator) -> Item | None:
    """The harmless pair where the article lay, in a pose that touches nothing else there; None where none is found."""
    low, high = lies.box_mm
    boxes = [one.box_mm for one in scene.items]
    floor, lid = scene.outer.parts[0].mesh.box_mm
    wall = WALL_MM[scene.recipe.kind]
    for _ in range(_POSES):
        tilt = rotation(x_deg=float(random.choice(_TILTS)), y_deg=float(random.choice(_TILTS)))
        posed = pair.turned(rotation(z_deg=float(random.uniform(-180, 180))) @ tilt)
        own_low, own_high = posed.box_mm
        at = (low + high) / 2 - (own_low + own_high) / 2
        at[2] = low[2] - own_low[2]
        own_low, own_high = own_low + at, own_high + at
        if (own_low < floor + wall).any() or (own_high > lid - wall).any():
            continue
        if all((own_high < other_low).any() or (own_low > other_high).any() for other_low, other_high in boxes):
            return posed.moved(at)
    return None


def bags_of(scene: Scene, machine: TrainingMachine, random: np.random.Generator) -> list[BagView]:
    return [bag_view(_seen_from(scene, at), view, random) for at, (_, view) in enumerate(machine.views)]


def placed_in(item: Item, scene: Scene, machine: TrainingMachine) -> list[PlacedItem]:
    """One for each view. Raises ValueError where a view does not meet it."""
    return [placed_item(_moved(item, scene, at), view) for at, (_, view) in enumerate(machine.views)]


def largest_px(item: Item, machine: TrainingMachine) -> list[float]:
    """By view: pixels of its outline lying flat, standing on its side or on its end, whichever shows most."""
    poses = (rotation(), rotation(x_deg=90), rotation(y_deg=90))
    found = []
    for _, view in machine.views:
        areas = []
        for pose in poses:
            turned = item.turned(pose)
            low, high = turned.box_mm
            middle = 400.0, 0.0, 0.0
            at = np.array(middle) - (low + high) / 2
            at[2] = 20.0 - low[2]
            areas.append(float(placed_item(turned.moved(at), view).item.solid.sum()))
        found.append(max(areas))
    return found


def _seen_from(scene: Scene, at: int) -> Scene:
    if at == 0:
        return scene
    return replace(
        scene, outer=_moved(scene.outer, scene, at), items=tuple(_moved(one, scene, at) for one in scene.items)
    )


def _moved(item: Item, scene: Scene, at: int) -> Item:
    """For the second view the whole stands on its side: what is above comes to lie across the belt."""
    if at == 0:
        return item
    floor, lid = scene.outer.parts[0].mesh.box_mm
    return item.turned(_ON_ITS_SIDE).moved((0.0, (floor[2] + lid[2]) / 2, -floor[1]))
