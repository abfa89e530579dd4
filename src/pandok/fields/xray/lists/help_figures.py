"""What help did to reading: the same figures with it and without it. Which scans go without was drawn beforehand.

What readers cleared is known only where it was drawn to be opened. A hit found so stands for as many as the draw passes
over: a share of 1 in 200 makes each count 200 (inverse probability weighting, Horvitz and Thompson 1952).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.help_shown import newest_of_each
from pandok.fields.xray.marks import Candidate, Mark, hit
from pandok.fields.xray.models import HelpReading, ImageReading, Inspection
from pandok.proof.shares import counted_quantile, exact_interval
from pandok.proof.signal_detection import DPrime, d_prime

SCORE_SHOWN = 0.5
"""What a reader program scores below this is not shown as a candidate."""


@dataclass(frozen=True)
class Share:
    hits: int
    count: int

    @property
    def value(self) -> float | None:
        return self.hits / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Clopper and Pearson, 95 %."""
        return exact_interval(self.hits, self.count)


@dataclass(frozen=True)
class ReadOnce:
    """One reading with what became known: the values that figures are made of. `with_help` None: it says nothing of
    help, since no reader program had read the scan when it was shown. `places`: where it lay, or nothing."""

    with_help: bool | None
    decision: Decision
    seconds: float
    marks: tuple[Mark, ...]
    candidates: tuple[Candidate, ...]
    found: Found | None
    places: tuple[Mark, ...]
    similar_shown: bool | None = None
    """Whether past images stood beside it; None where they were withheld with the help."""

    @property
    def pointed_at(self) -> bool:
        """Whether the reader program's candidates point at what was found."""
        return hit((one.mark for one in self.candidates if one.score >= SCORE_SHOWN), self.places)

    @property
    def stopped(self) -> bool:
        return self.decision is not Decision.CLEAR

    @property
    def is_hit(self) -> bool:
        return self.found is not None and self.found.hit


@dataclass(frozen=True)
class Arm:
    """Figures of the scans read in one way. Seconds: middle, and the one that nine of ten do not exceed."""

    readings: int
    stopped: Share
    found_when_stopped: Share
    found_when_cleared: Share
    """Of those that were cleared and drawn to be opened."""
    pointed_and_stopped: Share
    """Hits at which the reader program points, as far as they are known: stopped by the reader."""
    missed_and_stopped: Share
    """Hits that the reader program missed: stopped by the reader."""
    alarms_passed: Share
    """Readings with a candidate: cleared all the same."""
    seconds_median: float | None
    seconds_p90: float | None

    def detected(self, drawn: float) -> float | None:
        """The estimated share of all hits that readers stop; None where nothing is known. `drawn`: share of what was
        cleared that is opened."""
        stopped = self.found_when_stopped.hits
        if drawn <= 0 or not (stopped or self.found_when_cleared.hits):
            return None
        return stopped / (stopped + self.found_when_cleared.hits / drawn)

    def d_prime(self, drawn: float) -> DPrime | None:
        """How well readers tell hits from the rest, whatever they stop in doubt; None where too little is known."""
        opened, passed = self.found_when_stopped, self.found_when_cleared
        if not 0 < drawn <= 1:
            return None
        return d_prime(
            (opened.hits, opened.count - opened.hits), (passed.hits, passed.count - passed.hits), known_share=drawn
        )


