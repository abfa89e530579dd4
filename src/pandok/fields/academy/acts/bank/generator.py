"""Bags and articles out of the generator: what no officer brought. The one place where the academy knows it.

A picture is made in a fraction of a second; from its plan alone, so that it can be made again to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.demo.scans.articles import KINDS, article
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import Scene
from pandok.demo.scans.training import (
    TRAINING_MACHINES,
    TrainingMachine,
    bags_of,
    in_its_place,
    largest_px,
    placed_in,
    scene_with,
)
from pandok.fields.academy.acts.bank.plans import Plan
from pandok.readers.xray.lessons.composing import Composed, composed
from pandok.readers.xray.lessons.prior import PriorDifficulty, prior_of
from pandok.readers.xray.projection.projecting import Projection
from pandok.readers.xray.projection.views import BagView
from pandok.readers.xray.standard import StandardView
from pandok.readers.xray.standardise import view_of_pair

COUNT_OF_KINDS, COUNT_OF_MACHINES = len(KINDS), len(TRAINING_MACHINES)


def computed_blur_px(machine: str, view: str) -> float | None:
    """σ of a view of the generator's machine of this name; None where it knows none."""
    for one in TRAINING_MACHINES:
        if one.name == machine:
            return next((seen.blur_px for name, seen in one.views if name == view), None)
    return None


@dataclass(frozen=True)
class MadeArticle:
    """`category`: a value of ArticleKind. `name`, `number`, `look_alike`: the recipe."""

    words: Text
    category: str
    name: str
    number: int
    look_alike: bool


@dataclass(frozen=True, eq=False)
class MadePicture:
    """`article` None: the bag alone. `views`, and in each the box of the article; `features` of the view in which it is
    seen best."""

    article: MadeArticle | None
    views: tuple[StandardView, ...]
    boxes: tuple[tuple[int, int, int, int], ...]
    features: dict[str, float]
    prior: PriorDifficulty


@dataclass(frozen=True, eq=False)
class MadeBag:
    """`threat`, and its harmless twin: the same bag without it, or with the look-alike in its place."""

    machine: str
    spectrum: str
    threat: MadePicture
    twin: MadePicture


def made(plan: Plan) -> MadeBag | None:
    """None where the article found no room in this bag, or cannot be shown in it: the next number is another bag."""
    kind, machine = KINDS[plan.kind], TRAINING_MACHINES[plan.machine]
    item = article(kind.name, plan.article)
    found = scene_with(item, plan.bag, plan.bag_seed)
    if found is None:
        return None
    scene, lies = found
    random = np.random.default_rng([plan.seed, plan.number, 31])
    bags = bags_of(scene, machine, random)
    try:
        with_threat = composed(bags, [placed_in(lies, scene, machine)], random, largest_px=largest_px(item, machine))
    except (InputError, ValueError):
        return None
    words = Text(ko=f"{item.words.ko} {plan.article}", en=f"{item.words.en} {plan.article}")
    threat = MadeArticle(words, kind.category, kind.name, plan.article, look_alike=False)
    twin = _with_pair(plan, scene, lies, machine, bags, random) if plan.pair else None
    return MadeBag(
        machine=machine.name,
        spectrum=machine.spectrum,
        threat=_picture(threat, machine, bags, with_threat),
        twin=twin or MadePicture(None, _views(machine, bags, bags), (), {}, PriorDifficulty(0.0)),
    )


def _with_pair(
    plan: Plan,
    scene: Scene,
    lies: Item,
    machine: TrainingMachine,
    bags: Sequence[BagView],
    random: np.random.Generator,
) -> MadePicture | None:
    kind = KINDS[plan.kind]
    item = article(kind.name, plan.article, look_alike=True)
    posed = in_its_place(item, lies, scene, random)
    if posed is None:
        return None
    try:
        found = composed(bags, [placed_in(posed, scene, machine)], random)
    except (InputError, ValueError):
        return None
    words = Text(ko=f"{item.words.ko} {plan.article}", en=f"{item.words.en} {plan.article}")
    return _picture(MadeArticle(words, "harmless", kind.name, plan.article, look_alike=True), machine, bags, found)


def _picture(of: MadeArticle, machine: TrainingMachine, bags: Sequence[BagView], found: Composed) -> MadePicture:
    best = min(found.views, key=lambda one: prior_of([one.difficulty]).b).difficulty
    features = {name: round(float(value), 4) for name, value in vars(best).items()}
    return MadePicture(
        article=of,
        views=_views(machine, bags, found.views),
        boxes=tuple(one.box for one in found.views),
        features=features,
        prior=prior_of([one.difficulty for one in found.views]),
    )


def _views(
    machine: TrainingMachine, bags: Sequence[BagView], shown: Sequence[BagView | Projection]
) -> tuple[StandardView, ...]:
    return tuple(
        view_of_pair(name, one.low, one.high, bag.pitch_mm, bag.response)
        for (name, _), bag, one in zip(machine.views, bags, shown, strict=True)
    )
