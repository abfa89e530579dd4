"""A trial's cases as values: the one place where answers are opened in memory, for the monitor and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pandok.core.lab.answers import Kind, Said, difference, said_in
from pandok.core.lab.trial import Practice
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.lab.acts.trials.sealing import opened_answer
from pandok.fields.lab.acts.trials.truths import CaseTruth, truths
from pandok.fields.lab.models import ShadowCase, ShadowTrial
from pandok.proof.weighted_difference import Contribution


@dataclass(frozen=True)
class TrialRow:
    """One decided case. `in_order`: committed before decided, by the audit chain. `place`: of the decision."""

    place: int
    site: str
    day: date
    """Of the decision, by the office's calendar."""
    in_order: bool
    by_tester: bool
    model: Said
    practice: Said
    truth: CaseTruth
    seconds: int
    chosen: bool
    reader_outcome: str

    @property
    def cluster(self) -> str:
        return f"{self.site} {self.day.isoformat()}"

    @property
    def counts(self) -> bool:
        return self.in_order and not self.by_tester

    @property
    def difference(self) -> int | None:
        return difference(self.model, self.practice, self.truth.truth)

    @property
    def missing(self) -> bool:
        """It was to become known, and the comparison needs it, but it is not known."""
        return self.truth.expected and self.difference is None

    @property
    def contribution(self) -> Contribution:
        """The same words need no truth: their difference is known to be none, whatever is checked."""
        chance = 1.0 if self.model == self.practice else self.truth.chance
        return Contribution(self.difference, chance, self.cluster)


def decided_rows(trial: ShadowTrial, *, now: datetime) -> list[TrialRow]:
    """Every decided case in the order of the decisions, with the truth as it stands; opens sealed answers."""
    cases = list(
        ShadowCase.objects.filter(trial=trial, decision__isnull=False)
        .select_related("commit", "decision__desk_case__design", "draw__finding", "reading")
        .order_by("decision__audit_sequence")
    )
    for one in cases:
        one.decision.case = one
    within = timedelta(days=trial.plan.truth_within_days)
    known = truths([one.decision for one in cases], within=within, now=now)
    return [row_of(one, trial.plan.practice, known[one.pk], _answer(one)) for one in cases]


def revealed_rows(trial: ShadowTrial) -> list[TrialRow]:
    """The same of an unblinded trial, from what was opened and frozen then: whoever computes it gets the same."""
    cases = (
        ShadowCase.objects.filter(trial=trial, decision__isnull=False, reveal__isnull=False)
        .select_related("commit", "decision", "reveal", "reading")
        .order_by("decision__audit_sequence")
    )
    practice = trial.plan.practice
    return [row_of(one, practice, CaseTruth.from_json(one.reveal.truth), one.reveal.output) for one in cases]


def row_of(case: ShadowCase, practice: Practice, truth: CaseTruth, output: Any) -> TrialRow:
    decision, commit = case.decision, getattr(case, "commit", None)
    officer = Said(kind=Kind(decision.kind), design_id=decision.design_id)
    return TrialRow(
        place=decision.audit_sequence,
        site=case.site,
        day=decision.at.astimezone(OFFICE_ZONE).date(),
        in_order=commit is not None and commit.audit_sequence < decision.audit_sequence,
        by_tester=decision.by_tester,
        model=said_in(output or {}),
        practice=officer if practice is Practice.OFFICER else _reader(case),
        truth=truth,
        seconds=decision.seconds,
        chosen=decision.kind == Kind.DESIGN.value,
        reader_outcome=case.reading.outcome,
    )


def settled_contributions(rows: Sequence[TrialRow], *, clustered: bool, today: date) -> list[Contribution]:
    """What the monitor may bet on: the counting cases up to the first whose truth is still awaited; by clusters only
    days that are over and settled whole.

    Whether a case is settled does not depend on what the model said, so that a halt tells nothing of it.
    """
    counting = [row for row in rows if row.counts]
    end = next((place for place, row in enumerate(counting) if not row.truth.settled), len(counting))
    taken = counting[:end]
    if clustered:
        last_day = min(today, counting[end].day) if end < len(counting) else today
        taken = [row for row in taken if row.day < last_day]
    return [row.contribution for row in taken if not row.missing]


def _answer(case: ShadowCase) -> Any:
    commit = getattr(case, "commit", None)
    return opened_answer(commit.sealed)[0] if commit is not None else None


def _reader(case: ShadowCase) -> Said:
    reading = case.reading.reading
    first = [{"design_id": one.design.design_id} for one in reading.candidates[:1]]
    return said_in({"outcome": reading.outcome, "candidates": first})
