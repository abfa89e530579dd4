"""What a verdict rests on, small enough to leave the lab: counts and moments, never a case.

From these numbers anybody computes the interval and the verdict again (pandok.proof.recompute). One piece of evidence
for each registered endpoint, in the order of the registration. Differences are model minus practice, turned so that
larger is better for the model (a mean absolute error is practice minus model).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pandok.core.lab.strict_value import StrictValue

Count = Annotated[int, Field(ge=0)]
Pair = tuple[float, float]
Square = tuple[Pair, Pair]


class PairedCountsEvidence(StrictValue):
    """Right or wrong on independent cases: Tango's interval. The two readings that agree are not told apart."""

    kind: Literal["paired_counts"] = "paired_counts"
    only_model: Count
    only_practice: Count
    pairs: int = Field(ge=1)

    @model_validator(mode="after")
    def _fits(self) -> PairedCountsEvidence:
        if self.only_model + self.only_practice > self.pairs:
            raise ValueError("discordant pairs lie in 0 to pairs")
        return self

    @property
    def difference(self) -> float:
        return (self.only_model - self.only_practice) / self.pairs

    @property
    def cases(self) -> int:
        return self.pairs


class ClusteredCountsEvidence(StrictValue):
    """Right or wrong on clustered cases: the counts, the moments of the clusters' means, and the standard error of the
    difference over all cases that the clusters' sums show (pandok.proof.clustered_shares)."""

    kind: Literal["clustered_counts"] = "clustered_counts"
    cases: int = Field(ge=2)
    clusters: int = Field(ge=2)
    only_model: Count
    only_practice: Count
    mean: float = Field(ge=-1, le=1)
    deviation: float = Field(ge=0)
    spread: float = Field(ge=0)

    @model_validator(mode="after")
    def _fits(self) -> ClusteredCountsEvidence:
        if self.only_model + self.only_practice > self.cases or self.clusters > self.cases:
            raise ValueError("discordant pairs and clusters lie in 0 to cases")
        return self

    @property
    def difference(self) -> float:
        return (self.only_model - self.only_practice) / self.cases


class MeanEvidence(StrictValue):
    """Moments of differences of independent cases, or of the means of clusters: the t interval.

    With `clusters` the moments are those of the clusters' means, each of which counts once; the rows of single
    clusters stay inside, since most hold fewer than five discordant cases.
    """

    kind: Literal["mean"] = "mean"
    cases: int = Field(ge=2)
    clusters: int | None = Field(default=None, ge=2)
    difference: float
    """The mean."""
    deviation: float = Field(ge=0)
    """Standard deviation with n - 1 of the differences, or of the clusters' means."""


class AreasEvidence(StrictValue):
    """Areas under the ROC curve of model and practice, with DeLong's covariances of their placements."""

    kind: Literal["areas"] = "areas"
    positives: int = Field(ge=2)
    negatives: int = Field(ge=2)
    areas: Pair
    of_positives: Square
    """Covariance (n - 1) of the placements of positives: model, practice."""
    of_negatives: Square
    clusters: int | None = Field(default=None, ge=2)
    covariance: Square | None = None
    """Clustered cases only: the covariance of the two areas (Obuchowski 1997), which then stands for the two above."""

    @model_validator(mode="after")
    def _clustered(self) -> AreasEvidence:
        if (self.clusters is None) != (self.covariance is None):
            raise ValueError("a covariance of the areas stands exactly where cases are clustered")
        return self

    @property
    def difference(self) -> float:
        return self.areas[0] - self.areas[1]

    @property
    def cases(self) -> int:
        return self.positives + self.negatives


class TrialEvidence(StrictValue):
    """The scored cases of a shadow trial in the order of the decisions: what each tells of the difference, and the
    chance that it became known. Nothing of goods, persons, sites or days: a cluster is a number in the order in which
    clusters first stand. The order is kept because the registered bounds are bets, case by case."""

    kind: Literal["trial"] = "trial"
    differences: tuple[Annotated[int, Field(ge=-1, le=1)] | None, ...] = Field(min_length=1, max_length=1_000_000)
    """None: goods that were not drawn for a check; they count as 0 under their chance."""
    chances: tuple[Annotated[float, Field(gt=0, le=1)], ...]
    clusters: tuple[Count, ...] = ()
    ended: Literal["completed", "stopped_harm", "stopped_benefit"]
    expected: Count
    """Counting cases whose truth was to become known."""
    known: Count
    """Scored cases with a known truth: so many truths could be wrong."""
    decided: Count
    out_of_order: Count
    """Of the decided, those decided before the model's answer was committed."""
    intact: bool
    """Whether registration, commits, their order and the draws agreed with the audit chain."""

    @model_validator(mode="after")
    def _fits(self) -> TrialEvidence:
        count = len(self.differences)
        if len(self.chances) != count or len(self.clusters) not in (0, count):
            raise ValueError("a chance for every difference, and a cluster for all or none")
        if self.known > count or self.out_of_order > self.decided:
            raise ValueError("known truths lie in the scored cases, cases out of order in the decided")
        return self

    @property
    def difference(self) -> float:
        values = (
            0.0 if one is None else one / chance for one, chance in zip(self.differences, self.chances, strict=True)
        )
        return sum(values) / len(self.differences)

    @property
    def cases(self) -> int:
        return len(self.differences)


class ReadersEvidence(StrictValue):
    """The readings of an assisted trial. One text a case, one mark a reader: 3 right both times, 2 only with the
    model's help, 1 only without, 0 neither. Readers stand in the order of their right answers and
    cases in that of their marks, so that the order tells nothing of persons and goods."""

    kind: Literal["readers"] = "readers"
    cases_right: tuple[Annotated[str, Field(pattern="^[0-3]{2,50}$")], ...] = Field(min_length=2, max_length=1000)
    intact: bool
    """Whether registration, order, help and answers agreed with the audit chain."""

    @model_validator(mode="after")
    def _fits(self) -> ReadersEvidence:
        if len({len(row) for row in self.cases_right}) != 1:
            raise ValueError("every case was read by the same readers")
        if list(self.cases_right) != sorted(self.cases_right):
            raise ValueError("cases stand in the order of their marks")
        return self

    @property
    def readers(self) -> int:
        return len(self.cases_right[0])

    @property
    def cases(self) -> int:
        return len(self.cases_right)

    @property
    def difference(self) -> float:
        marks = "".join(self.cases_right)
        return (marks.count("2") - marks.count("1")) / len(marks)


Evidence = Annotated[
    PairedCountsEvidence | ClusteredCountsEvidence | MeanEvidence | AreasEvidence | TrialEvidence | ReadersEvidence,
    Field(discriminator="kind"),
]


class Measured(StrictValue):
    """What a confirm run measured, beside the registration that says what it has to be held against."""

    evidence: tuple[Evidence, ...] = Field(min_length=1, max_length=4)
    reached: Count
    """Cases scored, those without a readable output included."""
    missing: Count
    """Of them, those without a readable output."""
    sandbox_level: int = Field(ge=0, le=9)
    flips_with_label_noise: bool = False
    """Whether the registered share of wrong truths could turn the verdict (pandok.proof.label_noise)."""
    harmed_groups: Count = 0
    """Registered groups in which the model was shown to fall below practice by more than their margin."""
    commits_in_order: bool = True
    """Shadow trials: every output was committed before the officer decided."""

    @model_validator(mode="after")
    def _fits(self) -> Measured:
        if self.missing > self.reached:
            raise ValueError("more missing than scored")
        return self
