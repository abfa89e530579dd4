"""An article scanned by itself, put into a bag: as if both had been scanned together, or refused."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.demo.scans.coarse import coarse
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.parts import Item
from pandok.demo.scans.projecting import WALL_MM, solids_of, without_threats
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.readers.xray.lessons.alone import item_alone
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.projection.projecting import projected
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView
from pandok.readers.xray.solids.paths import add_path_lengths

CABINET = coarse(coarse(MACHINES["cabinet-1"]))
SEEDS = (700, 701, 702, 703, 704)
P99, WORST, ITEM_BELOW, TRUE_ABOVE = 0.002, 0.005, 0.995, 0.01
Pair = tuple[np.ndarray, np.ndarray]


def whole_spectrum(items: tuple[Item, ...], machine: ScanMachine) -> Pair:
    """Clean transmissions with all energies, without any basis of two."""
    response, scanner = machine.response, machine.scanner
    amounts: dict[bytes, Pair] = {}
    for solid in (one for item in items for one in solids_of(item, response)):
        nothing = solid.mass_attenuation, np.zeros((scanner.rows, scanner.columns))
        into = amounts.setdefault(solid.mass_attenuation.tobytes(), nothing)[1]
        add_path_lengths(solid.mesh, scanner, into, solid.g_per_cm3 / 10)
    exponent = np.zeros((scanner.rows * scanner.columns, len(response.energies_kev)), np.float32)
    for attenuation, amount in amounts.values():
        exponent -= np.outer(amount.ravel(), attenuation).astype(np.float32)
    rays = np.exp(exponent)
    low, high = (
        (rays @ weights.astype(np.float32)).reshape(scanner.rows, scanner.columns)
        for weights in (response.low, response.high)
    )
    return low, high


def soft(planes: Pair, sigma: float) -> Pair:
    if not sigma:
        return planes
    low, high = (cv2.GaussianBlur(one, (0, 0), sigma, borderType=cv2.BORDER_REFLECT) for one in planes)
    return low, high


def bag_of(planes: Pair, scene: Scene, machine: ScanMachine, blur_px: float = 0.0) -> BagView:
    """Without noise."""
    return BagView(
        low=planes[0],
        high=planes[1],
        response=machine.response,
        pitch_mm=(machine.scanner.pitch_y, machine.scanner.pitch_x),
        blur_px=blur_px,
        noise=(Noise(0.0), Noise(0.0)),
        wall_mm=WALL_MM[scene.recipe.kind],
    )


def put_back(alone: Pair, bag: BagView, machine: ScanMachine, blur_px: float) -> tuple[Pair, np.ndarray]:
    """Isolated, and laid where it stood: the bag with it, and where it reaches."""
    sampling = Sampling(bag.pitch_mm, (blur_px, blur_px))
    item = item_alone(*alone, sampling, machine.response, sampling)
    rows, columns = np.flatnonzero((alone[1] < 1 - 5e-4).any(axis=1)), np.flatnonzero((alone[1] < 1 - 5e-4).any(axis=0))
    own = np.flatnonzero(item.solid.any(axis=1)), np.flatnonzero(item.solid.any(axis=0))
    placed = PlacedItem(item, int(rows[0] - own[0][0]), int(columns[0] - own[1][0]))
    (view,) = projected([bag], [placed], np.random.default_rng(1))
    return (view.low, view.high), alone[1] < ITEM_BELOW


@cache
def scanned(seed: int) -> tuple[Scene, Pair, Pair, Pair] | None:
    """The scene, its bag without the threat, both together, and the threat alone."""
    scene = scene_of(Recipe("bag" if seed % 2 else "parcel", seed, threats=1))
    if not scene.threats:
        return None
    bag = whole_spectrum((scene.outer, *without_threats(scene).items), CABINET)
    return scene, bag, whole_spectrum((scene.outer, *scene.items), CABINET), whole_spectrum((*scene.threats,), CABINET)


@pytest.mark.parametrize("blur_px", [0.0, 0.7])
def test_isolated_and_put_back_it_is_as_if_both_had_been_scanned_together(blur_px: float) -> None:
    off, refused = [], []
    for seed in SEEDS:
        made = scanned(seed)
        if made is None:
            continue
        scene, *planes = made
        bag, true, alone = (soft(one, blur_px) for one in planes)
        try:
            got, there = put_back(alone, bag_of(bag, scene, CABINET, blur_px), CABINET, blur_px)
        except InputError as error:
            refused.append(error.error_code)
            continue
        here = there & (true[1] > TRUE_ABOVE)
        off.append(np.maximum(*(np.abs(mine / right - 1) for mine, right in zip(got, true, strict=True)))[here])
    assert len(off) >= 2
    found = np.concatenate(off)
    assert np.percentile(found, 99) <= P99
    assert found.max() <= WORST


def test_what_touches_the_edge_is_opaque_or_not_there_is_refused() -> None:
    sampling = Sampling((1.0, 1.0))
    rows = np.random.default_rng(5).normal(1.0, 0.004, (120, 160)).astype(np.float32)

    def refused(low: np.ndarray, high: np.ndarray) -> str:
        with pytest.raises(InputError) as error:
            item_alone(low.astype(np.float32), high.astype(np.float32), sampling, CABINET.response, sampling)
        return error.value.error_code

    assert refused(rows, rows) == "projection.alone_empty"  # noise alone is no article
    cut = rows.copy()
    cut[40:80, 120:] *= 0.5
    assert refused(cut**1.3, cut) == "projection.alone_edge"
    dark = rows.copy()
    dark[40:80, 60:100] = 0.001
    assert refused(dark, dark) == "projection.alone_opaque"
    on_a_tray = rows * 0.9  # a tray that fills the image is its background
    on_a_tray[40:80, 60:100] *= 0.5
    drift = np.linspace(0.8, 1.0, 160, dtype=np.float32)[None]
    for background in (np.float32(1.0), drift):
        item = item_alone(on_a_tray**1.3 * background, on_a_tray * background, sampling, CABINET.response, sampling)
        assert abs(int(item.solid.sum()) - 1600) < 100
    halo = rows.copy()
    halo[20:100, 40:120] *= 0.985  # thinner than the noise of a pixel, and larger than the article
    halo[40:80, 60:100] *= 0.5
    assert refused(halo**1.3, halo) == "projection.rim"
