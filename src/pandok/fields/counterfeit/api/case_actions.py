"""What officers do in a case. Each takes a reason, which stays in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from pandok.common.models import Account, Party
from pandok.common.reasons import MOST_REASON
from pandok.fields.counterfeit.acts.cases import suspending
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, decide, name_parties, record_appraisal
from pandok.fields.counterfeit.acts.cases.officer_steps import act_of
from pandok.fields.counterfeit.acts.cases.opening import attach_reading
from pandok.fields.counterfeit.acts.cases.remarks import add_note
from pandok.fields.counterfeit.api.case_shapes import CaseOut, EventOut, case_out, event_out
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.api.in_turn import case_in_turn
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.steps import Operation, Step
from pandok.fields.designs.api.readings import visible_reading
from pandok.web.api.callers import may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, refusal
from pandok.web.api.request_values import Asked, DesignId, FullReason, Key, Reason

router = Router(tags=["case actions"])
_WORKS = may(Action.WORK_CASES)


class ReasonIn(Asked):
    reason: Reason


class FullReasonIn(Asked):
    reason: FullReason


class ChoiceIn(ReasonIn):
    design_id: DesignId


class FindingIn(ReasonIn):
    finding: Finding


class DispositionIn(FullReasonIn):
    disposition: Disposition


class NoteIn(Asked):
    text: str = Field(min_length=1, max_length=MOST_REASON)


class AttachIn(Asked):
    reading_id: UUID


class PartiesIn(Asked):
    """Ids of parties; what is left out stays as it is."""

    importer: Key | None = None
    appraiser: Key | None = None
    holder: Key | None = None
    reason: Reason


def _done(case: Case, actor: Account) -> CaseOut:
    return case_out(visible_case(actor, case.id), actor)


def _act(request: HttpRequest, case_id: UUID, act: Callable[..., Case], **what: Any) -> CaseOut:
    """What customs does in a case whose turn it is; `act` is the use case."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    return _done(act(case=case, actor=actor, now=timezone.now(), **what), actor)


@router.post(
    "/{uuid:case_id}/choose-candidate", auth=_WORKS, response=answers(CaseOut), summary="Choose the right concerned"
)
@once
def choose(request: HttpRequest, case_id: UUID, asked: ChoiceIn) -> CaseOut:
    """One of the candidates, or any other design of the register that is in force."""
    return _act(request, case_id, choose_candidate, design_id=asked.design_id, reason=asked.reason)


def _operation(step: Step, means: Operation) -> None:
    """POST of a step that takes nothing but a reason."""

    def call(request: HttpRequest, case_id: UUID, asked: ReasonIn) -> CaseOut:
        return _act(request, case_id, act_of(step), reason=asked.reason)

    call.__name__, call.__doc__ = means.id, means.about.en or None
    call.__annotations__["asked"] = FullReasonIn if means.full else ReasonIn
    router.post(f"/{{uuid:case_id}}/{means.path}", auth=_WORKS, response=answers(CaseOut), summary=means.summary.en)(
        once(call)
    )


for _step in Step:
    if _step.means.operation is not None:
        _operation(_step, _step.means.operation)


@router.post("/{uuid:case_id}/attach-reading", auth=_WORKS, response=answers(CaseOut), summary="Take a newer reading")
@once
def attach(request: HttpRequest, case_id: UUID, asked: AttachIn) -> CaseOut:
    """A reading of the same photographs takes the place of the one that the case rests on."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    reading = visible_reading(actor, asked.reading_id)
    if reading.signal_id != case.signal_id:
        raise refusal(422, errors=[{"place": ["body", "reading_id"], "why": "a reading of other photographs"}])
    return _done(attach_reading(case=case, reading=reading, actor=actor, now=timezone.now()), actor)


@router.post(
    "/{uuid:case_id}/appraisal", auth=_WORKS, response=answers(CaseOut), summary="Record what an appraisal found"
)
@once
def record_an_appraisal(request: HttpRequest, case_id: UUID, asked: FindingIn) -> CaseOut:
    """By customs, where the appraisal came on paper. Parties send theirs with the document (send-appraisal)."""
    return _act(request, case_id, record_appraisal, finding=asked.finding, reason=asked.reason)


@router.post(
    "/{uuid:case_id}/decide", auth=_WORKS, response=answers(CaseOut), summary="Decide what becomes of the goods"
)
@once
def decide_case(request: HttpRequest, case_id: UUID, asked: DispositionIn) -> CaseOut:
    return _act(request, case_id, decide, disposition=asked.disposition, reason=asked.reason)


@router.post(
    "/{uuid:case_id}/acknowledge", auth=_WORKS, response=answers(CaseOut), summary="Say that what came in was seen"
)
@once
def acknowledge_what_came(request: HttpRequest, case_id: UUID) -> CaseOut:
    return _act(request, case_id, suspending.acknowledge)


@router.post(
    "/{uuid:case_id}/note", auth=_WORKS, response=answers(EventOut, 201), summary="Add a remark to the history"
)
@once(status=201)
def add_a_note(request: HttpRequest, case_id: UUID, asked: NoteIn) -> EventOut:
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    add_note(case=case, text=asked.text, actor=actor, now=timezone.now())
    newest = case.events.select_related("actor").order_by("-sequence").first()
    assert newest is not None
    return event_out(newest)


@router.post("/{uuid:case_id}/parties", auth=_WORKS, response=answers(CaseOut), summary="Name the parties of a case")
@once
def name_case_parties(request: HttpRequest, case_id: UUID, asked: PartiesIn) -> CaseOut:
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    named = {
        place: _party(place, key)
        for place in ("importer", "appraiser", "holder")
        if (key := getattr(asked, place)) is not None
    }
    if not named:
        raise refusal(422, errors=[{"place": ["body"], "why": "names no party"}])
    return _done(name_parties(case=case, actor=actor, now=timezone.now(), reason=asked.reason, **named), actor)


def _party(place: Literal["importer", "appraiser", "holder"], key: int) -> Party:
    party = Party.objects.filter(pk=key).first()
    if party is None:
        raise refusal(422, errors=[{"place": ["body", place], "why": "no such party"}])
    return party
