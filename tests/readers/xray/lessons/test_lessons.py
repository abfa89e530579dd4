"""An article finds its place in a bag or is refused with the reason; a find is cut out of its bag where that can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.demo.scans.articles import KINDS, article
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.demo.scans.training import TRAINING_MACHINES, bags_of, placed_in, scene_with
from pandok.readers.xray.lessons.composing import MOST_TRIES, composed
from pandok.readers.xray.lessons.finding import item_of_find
from pandok.readers.xray.lessons.places import proposals, turned
from pandok.readers.xray.lessons.prior import PRIOR_SD, prior_of
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.projection.difficulty import Difficulty
from pandok.readers.xray.projection.placing import room_of
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView, ItemView

ONE, _, TWO = TRAINING_MACHINES


def parcel_with_few(name: str, number: int, seed: int) -> tuple[Scene, Item]:
    found = scene_with(article(name, number), "parcel", seed)
    assert found is not None
    scene, lies = found
    return replace(scene, items=scene.items[:4]), lies


def box_of(placed: PlacedItem, grown: int = 2) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(placed.item.solid.any(axis=1)), np.flatnonzero(placed.item.solid.any(axis=0))
    left, top = placed.left + columns[0] - grown, placed.top + rows[0] - grown
    return int(left), int(top), int(placed.left + columns[-1] + 1 + grown), int(placed.top + rows[-1] + 1 + grown)


def scanned(scene: Scene, seed: int) -> BagView:
    return bags_of(scene, ONE, np.random.default_rng(seed))[0]


def cut(scene: Scene, lies: Item, seed: int) -> ItemView:
    bag = scanned(replace(scene, items=(*scene.items, lies)), seed)
    sampling = Sampling(bag.pitch_mm, (bag.blur_px, bag.blur_px))
    return item_of_find(bag.low, bag.high, box_of(placed_in(lies, scene, ONE)[0]), sampling, bag.response, sampling)


def test_both_views_show_the_article_at_one_place_of_the_belt_and_the_same_seed_gives_the_same_bits() -> None:
    found = scene_with(article("knife", 3), "bag", 9005)
    assert found is not None
    scene, lies = found

    def made() -> list[np.ndarray]:
        random = np.random.default_rng(4)
        bags = bags_of(scene, TWO, random)
        whole = composed(bags, [placed_in(lies, scene, TWO)], random)
        first, second = (view.box for view in whole.views)
        assert abs(first[0] - second[0]) <= 2
        assert abs(first[2] - second[2]) <= 2
        assert all((view.high < bag.high - 0.02).any() for view, bag in zip(whole.views, bags, strict=True))
        return [plane for view in whole.views for plane in (view.low, view.high)]

    for one, again in zip(made(), made(), strict=True):
        assert np.array_equal(one, again)


def test_where_nothing_can_be_the_refusal_says_how_many_places_were_tried_and_why() -> None:
    found = scene_with(article("knife", 3), "bag", 9005)
    assert found is not None
    scene, lies = found
    random = np.random.default_rng(4)
    bags = bags_of(scene, ONE, random)
    outside = placed_in(lies.moved((0.0, 0.0, 400.0)), scene, ONE)
    with pytest.raises(InputError) as refused:
        composed(bags, [outside] * (MOST_TRIES + 5), random)
    assert refused.value.error_code == "projection.no_place"
    assert str(MOST_TRIES) in refused.value.what.ko
    with pytest.raises(InputError, match="no place was proposed"):
        composed(bags, [], random)


def test_a_find_is_cut_out_of_its_parcel_and_lies_in_another_bag() -> None:
    scene, lies = parcel_with_few("knife", 21, 7021)
    item = cut(scene, lies, 1)
    alone = placed_in(lies, scene, ONE)[0].item
    # As much matter as the article has, seen from this side.
    assert (item.first + item.second).sum() == pytest.approx((alone.first + alone.second).sum(), rel=0.08)
    other = replace(scanned(scene_of(Recipe("bag", 8021)), 2), heights_mm=None, fan=None)
    random = np.random.default_rng(3)
    whole = composed([other], proposals([item], [room_of(other)], random), random)
    (view,) = whole.views
    left, top, right, bottom = view.box
    changed = np.abs(view.high - other.high) > 0.05
    assert changed.any()
    inside = np.zeros_like(changed)
    inside[top - 6 : bottom + 6, left - 6 : right + 6] = True
    assert not (changed & ~inside).any()


def test_a_find_among_other_goods_an_opaque_one_and_one_at_the_edge_are_refused_in_words() -> None:
    found = scene_with(article("powder_brick", 2), "bag", 7002)
    assert found is not None
    with pytest.raises(InputError) as crowded:
        cut(*found, seed=1)
    assert crowded.value.error_code == "projection.surroundings"
    with pytest.raises(InputError) as opaque:
        cut(*parcel_with_few("pistol", 5, 7005), seed=1)
    assert opaque.value.error_code == "projection.find_opaque"
    scene, _ = parcel_with_few("knife", 21, 7021)
    bag = scanned(scene, 1)
    sampling = Sampling(bag.pitch_mm)
    with pytest.raises(InputError) as edge:
        item_of_find(bag.low, bag.high, (0, 40, 60, 90), sampling, bag.response, sampling)
    assert edge.value.error_code == "projection.cut_off"
    with pytest.raises(InputError) as empty:
        item_of_find(bag.low, bag.high, (440, 20, 480, 60), sampling, bag.response, sampling)
    assert empty.value.error_code == "projection.find_empty"


def test_a_turned_article_keeps_its_matter() -> None:
    scene, lies = parcel_with_few("knife", 21, 7021)
    item = cut(scene, lies, 1)
    for degrees in (0.0, 33.0, -120.0):
        found = turned(item, degrees)
        assert found.first.sum() == pytest.approx(item.first.sum(), rel=0.01)


def test_what_hides_more_is_harder_and_of_two_views_the_easier_one_counts() -> None:
    plain = Difficulty(view=0.1, superposition=100.0, clutter=5.0, opacity=0.02)
    harder = replace(plain, view=0.5)
    hidden = replace(plain, superposition=220.0)
    assert prior_of([harder]).b > prior_of([plain]).b
    assert prior_of([hidden]).b > prior_of([plain]).b
    assert prior_of([replace(plain, clutter=50.0)]) == prior_of([plain])
    assert prior_of([hidden, plain]) == prior_of([plain])
    assert prior_of([plain]).sd == PRIOR_SD


def test_every_kind_has_a_pair_that_is_no_threat_and_is_made_the_same_again() -> None:
    for kind in KINDS:
        one, pair = article(kind.name, 1), article(kind.name, 1, look_alike=True)
        assert one.threat
        assert not pair.threat
        again = article(kind.name, 1)
        assert [part.mesh.vertices.tolist() for part in one.parts] == [p.mesh.vertices.tolist() for p in again.parts]
        assert all(part.mesh.closed and part.mesh.volume_mm3 > 0 for part in (*one.parts, *pair.parts))
