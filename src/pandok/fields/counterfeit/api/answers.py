"""What parties do in a case they were told of: answers, requests, statements, appraisals; and customs on them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.models import Party
from pandok.fields.counterfeit.acts.answering.assigning import ask_for_appraisal
from pandok.fields.counterfeit.acts.answering.confirm_suit import confirm_suit
from pandok.fields.counterfeit.acts.answering.holder import (
    LONGEST_REASON,
    MOST_VALUE_KRW,
    answer_notice,
    make_no_request,
    request_suspension,
)
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.answering.papers import send_appraisal
from pandok.fields.counterfeit.api.answer_shapes import AnswerOut, AnswersOut, StatementOut
from pandok.fields.counterfeit.api.case_shapes import CaseOut, case_out
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.api.in_turn import case_in_turn, nonce_of
from pandok.fields.counterfeit.api.office import office
from pandok.fields.counterfeit.lists.visible import in_customs_hands, turns_in
from pandok.fields.counterfeit.models import CaseDocument
from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found, refusal
from pandok.web.api.request_values import Asked, Key, Reason
from pandok.web.api.uploads import uploaded

router = Router(tags=["answers"])
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]


class AnswerIn(Asked):
    answer: Answer
    reason: Words


class SuspensionIn(Asked):
    """`undertakes`: security in the share of the value that the law names (GET /api/v1/law)."""

    value_krw: int = Field(ge=1, le=MOST_VALUE_KRW)
    undertakes: bool
    reason: Words


class StatementIn(Asked):
    text: Words
    asks_release: bool = False


class AppraisalAskedIn(Asked):
    association: Key
    reason: Reason


class SuitIn(Asked):
    document_id: UUID
    reason: Reason


class AppraisalIn(BaseModel):
    finding: Finding
    reason: Words


@router.get(
    "/{uuid:case_id}/answers", auth=may(Action.SEE_CASES), response=answers(AnswersOut), summary="What the parties said"
)
def list_answers(request: HttpRequest, case_id: UUID) -> AnswersOut:
    account = actor_of(request)
    case = visible_case(account, case_id)
    turns, whole = turns_in(account, case), in_customs_hands(account, case)
    said = case.answers.select_related("party", "answered_by") if whole or Turn.HOLDER in turns else ()
    stated = case.statements.select_related("party", "made_by") if whole or Turn.IMPORTER in turns else ()
    return AnswersOut(
        answers=[
            AnswerOut(
                answer=Answer(one.answer),
                party=one.party.name,
                reason=one.reason,
                account=one.answered_by.get_username(),
                at=one.at,
            )
            for one in said
            if whole or one.party_id == case.holder_id
        ],
        statements=[
            StatementOut(
                party=one.party.name,
                text=one.text,
                asks_release=one.asks_release,
                account=one.made_by.get_username(),
                at=one.at,
            )
            for one in stated
            if whole or one.party_id == case.importer_id
        ],
    )


@router.post(
    "/{uuid:case_id}/answer",
    auth=may(Action.ANSWER_AS_HOLDER),
    response=answers(CaseOut | None),
    summary="Answer as the holder",
)
@once
def answer_as_holder(request: HttpRequest, case_id: UUID, asked: AnswerIn) -> CaseOut | None:
    """Null where the answer "not my right" has ended what the caller may see."""
    actor, case = case_in_turn(request, case_id, Turn.HOLDER)
    answer_notice(
        case=case,
        answer=asked.answer,
        actor=actor,
        reason=asked.reason,
        now=timezone.now(),
        nonce=nonce_of(request),
    )
    if not turns_in(actor, case):
        return None
    return case_out(visible_case(actor, case_id), actor)


@router.post(
    "/{uuid:case_id}/request-suspension",
    auth=may(Action.ANSWER_AS_HOLDER),
    response=answers(CaseOut),
    summary="Request suspension, with security",
)
@once
def request_a_suspension(request: HttpRequest, case_id: UUID, asked: SuspensionIn) -> CaseOut:
    actor, case = case_in_turn(request, case_id, Turn.HOLDER)
    request_suspension(
        case=case,
        value_krw=asked.value_krw,
        undertakes=asked.undertakes,
        actor=actor,
        reason=asked.reason,
        now=timezone.now(),
        nonce=nonce_of(request),
    )
    return case_out(visible_case(actor, case_id), actor)


class NoRequestIn(Asked):
    reason: Words


@router.post(
    "/{uuid:case_id}/no-request",
    auth=may(Action.ANSWER_AS_HOLDER),
    response=answers(CaseOut),
    summary="Say as the holder that no suspension is requested, or take the request back",
)
@once
def request_nothing(request: HttpRequest, case_id: UUID, asked: NoRequestIn) -> CaseOut:
    """The holder's own word ends the holder's own term."""
    actor, case = case_in_turn(request, case_id, Turn.HOLDER)
    make_no_request(case=case, actor=actor, reason=asked.reason, now=timezone.now(), nonce=nonce_of(request))
    return case_out(visible_case(actor, case_id), actor)


@router.post(
    "/{uuid:case_id}/statement",
    auth=may(Action.ANSWER_AS_IMPORTER),
    response=answers(CaseOut),
    summary="Be heard as the importer",
)
@once
def make_a_statement(request: HttpRequest, case_id: UUID, asked: StatementIn) -> CaseOut:
    actor, case = case_in_turn(request, case_id, Turn.IMPORTER)
    make_statement(
        case=case,
        text=asked.text,
        asks_release=asked.asks_release,
        actor=actor,
        now=timezone.now(),
        nonce=nonce_of(request),
    )
    return case_out(visible_case(actor, case_id), actor)


@router.post(
    "/{uuid:case_id}/send-appraisal",
    auth=may(Action.APPRAISE, Action.ANSWER_AS_HOLDER),
    response=answers(CaseOut),
    summary="Send an appraisal with its document",
)
@once
def send_an_appraisal(
    request: HttpRequest, case_id: UUID, asked: Form[AppraisalIn], file: File[UploadedFile]
) -> CaseOut:
    """As the association that was asked, or as the holder."""
    actor, case = case_in_turn(request, case_id, Turn.APPRAISER, Turn.HOLDER)
    turns = turns_in(actor, case)
    for turn, action in ((Turn.APPRAISER, Action.APPRAISE), (Turn.HOLDER, Action.ANSWER_AS_HOLDER)):
        if turn in turns and actor.may(action):
            data, name = uploaded(file)
            send_appraisal(
                case=case,
                turn=turn,
                finding=asked.finding,
                data=data,
                filename=name,
                actor=actor,
                reason=asked.reason,
                now=timezone.now(),
                blobs=house.blobs(),
            )
            return case_out(visible_case(actor, case_id), actor)
    raise refusal(403)


@router.post(
    "/{uuid:case_id}/ask-appraisal",
    auth=may(Action.WORK_CASES),
    response=answers(CaseOut),
    summary="Ask an association to appraise",
)
@once(repeatable=True)
def ask_an_appraisal(request: HttpRequest, case_id: UUID, asked: AppraisalAskedIn) -> CaseOut:
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    association = Party.objects.filter(pk=asked.association, kind=Party.ASSOCIATION).first()
    if association is None:
        raise refusal(422, errors=[{"place": ["body", "association"], "why": "no such party"}])
    ask_for_appraisal(
        case=case,
        association=association,
        actor=actor,
        reason=asked.reason,
        now=timezone.now(),
        office=office(),
        nonce=nonce_of(request),
    )
    return case_out(visible_case(actor, case_id), actor)


@router.post(
    "/{uuid:case_id}/confirm-suit",
    auth=may(Action.WORK_CASES),
    response=answers(CaseOut),
    summary="Confirm the proof of a suit",
)
@once
def confirm_a_suit(request: HttpRequest, case_id: UUID, asked: SuitIn) -> CaseOut:
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    document = CaseDocument.objects.filter(id=asked.document_id, case=case).first()
    if document is None:
        raise not_found()
    confirm_suit(case=case, document=document, actor=actor, reason=asked.reason, now=timezone.now())
    return case_out(visible_case(actor, case_id), actor)
