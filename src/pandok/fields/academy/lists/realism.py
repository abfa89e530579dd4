"""What veterans said of realism, as shares with intervals: of composed pictures, and of scans among them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from pandok.fields.academy.kinds import Realism
from pandok.fields.academy.models import RealismReview
from pandok.proof.shares import wilson_interval


@dataclass(frozen=True)
class Flagged:
    """Images that were judged, and how many of them somebody took for composed. `interval`: 95 %, of the share."""

    judged: int
    flagged: int
    interval: tuple[float, float] | None

    @property
    def percent(self) -> float | None:
        return round(100 * self.flagged / self.judged, 1) if self.judged else None

    @property
    def interval_percent(self) -> tuple[float, float] | None:
        return None if self.interval is None else (round(100 * self.interval[0], 1), round(100 * self.interval[1], 1))


@dataclass(frozen=True)
class RealismFigures:
    """`real`: scans of machines that stood among them; whoever flags these as often does not see what is composed."""

    composed: Flagged
    real: Flagged
    reviewers: int


def realism_figures() -> RealismFigures:
    reviews = RealismReview.objects.all()
    return RealismFigures(
        composed=_flagged(reviews.filter(picture__composed=True), "picture"),
        real=_flagged(reviews.exclude(scan=None), "scan"),
        reviewers=reviews.order_by().values("reviewer").distinct().count(),
    )


def _flagged(reviews: QuerySet[RealismReview], image: str) -> Flagged:
    """An image counts once, however many judged it; one "fake" flags it."""
    judged = reviews.order_by().values(image).distinct().count()
    flagged = reviews.filter(said=Realism.FAKE.value).order_by().values(image).distinct().count()
    return Flagged(judged, flagged, wilson_interval(flagged, judged))
