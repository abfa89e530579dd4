"""A find in another bag: cut out of its scan, a place found, joined. From the same bag and seed the same picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pandok.core.errors import InputError, RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.seizures.views_of_bags import (
    bag_views,
    class_of,
    planes_of,
    response_of,
)
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.lists.seizures import Find
from pandok.fields.academy.models import Picture
from pandok.fields.xray.acts.machine_blur import blur_of
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ScanView
from pandok.readers.xray.lessons.composing import composed
from pandok.readers.xray.lessons.finding import item_of_find
from pandok.readers.xray.lessons.places import proposals
from pandok.readers.xray.lessons.prior import PriorDifficulty, prior_of
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.projection.placing import room_of
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.views import BagView, ItemView
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


def placements(find: Find, seed: int, blobs: FolderBlobs, home: Path) -> list[Placement]:
    """Up to `PREVIEWS` bags into which the find can be put.

    Raises InputError of `readers.xray.projection.refusals` where it cannot be cut out, or lies nowhere, or nobody
    measured the blur of its machine, xray.blur_unreadable; RequestError
    lesson.one_energy, lesson.no_bags.
    """
    marked = _marked(find)
    class_name = class_of(response_of(find.scan, home)).value
    # The cut itself before any bag is looked at: what is wrong with it is said first.
    _items(find, marked, [Sampling(_pitch(view)) for view, _ in marked], blobs, home)
    if any(blur_of(home, find.scan.machine, _pitch(view)) is None for view, _ in marked):
        raise refused("blur_unknown")
    random = np.random.default_rng([seed, 37])
    plain = pictures_in_use().filter(article=None, set=PictureSet.TRAINING.value, machine_class=class_name)
    bags = list(plain.exclude(response="").order_by("made_at", "id").values_list("pk", flat=True))
    if not bags:
        raise refusal("no_bags")
    found: list[Placement] = []
    last: InputError | None = None
    for at in random.permutation(len(bags))[:_MOST_BAGS]:
        tried = Placement(str(bags[int(at)]), int(random.integers(2**31)))
        try:
            placed(find, tried, blobs, home)
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


def placed(find: Find, placement: Placement, blobs: FolderBlobs, home: Path) -> Placed:
    """Raises as `placements`; RequestError lesson.no_bags where the bag is not of as many views as the find."""
    bag = Picture.objects.get(pk=placement.bag)
    views = bag_views(bag, blobs, home)
    marked = _marked(find)
    if len(views) not in (1, len(marked)):
        raise refusal("no_bags")
    marked = marked[: len(views)]
    items = _items(find, marked, [Sampling(view.pitch_mm) for view in views], blobs, home)
    random = np.random.default_rng([placement.seed, 41])
    rooms = [room_of(view) for view in views]
    whole = composed(views, proposals(items, rooms, random), random, rooms=rooms)
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


def _marked(find: Find) -> list[tuple[ScanView, Mark]]:
    """The views in which it is marked, each with its largest mark."""
    found = []
    for view in find.views:
        marks = [one for one in find.marks if one.view == view.name]
        if marks:
            found.append((view, max(marks, key=lambda one: one.area)))
    if not found:
        raise refusal("no_find")
    return found


def _pitch(view: ScanView) -> tuple[float, float]:
    if view.pitch_row_mm is None or view.pitch_column_mm is None:
        raise refusal("one_energy")
    return view.pitch_row_mm, view.pitch_column_mm


def _items(
    find: Find, marked: list[tuple[ScanView, Mark]], to: list[Sampling], blobs: FolderBlobs, home: Path
) -> list[ItemView]:
    response = response_of(find.scan, home)
    found = []
    for (view, mark), sampling in zip(marked, to, strict=True):
        low, high = planes_of(view, blobs)
        pitch = _pitch(view)
        blur = blur_of(home, find.scan.machine, pitch)
        sigma, error = (blur.sigma_px, blur.error_px) if blur else (0.0, 0.0)
        scale = max(own / theirs for own, theirs in zip(pitch, sampling.pitch_mm, strict=True))
        own = Sampling(pitch, (sigma, sigma))
        item = item_of_find(low, high, mark.box, own, response, sampling, blur_error_px=scale * error)
        found.append(item)
    return found
