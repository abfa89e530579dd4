"""What cannot be is refused with its reason; what can be is made, in every view from one pose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.demo.scans.coarse import coarse
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.projecting import bag_view, placed_item, solids_of, without_threats
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.projection.cutting import item_of_scan
from pandok.readers.xray.projection.projecting import Projection, projected
from pandok.readers.xray.projection.refusals import REFUSALS
from pandok.readers.xray.projection.solids import PlacedItem, Pose, item_of_solids, posed
from pandok.readers.xray.projection.views import BagView
from pandok.readers.xray.solids.mesh import rotation

MACHINE = coarse(MACHINES["cabinet-1"])
OTHER_VIEW = replace(MACHINE, scanner=replace(MACHINE.scanner, source_y=180.0, pitch_y=2.2))


@pytest.fixture(scope="module")
def scene() -> Scene:
    return scene_of(Recipe("bag", 13, threats=1, items=8))


@pytest.fixture(scope="module")
def bag(scene: Scene) -> BagView:
    return bag_view(without_threats(scene), MACHINE, np.random.default_rng(1))


@pytest.fixture(scope="module")
def placed(scene: Scene) -> PlacedItem:
    return placed_item(scene.threats[0], MACHINE)


def put(bag: BagView, placed: PlacedItem) -> Projection:
    return projected([bag], [placed], np.random.default_rng(2))[0]


def test_a_threat_where_it_really_lay_is_accepted_with_its_difficulty(bag: BagView, placed: PlacedItem) -> None:
    found = put(bag, placed)
    left, top, right, bottom = found.box
    assert (bag.high[top:bottom, left:right] - found.high[top:bottom, left:right]).mean() > 0.01
    far = np.ones(bag.high.shape, np.bool_)
    far[max(0, top - 8) : bottom + 8, max(0, left - 8) : right + 8] = False
    assert (found.high[far] == bag.high[far]).all()
    assert found.difficulty.view == 0
    assert 0 < found.difficulty.superposition < 255
    assert found.difficulty.clutter > 0
    assert 0 <= found.difficulty.opacity < 1
    smaller = projected([bag], [placed], np.random.default_rng(2), largest_px=[4.0 * placed.item.solid.sum()])[0]
    assert smaller.difficulty.view == pytest.approx(0.75)


def _resized(placed: PlacedItem, factor: int) -> PlacedItem:
    one = placed.item
    first, second, solid = (
        np.kron(part, np.ones((factor, factor), part.dtype)) for part in (one.first, one.second, one.solid)
    )
    return replace(placed, item=replace(one, first=first, second=second, solid=solid.astype(bool)))


WRONG = {
    "projection.outside_scan": lambda one: replace(one, left=-10),
    "projection.outside_bag": lambda one: replace(one, top=2, left=30, heights_mm=None, across_mm=None),
    "projection.scale": lambda one: _resized(one, 2),
    "projection.cut_off": lambda one: replace(one, item=replace(one.item, whole=False)),
    "projection.rim": lambda one: replace(one, item=replace(one.item, first=one.item.first + np.float32(0.1))),
    "projection.blurrier": lambda one: replace(one, item=replace(one.item, blur_px=3.0)),
    "projection.too_deep": lambda one: replace(one, item=replace(one.item, depth_mm=900.0)),
    "projection.height": lambda one: replace(one, heights_mm=(-5.0, 20.0)),
    "projection.in_wall": lambda one: replace(one, across_mm=(-400.0, -300.0)),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_is_refused_with_its_reason(bag: BagView, placed: PlacedItem, code: str) -> None:
    with pytest.raises(InputError) as refused:
        put(bag, WRONG[code](placed))
    assert refused.value.error_code == code


def test_every_refusal_says_in_both_languages_what_and_what_next() -> None:
    for what, next_step in REFUSALS.values():
        assert all((what.ko, what.en, next_step.ko, next_step.en))


def test_an_empty_belt_is_no_bag(bag: BagView, placed: PlacedItem) -> None:
    with pytest.raises(InputError) as refused:
        put(replace(bag, low=np.ones_like(bag.low), high=np.ones_like(bag.high)), placed)
    assert refused.value.error_code == "projection.no_bag"


def test_one_pose_holds_in_all_views(scene: Scene, bag: BagView, placed: PlacedItem) -> None:
    second = bag_view(without_threats(scene), OTHER_VIEW, np.random.default_rng(3))
    there = placed_item(scene.threats[0], OTHER_VIEW)
    assert len(projected([bag, second], [placed, there], np.random.default_rng(2))) == 2
    moved = placed_item(scene.threats[0].moved((12.0, 0.0, 0.0)), OTHER_VIEW)
    with pytest.raises(InputError) as refused:
        projected([bag, second], [placed, moved], np.random.default_rng(2))
    assert refused.value.error_code == "projection.views_disagree"


def test_a_pose_turns_and_moves_all_solids_together(scene: Scene) -> None:
    solids = solids_of(scene.threats[0], MACHINE.response)
    turned = posed(solids, Pose(rotation(z_deg=180.0), (600.0, 0.0, 0.0)))
    np.testing.assert_allclose(turned[0].mesh.vertices[:, 0], 600.0 - solids[0].mesh.vertices[:, 0], atol=1e-9)


def test_an_item_cut_out_of_a_scan_is_what_its_solids_say(scene: Scene) -> None:
    """Air that drifts from column to column leaves no rectangle."""
    response = MACHINE.response
    placed = item_of_solids(solids_of(scene.threats[0], response), MACHINE.scanner, response)
    one = placed.item
    drift = np.linspace(0.97, 1.03, one.shape[1])[None]
    low, high = (np.asarray(part * drift, np.float32) for part in response.transmission(one.first, one.second))
    sampling = Sampling(one.pitch_mm)
    cut = item_of_scan(low, high, sampling, response, sampling, sides_mm=one.sides_mm, depth_mm=one.depth_mm)
    inside = cut.solid & (high > 0.02)
    np.testing.assert_allclose(cut.first[inside], one.first[inside], atol=0.02)
    assert np.abs(cut.first[0]).max() == 0
    with pytest.raises(InputError) as refused:
        item_of_scan(
            low[:, : low.shape[1] // 2],
            high[:, : low.shape[1] // 2],
            sampling,
            response,
            sampling,
            sides_mm=one.sides_mm,
            depth_mm=one.depth_mm,
        )
    assert refused.value.error_code == "projection.cut_off"


def test_a_scan_too_blurred_to_undo_is_refused(bag: BagView, placed: PlacedItem) -> None:
    with pytest.raises(InputError) as error:
        put(replace(bag, blur_px=1.4), placed)
    assert error.value.error_code == "projection.too_soft"


def test_without_a_measured_blur_nothing_is_joined(bag: BagView, placed: PlacedItem) -> None:
    with pytest.raises(InputError) as error:
        put(replace(bag, blur_known=False), placed)
    assert error.value.error_code == "projection.blur_unknown"
    assert "pandok xray machine blur" in error.value.next_step.ko


def test_a_blur_that_may_be_off_is_joined_only_where_it_does_not_matter(bag: BagView, placed: PlacedItem) -> None:
    exact = put(bag, placed)
    hardly = put(replace(bag, blur_error_px=1e-5), placed)
    assert (hardly.low == exact.low).all()
    with pytest.raises(InputError) as error:
        put(replace(bag, blur_error_px=0.1), placed)
    assert error.value.error_code == "projection.blur_unsure"
