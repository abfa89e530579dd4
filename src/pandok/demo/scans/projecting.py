"""Items of scenes as solids that can be projected, and scenes as the bags that they are projected into."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pandok.demo.scans.coarse import seen
from pandok.demo.scans.machines import ScanMachine
from pandok.demo.scans.materials import MATERIALS
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import Scene
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.projection.solids import PlacedItem, Solid, item_of_solids
from pandok.readers.xray.projection.views import BagView

WALL_MM = {"bag": 2.5, "parcel": 5.0}
"""Of the scenes' bags and boxes (`scenes`)."""


def solids_of(item: Item, response: DualResponse) -> list[Solid]:
    """Where it stands in its scene."""
    found = []
    for part in item.parts:
        for name, sign in ((part.material, 1.0), (part.inside, -1.0)):
            if name is not None and name != "air":
                material = MATERIALS[name]
                attenuation = mass_attenuation(material.of, response.energies_kev)
                found.append(Solid(part.mesh, attenuation, sign * material.g_per_cm3))
    return found


def placed_item(item: Item, machine: ScanMachine) -> PlacedItem:
    """Raises ValueError where the machine does not see it."""
    response = machine.response
    return item_of_solids(solids_of(item, response), machine.scanner, response)


def without_threats(scene: Scene) -> Scene:
    return replace(scene, items=tuple(item for item in scene.items if not item.threat))


def bag_view(scene: Scene, machine: ScanMachine, random: np.random.Generator) -> BagView:
    """The scene as this machine scans it, with what is known of its bag."""
    low, high = seen(scene, machine, random)
    floor, lid = scene.outer.parts[0].mesh.box_mm
    wall = WALL_MM[scene.recipe.kind]
    return BagView(
        low=low,
        high=high,
        response=machine.response,
        pitch_mm=(machine.scanner.pitch_y, machine.scanner.pitch_x),
        blur_px=machine.blur_px,
        noise=(Noise(machine.quanta[0] ** -0.5, machine.floor), Noise(machine.quanta[1] ** -0.5, machine.floor)),
        heights_mm=(float(floor[2]) + wall, float(lid[2]) - wall),
        wall_mm=wall,
        fan=machine.scanner,
    )
