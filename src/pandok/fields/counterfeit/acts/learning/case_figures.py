"""Figures follow the cases: every event of a case brings its row up to date. Safe to run twice and side by side."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Party
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.learning import tallies
from pandok.fields.counterfeit.models import Case, CaseEvent, CaseFigure, FigureMark, HolderAnswer, LaterFinding, Notice
from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.states import TAKEN_BACK, State
from pandok.fields.counterfeit.truth import CaseFacts, Source, Truth, Verdict, notice_of, truth_of
from pandok.fields.register.models import Design

MARK = "case events"
LOOK_BACK = 1000
"""Events before the mark that the worker looks at again: transactions do not end in the order of their numbers."""
AT_ONCE = 500
_NOT_COUNTED = [state.value for state in TAKEN_BACK]


def follow_cases(*, look_back: int = 0, limit: int = 20_000) -> int:
    """Bring the figures of cases with new events up to date; returns how many events were new."""
    mark = FigureMark.objects.filter(name=MARK).values_list("last_event", flat=True).first() or 0
    events = CaseEvent.objects.filter(id__gt=max(0, mark - look_back)).order_by("id")
    rows = list(events.values_list("id", "case_id")[: limit + look_back])
    if not rows:
        return 0
    cases = list(dict.fromkeys(case_id for _, case_id in rows))
    for start in range(0, len(cases), AT_ONCE):
        write_figures(cases[start : start + AT_ONCE])
    newest = rows[-1][0]
    if newest > mark:
        with transaction.atomic():
            FigureMark.objects.get_or_create(name=MARK)
            FigureMark.objects.filter(name=MARK, last_event__lt=newest).update(last_event=newest)
    return sum(1 for number, _ in rows if number > mark)


def write_figures(case_ids: Sequence[UUID]) -> None:
    """Make the rows of these cases again, and move the sums with them."""
    with transaction.atomic():
        tallies.locked()
        before = tallies.kept_of(case_ids)
        cases = (
            Case.objects.filter(id__in=case_ids)
            .exclude(state__in=_NOT_COUNTED)
            .select_related("signal", "reading", "design")
            .defer("reading__value")
        )
        answers = _answers(case_ids)
        told = _told(case_ids)
        later = {one.case_id: one for one in LaterFinding.objects.filter(case__in=case_ids).select_related("design")}
        figures = [_figure(case, answers.get(case.id, ()), told.get(case.id), later.get(case.id)) for case in cases]
        fields = [field.name for field in CaseFigure._meta.concrete_fields if not field.primary_key]
        CaseFigure.objects.bulk_create(
            figures, update_conflicts=True, unique_fields=["case"], update_fields=fields, batch_size=50
        )
        CaseFigure.objects.filter(case__in=case_ids, case__state__in=_NOT_COUNTED).delete()
        tallies.move(before, figures)


def month_of(instant: datetime) -> date:
    return instant.astimezone(OFFICE_ZONE).date().replace(day=1)


def two_digits(minutes: float) -> int:
    """Whole minutes, rounded up, in two significant digits: near enough for a median, and few distinct values.

    >>> two_digits(46.2), two_digits(1234.0), two_digits(-3.0)
    (47, 1200, 0)
    """
    whole = max(0, math.ceil(minutes))
    return int(float(f"{whole:.2g}"))


def facts_of(case: Case, answers: Iterable[Answer], notified: bool, later: LaterFinding | None = None) -> CaseFacts:
    return CaseFacts(
        state=State(case.state),
        design_id=case.design.design_id if case.design else "",
        finding=Finding(case.finding) if case.finding else None,
        answers=tuple(answers),
        notified=notified,
        later_design_id=None if later is None else later.design.design_id if later.design else "",
    )


def truth_of_case(case: Case) -> Truth:
    """The label of one case as it stands now."""
    answers = _answers([case.id]).get(case.id, ())
    later = LaterFinding.objects.filter(case=case).select_related("design").order_by("at").last()
    return truth_of(facts_of(case, answers, notified=False, later=later))


def _figure(case: Case, answers: Sequence[Answer], told_at: datetime | None, later: LaterFinding | None) -> CaseFigure:
    facts = facts_of(case, answers, told_at is not None, later)
    truth, notice = truth_of(facts), notice_of(facts)
    minutes = None if told_at is None else two_digits((told_at - case.signal.caught_at).total_seconds() / 60)
    return CaseFigure(
        case=case,
        month=month_of(case.opened_at),
        site_id=case.site_id,
        officer_id=case.officer_id,
        locarno_class=case.locarno_class[:2],
        reader=case.reading.reader if case.reading else "",
        nothing_close=_said_nothing_close(case),
        minutes_to_holder=minutes,
        judged=notice.judged,
        wrong_notice=notice.wrong,
        truth=truth.verdict.value,
        truth_source=truth.source.value,
        design=_design(case, truth, later),
        rank=_rank(case, truth),
    )


def _said_nothing_close(case: Case) -> bool:
    """What the officer decided, not what the reader proposed. A case closed without a design was closed from it."""
    state = State(case.state)
    return state is State.NOTHING_CLOSE or (state is State.CLOSED and case.design_id is None)


def _design(case: Case, truth: Truth, later: LaterFinding | None) -> Design | None:
    if truth.verdict is not Verdict.RIGHT_DESIGN:
        return None
    return later.design if later is not None and truth.source is Source.LATER else case.design


def _rank(case: Case, truth: Truth) -> int | None:
    """Where the true design stood in the reading the case rests on; None where it was not listed."""
    if truth.verdict is not Verdict.RIGHT_DESIGN:
        return None
    if case.design and truth.design_id == case.design.design_id:
        return case.candidate_rank
    candidates = case.reading.reading.candidates if case.reading else ()
    return next((one.rank for one in candidates if one.design.design_id == truth.design_id), None)


def _answers(case_ids: Sequence[UUID]) -> dict[UUID, tuple[Answer, ...]]:
    found: dict[UUID, list[Answer]] = defaultdict(list)
    rows = HolderAnswer.objects.filter(case__in=case_ids).order_by("at", "id").values_list("case_id", "answer")
    for case_id, answer in rows:
        found[case_id].append(Answer(answer))
    return {case_id: tuple(answers) for case_id, answers in found.items()}


def _told(case_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the first holder was told."""
    rows = Notice.objects.filter(case__in=case_ids, party__kind=Party.HOLDER).order_by("-issued_at")
    return dict(rows.values_list("case_id", "issued_at"))
