"""Generated scenes: the same recipe makes the same bits, and what is said of them is what is seen."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from pandok.demo.scans.declaring import declared
from pandok.demo.scans.goods import GOODS
from pandok.demo.scans.machines import MACHINES, few_energies_of
from pandok.demo.scans.materials import MATERIALS
from pandok.demo.scans.parts import Item, Part
from pandok.demo.scans.rendering import AIR_COUNTS, clean_transmissions, rendered
from pandok.demo.scans.scenes import KINDS, Kind, Recipe, Scene, scene_of
from pandok.demo.scans.threats import THREATS
from pandok.fields.xray.declaration import Declaration
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.solids.shapes import box

SEEN_BY = {"parcel": "cabinet-1", "bag": "cabinet-2", "container": "cargo-1"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_recipe_makes_the_same_bits_again(kind: Kind) -> None:
    one, other = (rendered(Recipe(kind, seed=5, threats=1), SEEN_BY[kind]) for _ in range(2))
    digests = [hashlib.sha256(scan.low.tobytes() + scan.high.tobytes()).hexdigest() for scan in (one, other)]
    assert digests[0] == digests[1]
    assert one.items == other.items
    assert declared(one.scene) == declared(other.scene)
    another = rendered(Recipe(kind, seed=6, threats=1), SEEN_BY[kind])
    assert not np.array_equal(another.high, one.high)


@pytest.mark.parametrize("kind", ["parcel", "bag"])
def test_things_do_not_share_their_place_and_stay_inside(kind: Kind) -> None:
    for seed in range(6):
        scene = scene_of(Recipe(kind, seed=seed, threats=1))
        assert len(scene.threats) == 1
        assert len(scene.items) >= 4
        low, high = scene.outer.parts[0].mesh.box_mm
        boxes = [item.box_mm for item in scene.items]
        for number, (least, most) in enumerate(boxes):
            assert (least >= low).all()
            assert (most <= high).all()
            for other_least, other_most in boxes[number + 1 :]:
                assert ((most <= other_least) | (least >= other_most)).any()


@pytest.mark.parametrize("maker", [*GOODS, *THREATS], ids=lambda maker: maker.__name__)
def test_every_thing_is_of_closed_solids_and_known_materials(maker) -> None:  # type: ignore[no-untyped-def]
    for seed in range(4):
        item = maker(np.random.default_rng(seed))
        for part in item.parts:
            assert part.mesh.closed
            assert part.mesh.volume_mm3 > 0
            assert part.material in MATERIALS
            assert part.inside is None or part.inside in MATERIALS
        assert 5 < item.mass_g < 6000
        assert item.content in MATERIALS
        # What is taken from a material is there: no ray has less than nothing of it.
        scene = Scene(Recipe("parcel", 0), Item("nothing", item.words, (), "air"), (item.moved((300, 0, 200)),))
        low, high = clean_transmissions(scene, MACHINES["cabinet-2"])
        assert high.max() <= 1.0005
        assert (low <= high + 1e-3).all()


def test_few_energies_stand_for_the_spectrum_with_real_materials() -> None:
    for machine in MACHINES.values():
        few, response = few_energies_of(machine.spectrum), machine.response
        for name, amount in (("water", 6.0), ("steel", 4.0), ("circuit", 2.0), ("cell", 3.0), ("salt", 5.0)):
            true = response.behind(mass_attenuation(MATERIALS[name].of, response.energies_kev), amount)
            row = few.names.index(name)
            for (weights, attenuation), expected in zip((few.low, few.high), true, strict=True):
                assert float(np.exp(-attenuation[row] * amount) @ weights) == pytest.approx(float(expected), rel=2e-3)


def test_a_slab_is_seen_as_what_it_is() -> None:
    water = Item("slab", GOODS[0](np.random.default_rng(0)).words, (Part(box(200, 200, 50), "water"),), "water")
    scene = Scene(Recipe("parcel", 0), Item("nothing", water.words, (), "air"), (water.moved((300, 0, 200)),))
    low, high = clean_transmissions(scene, MACHINES["cabinet-1"])
    middle = np.s_[390:400, 370:380]
    found = solve(low[middle], high[middle], shipped("cabinet-160kv"))
    index = found.second / (found.first + found.second)
    assert float(index.mean()) == pytest.approx(0.124, abs=0.005)
    assert float((found.first + found.second).mean()) == pytest.approx(5.0, rel=0.01)


def test_boxes_hold_what_is_in_the_picture() -> None:
    scan = rendered(Recipe("parcel", seed=3, threats=1, items=0), "cabinet-1")
    (threat,) = scan.items
    assert threat.threat
    left, top, right, bottom = threat.box
    empty = rendered(Recipe("parcel", seed=3, threats=0, items=0), "cabinet-1")
    changed = np.abs(scan.high.astype(int) - empty.high) > 0.05 * AIR_COUNTS
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert left - 2 <= columns[0] <= columns[-1] < right + 2
    assert top - 2 <= rows[0] <= rows[-1] < bottom + 2


def test_a_container_stands_on_its_floor() -> None:
    empty = rendered(Recipe("container", seed=1, items=0), "cargo-1")
    rows = empty.high[:, 300:900].mean(axis=1)
    seen = rows[np.flatnonzero(rows < 0.99 * AIR_COUNTS)]
    fifth = len(seen) // 5
    assert seen[-fifth:].mean() < 0.8 * seen[:fifth].mean(), "beams and floor are below"
    assert np.array_equal(
        clean_transmissions(scene_of(Recipe("container", seed=1, items=0)), MACHINES["cargo-1"])[1],
        clean_transmissions(scene_of(Recipe("container", seed=2, items=0)), MACHINES["cargo-1"])[1],
    ), "all empty containers of a kind are alike"


def test_declarations_are_those_of_the_desk_and_name_no_threat() -> None:
    for kind in KINDS:
        for seed in range(5):
            scene = scene_of(Recipe(kind, seed=seed, threats=1))
            said = Declaration.model_validate(declared(scene))
            assert said.mass_g
            assert not any(item.words.ko in said.goods for item in scene.threats)


def test_recipes_that_cannot_be_are_refused() -> None:
    for wrong in (
        {"kind": "ship", "seed": 1},
        {"kind": "bag", "seed": 1, "threats": 9},
        {"kind": "bag", "seed": 1, "items": -1},
    ):
        with pytest.raises(ValueError, match="no scene"):
            Recipe(**wrong)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        rendered(Recipe("bag", 1), "no machine")
