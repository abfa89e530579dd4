"""What was found of a data set against what its plan asks: target by target, met, not met, or not measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pandok.core.canonical import digest
from pandok.core.programme.data_plan import DataPlan
from pandok.core.programme.data_quality import Bounds, DataQuality
from pandok.core.programme.data_targets import DataMeasure, DataTarget

AGREED_COUNTS = DataTarget(measure=DataMeasure.LABELS_LACKING, most=0)
"""What a plan asks that gives counts of labels."""


@dataclass(frozen=True)
class Judged:
    """`met` None: it was not measured. `interval`: of what was found, where it has one; the value alone decides."""

    target: DataTarget
    found: float | None
    interval: Bounds | None
    met: bool | None


def targets_of(plan: DataPlan) -> tuple[DataTarget, ...]:
    named = any(one.measure is DataMeasure.LABELS_LACKING for one in plan.targets)
    return plan.targets + ((AGREED_COUNTS,) if plan.counts and not named else ())


def judged(plan: DataPlan, quality: DataQuality) -> tuple[Judged, ...]:
    """Raises ValueError where it was held against another plan."""
    if quality.plan_sha256 != digest(plan):
        raise ValueError("what was found is of another plan")
    return tuple(_judged(target, quality) for target in targets_of(plan))


def meets(found: Sequence[Judged]) -> bool:
    """Whether all that is asked was measured and is so; what asks nothing is met by nothing."""
    return bool(found) and all(one.met for one in found)


def _judged(target: DataTarget, quality: DataQuality) -> Judged:
    found, interval = _FOUND[target.measure](quality)
    if found is None:
        return Judged(target, None, None, None)
    least, most = target.least, target.most
    met = (least is None or found >= least) and (most is None or found <= most)
    return Judged(target, found, interval, met)


Found = tuple[float | None, Bounds | None]
_FOUND: dict[DataMeasure, Callable[[DataQuality], Found]] = {
    DataMeasure.ROWS: lambda one: (one.rows, None),
    DataMeasure.LABELS_LACKING: lambda one: (
        sum(count.lacking for count in one.diversity.counts) if one.diversity else None,
        None,
    ),
    DataMeasure.EVEN_LABELS: lambda one: (one.diversity.even_labels if one.diversity else None, None),
    DataMeasure.FAULTY_SHARE: lambda one: (
        one.syntactic.faulty / one.syntactic.values if one.syntactic.values else None,
        None,
    ),
    DataMeasure.REPEATS: lambda one: (one.repeats.rows + one.repeats.files + one.repeats.near_copies, None),
    DataMeasure.ACROSS_SPLITS: lambda one: (one.repeats.across_splits, None),
    DataMeasure.AGREE: lambda one: (one.semantic.agree, one.semantic.agree_interval),
    DataMeasure.KAPPA: lambda one: (one.semantic.kappa, one.semantic.kappa_interval),
    DataMeasure.LABEL_NOISE: lambda one: (one.semantic.label_noise, one.semantic.label_noise_interval),
    DataMeasure.CONTRADICTED: lambda one: (
        one.semantic.suspects / one.semantic.labelled
        if one.semantic.suspects is not None and one.semantic.labelled
        else None,
        None,
    ),
    DataMeasure.RIGHT: lambda one: (one.validity.right, one.validity.interval) if one.validity else (None, None),
    DataMeasure.PERSONAL: lambda one: (one.personal.count if one.personal else None, None),
}
