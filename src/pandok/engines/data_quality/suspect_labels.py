"""Labels that the data themselves contradict, most suspect first: nearest neighbours vote (Wilson 1972, "editing").

Each row's label is held against what the labels of its nearest other rows say, nearer ones weighing more. It counts as
contradicted where another label is said more than TIMES as clearly. TIMES was chosen on labels that were turned on
purpose in photographs of produce and of clothes (`benchmarks/data_quality.py`): twice finds a few more of them and
names half as many rows again wrongly; the thresholds of confident learning (Northcutt, Jiang, Chuang 2021) missed
three in ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float32]
NEIGHBOURS = 12
TIMES = 4.0
BLOCK = 2048


@dataclass(frozen=True)
class Suspect:
    """`likely`: what the row's neighbours say, with `share` of their weight; `own_share` says what is written."""

    row: int
    written: str
    likely: str
    share: float
    own_share: float


def suspects(features: Features, labels: Sequence[str], *, groups: Sequence[str] | None = None) -> list[Suspect]:
    """features: (n, d) float32. groups: rows of one group (one article's photographs) do not speak for each other.

    Raises ValueError where there is not a row of features for each label.
    """
    if len(features) != len(labels) or (groups is not None and len(groups) != len(labels)):
        raise ValueError("a row of features, and a group, for each label")
    names = sorted(set(labels))
    if len(names) < 2:
        return []
    code = {name: place for place, name in enumerate(names)}
    written = np.array([code[label] for label in labels])
    said = _shares(features, written, len(names), groups)
    own = said[np.arange(len(written)), written]
    likely = said.argmax(axis=1)
    rows = np.flatnonzero((likely != written) & (said.max(axis=1) > TIMES * own))
    found = [
        Suspect(int(row), names[written[row]], names[likely[row]], float(said[row, likely[row]]), float(own[row]))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.own_share - one.share, one.row))


def _shares(
    features: Features, written: NDArray[np.intp], classes: int, groups: Sequence[str] | None
) -> NDArray[np.float64]:
    """(n, classes): the weight of each label among a row's nearest other rows; nearer ones weigh more."""
    unit = _unit(features - features.mean(axis=0))
    group = np.array(groups) if groups is not None else np.arange(len(unit))
    said = np.zeros((len(unit), classes))
    for start in range(0, len(unit), BLOCK):
        block = slice(start, min(start + BLOCK, len(unit)))
        near = unit[block] @ unit.T
        near[group[block][:, None] == group[None]] = -np.inf
        _weigh(said, block, near, written, min(NEIGHBOURS, len(unit) - 1))
    weighed: NDArray[np.float64] = said / np.maximum(said.sum(axis=1, keepdims=True), 1e-9)
    return weighed


def nearest_label(known: Features, labels: Sequence[str], asked: Features) -> list[str]:
    """What the nearest known rows say of each asked one, nearer ones weighing more."""
    names = sorted(set(labels))
    code = {name: place for place, name in enumerate(names)}
    written = np.array([code[label] for label in labels])
    middle = known.mean(axis=0)
    own, other = _unit(known - middle), _unit(asked - middle)
    said = np.zeros((len(asked), len(names)))
    for start in range(0, len(asked), BLOCK):
        block = slice(start, min(start + BLOCK, len(asked)))
        _weigh(said, block, other[block] @ own.T, written, min(NEIGHBOURS, len(known)))
    return [names[place] for place in said.argmax(axis=1)]


def _unit(features: Features) -> Features:
    unit: Features = features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-9)
    return unit


def _weigh(said: NDArray[np.float64], block: slice, near: Features, written: NDArray[np.intp], count: int) -> None:
    """Adds, for the rows of a block, the weight of each label among their nearest ones. near: -inf for none."""
    places = np.argpartition(-near, count - 1, axis=1)[:, :count]
    likeness = np.take_along_axis(near, places, axis=1)
    weights = np.where(np.isfinite(likeness), np.exp(8 * (likeness - likeness.max(axis=1, keepdims=True))), 0.0)
    for column in range(count):
        np.add.at(said, (np.arange(block.start, block.stop), written[places[:, column]]), weights[:, column])
