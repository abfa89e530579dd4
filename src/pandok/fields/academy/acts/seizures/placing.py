"""A find, or an article scanned by itself, put into a bag. From the same bag and seed the same picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pandok.core.errors import InputError, RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.seizures.to_put import ToPut
from pandok.fields.academy.acts.seizures.views_of_bags import bag_views
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import Picture
from pandok.readers.xray.lessons.composing import composed
from pandok.readers.xray.lessons.places import proposals
from pandok.readers.xray.lessons.prior import PriorDifficulty, prior_of
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.projection.placing import room_of
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.views import BagView
from pandok.readers.xray.standard import StandardView
from pandok.readers.xray.standardise import view_of_pair

PREVIEWS = 3
_MOST_BAGS = 12


@dataclass(frozen=True)
class Placement:
    """Where a find is put: the picture of a harmless bag, and the seed of the place."""

    bag: str
    seed: int


@dataclass(frozen=True, eq=False)
class Placed:
    bag: Picture
    views: tuple[StandardView, ...]
    boxes: tuple[tuple[int, int, int, int], ...]
    features: dict[str, float]
    prior: PriorDifficulty


def placements(what: ToPut, seed: int, blobs: FolderBlobs, home: Path) -> list[Placement]:
    """Up to `PREVIEWS` bags into which it can be put.

    Raises InputError of `readers.xray.projection.refusals` where it cannot be cut out, or lies nowhere, or nobody
    measured the blur of its machine; RequestError lesson.one_energy, lesson.no_bags.
    """
    # The cut itself before any bag is looked at: what is wrong with it is said first.
    what.cut([Sampling(pitch) for pitch in what.pitches_mm])
    if not what.blur_known:
        raise refused("blur_unknown")
    random = np.random.default_rng([seed, 37])
    plain = pictures_in_use().filter(article=None, set=PictureSet.TRAINING.value, machine_class=what.machine_class)
    bags = list(plain.exclude(response="").order_by("made_at", "id").values_list("pk", flat=True))
    if not bags:
        raise refusal("no_bags")
    found: list[Placement] = []
    last: InputError | None = None
    for at in random.permutation(len(bags))[:_MOST_BAGS]:
        tried = Placement(str(bags[int(at)]), int(random.integers(2**31)))
        try:
            placed(what, tried, blobs, home)
        except RequestError:
            continue
        except InputError as error:
            last = error
            continue
        found.append(tried)
        if len(found) == PREVIEWS:
            break
    if not found:
        raise last or refusal("no_bags")
    return found


def placed(what: ToPut, placement: Placement, blobs: FolderBlobs, home: Path) -> Placed:
    """Raises as `placements`; RequestError lesson.no_bags where the bag is not of as many views."""
    bag = Picture.objects.get(pk=placement.bag)
    views = bag_views(bag, blobs, home)
    if len(views) != len(what.pitches_mm) and not (what.turns and len(views) == 1):
        raise refusal("no_bags")
    items = what.cut([Sampling(view.pitch_mm) for view in views])
    random = np.random.default_rng([placement.seed, 41])
    rooms = [room_of(view) for view in views]
    whole = composed(views, proposals(items, rooms, random, turns=what.turns), random, rooms=rooms)
    best = min(whole.views, key=lambda one: prior_of([one.difficulty]).b).difficulty
    names = bag.views.order_by("position").values_list("name", flat=True)
    return Placed(
        bag=bag,
        views=tuple(
            _view(name, one.low, one.high, view) for name, one, view in zip(names, whole.views, views, strict=True)
        ),
        boxes=tuple(one.box for one in whole.views),
        features={name: round(float(value), 4) for name, value in vars(best).items()},
        prior=prior_of([one.difficulty for one in whole.views]),
    )


def _view(name: str, low: np.ndarray, high: np.ndarray, bag: BagView) -> StandardView:
    return view_of_pair(name, low, high, bag.pitch_mm, bag.response)