def arm(readings: Iterable[ReadOnce]) -> Arm:
    """The figures of these readings; every share says of how many."""
    all_of = tuple(readings)
    known = [one for one in all_of if one.found is not None]
    stopped = [one for one in known if one.stopped]
    cleared = [one for one in known if not one.stopped]
    hits = [one for one in known if one.is_hit and one.places]
    pointed = [one for one in hits if one.pointed_at]
    missed = [one for one in hits if not one.pointed_at]
    alarmed = [one for one in all_of if any(each.score >= SCORE_SHOWN for each in one.candidates)]
    return Arm(
        readings=len(all_of),
        stopped=_share(all_of, [one.stopped for one in all_of]),
        found_when_stopped=_share(stopped, [one.is_hit for one in stopped]),
        found_when_cleared=_share(cleared, [one.is_hit for one in cleared]),
        pointed_and_stopped=_share(pointed, [one.stopped for one in pointed]),
        missed_and_stopped=_share(missed, [one.stopped for one in missed]),
        alarms_passed=_share(alarmed, [not one.stopped for one in alarmed]),
        seconds_median=_quantile(all_of, 0.5),
        seconds_p90=_quantile(all_of, 0.9),
    )


def with_and_without(readings: Sequence[ReadOnce]) -> tuple[Arm, Arm]:
    return arm(one for one in readings if one.with_help), arm(one for one in readings if one.with_help is False)


def by_similar(readings: Sequence[ReadOnce]) -> tuple[Arm, Arm]:
    """Of what was read with help: similar past images shown, and none shown. Which of the two was not drawn."""
    return (
        arm(one for one in readings if one.with_help and one.similar_shown),
        arm(one for one in readings if one.with_help and one.similar_shown is False),
    )


def read_once(
    inspections: QuerySet[Inspection], begins: datetime | None = None, ends: datetime | None = None
) -> list[ReadOnce]:
    """The last reading of each inspection that was read: earlier ones were taken back, or asked for a second look. Of
    those decided from `begins` up to `ends`, where these are given; the database passes over all others."""
    later = ImageReading.objects.filter(
        Q(decided_at__gt=OuterRef("decided_at")) | Q(decided_at=OuterRef("decided_at"), pk__gt=OuterRef("pk")),
        inspection=OuterRef("inspection"),
    )
    rows = ImageReading.objects.filter(~Exists(later), inspection__in=inspections)
    if begins is not None:
        rows = rows.filter(decided_at__gte=begins)
    if ends is not None:
        rows = rows.filter(decided_at__lt=ends)
    read = rows.select_related("inspection", "inspection__opening", "help").order_by("decided_at", "pk")
    return [_of(row) for row in read.prefetch_related("inspection__scans__help_readings")]


def programs_of(inspections: QuerySet[Inspection]) -> list[str]:
    """Names and versions of the reader programs that read their scans."""
    read = HelpReading.objects.filter(scan__inspection__in=inspections, source=HelpSource.PROGRAM.value)
    return list(read.order_by("reader").values_list("reader", flat=True).distinct())


def _of(row: ImageReading) -> ReadOnce:
    opening = getattr(row.inspection, "opening", None)
    said = _said_beside(row)
    return ReadOnce(
        with_help=True if row.help else False if said and row.inspection.help_withheld else None,
        decision=Decision(row.decision),
        seconds=row.seconds,
        marks=tuple(Mark.model_validate(one) for one in row.marks),
        candidates=tuple(Candidate.model_validate(one) for each in said for one in each.candidates),
        found=Found(opening.found) if opening else None,
        places=tuple(Mark.model_validate(one) for one in (opening.marks if opening else ())),
        similar_shown=None if row.inspection.help_withheld else bool(row.similar),
    )


def _said_beside(row: ImageReading) -> list[HelpReading]:
    """What was shown; where nobody was shown it, what would have been: it is known all the same."""
    known = [one for scan in row.inspection.scans.all() for one in scan.help_readings.all()]
    if row.help is None:
        return newest_of_each(sorted(known, key=lambda one: one.read_at, reverse=True))
    return [row.help, *(one for one in known if str(one.pk) in row.further_help)]


def _share(of: Sequence[ReadOnce], which: Sequence[bool]) -> Share:
    return Share(sum(which), len(of))


def _quantile(of: Sequence[ReadOnce], q: float) -> float | None:
    found = counted_quantile([(one.seconds, 1) for one in of], q)
    return found.value if found else None
