"""Questions, answers and notices, for programs. Answering, correcting and hiding is done on the page, by persons."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.fields.programme.acts.community.posting import ask
from pandok.fields.programme.challenge_refusals import refusal
from pandok.fields.programme.firm_matching import Standing
from pandok.fields.programme.lists.challenges import public_challenges
from pandok.fields.programme.lists.community import public_notices, questions_of
from pandok.fields.programme.lists.firm_matches import work_of
from pandok.fields.programme.lists.firms import public_cards, trials_of
from pandok.fields.programme.models import Challenge, CommunityPost, FirmCard, ProgrammeNotice
from pandok.fields.programme.post_states import PostKind, PostState
from pandok.fields.programme.post_text import POST
from pandok.fields.programme.roles import Action
from pandok.proof.verdict import Verdict
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Limit, Page, one_of

router = Router(tags=["Questions and notices"])
_SEES, _ASKS = may(Action.SEE_QUESTIONS), may(Action.ASK_QUESTIONS)


class PublicPostOut(BaseModel):
    """`text` null: it was taken back or hidden. `team` or else `role`: as whom its author spoke; names are not told."""

    id: UUID
    number: str
    kind: Annotated[str, one_of(*PostKind)]
    state: Annotated[str, one_of(*PostState)]
    text: str | None
    team: str | None
    role: str
    made_at: datetime


class QuestionOut(PublicPostOut):
    """With what was answered, the oldest first. `challenge`: its number; null in general."""

    challenge: str | None
    answers: list[PublicPostOut]


class QuestionIn(BaseModel):
    challenge: UUID | None = Field(None, description="A challenge, or nothing: a question in general")
    text: str = Field(max_length=POST, description="What everybody will read")
    nothing_sealed: bool = Field(description="It says nothing about sealed data")


class FirmTrialOut(BaseModel):
    """`verdict` null: nothing final was measured. `applied`: known by the firm's own application to a call, else by its
    name in the agreement."""

    agreement: str
    verdict: Annotated[str, one_of(*Verdict)] | None
    standing: Annotated[str, one_of(*Standing)]
    applied: bool


class FirmCardOut(BaseModel):
    """`text_ko` and `text_en`: the firm's own words, checked by nobody. `trials`: of this site's records."""

    number: str
    name: str
    text_ko: str
    text_en: str
    trials: list[FirmTrialOut]


class ProgrammeNoticeOut(BaseModel):
    """`state` withdrawn: it no longer holds."""

    number: str
    state: str
    title_ko: str
    title_en: str
    text_ko: str
    text_en: str
    published_at: datetime


@router.get("/questions", auth=_SEES, response=answers(Page[QuestionOut]), summary="Questions and their answers")
def list_questions(
    request: HttpRequest,  # noqa: ARG001
    challenge: UUID | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[QuestionOut]:
    """Of a challenge, or those in general; the newest first. As everybody sees them."""
    found = _challenge(challenge) if challenge else None
    return page_by_time(questions_of(found), field="made_at", cursor=cursor, limit=limit, shape=_question)


@router.post("/questions", auth=_ASKS, response=answers(QuestionOut), summary="Ask in public")
@once
def ask_question(request: HttpRequest, asked: QuestionIn) -> QuestionOut:
    """Everybody reads it at once. It can be taken back on its page, not altered."""
    challenge = None
    if asked.challenge:
        challenge = public_challenges().filter(pk=asked.challenge).first()
        if challenge is None:
            raise refusal("not_there")
    made = ask(
        asked.text,
        challenge=challenge,
        nothing_sealed=asked.nothing_sealed,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return _question(made)


@router.get("/notices", auth=_SEES, response=answers(Page[ProgrammeNoticeOut]), summary="Notices of the programme")
def list_programme_notices(
    request: HttpRequest,  # noqa: ARG001
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ProgrammeNoticeOut]:
    """The newest first, those that were withdrawn too."""
    return page_by_time(public_notices(), field="published_at", cursor=cursor, limit=limit, shape=_notice)


@router.get("/firms", auth=_SEES, response=answers(list[FirmCardOut]), summary="Firms with a public card")
def list_firms(request: HttpRequest) -> list[FirmCardOut]:  # noqa: ARG001
    """By name; what each has proven stands with its agreements and certificates."""
    return [_card(one) for one in public_cards()]


def _challenge(challenge_id: UUID) -> Challenge:
    found = public_challenges().filter(pk=challenge_id).first()
    if found is None:
        raise not_found()
    return found


def _post(one: CommunityPost) -> PublicPostOut:
    return PublicPostOut(
        text=one.text if one.state == PostState.SHOWN.value else None,
        team=one.team.name if one.team else None,
        id=one.pk,
        number=one.number,
        kind=one.kind,
        state=one.state,
        role=one.role,
        made_at=one.made_at,
    )


def _question(one: CommunityPost) -> QuestionOut:
    return QuestionOut(
        **_post(one).model_dump(),
        challenge=one.challenge.number if one.challenge else None,
        answers=[_post(other) for other in one.answers.all()],
    )


def _card(one: FirmCard) -> FirmCardOut:
    trials = [(trial, work_of(trial)) for trial in trials_of([one.party_id])]
    return FirmCardOut(
        number=one.number,
        name=one.party.name,
        text_ko=one.text_ko,
        text_en=one.text_en,
        trials=[
            FirmTrialOut(
                agreement=trial.agreement.number,
                verdict=work.verdict.value if work.verdict else None,
                standing=work.standing.value,
                applied=trial.applied,
            )
            for trial, work in trials
        ],
    )


def _notice(one: ProgrammeNotice) -> ProgrammeNoticeOut:
    assert one.published_at is not None  # of public ones alone
    return ProgrammeNoticeOut(
        published_at=one.published_at,
        number=one.number,
        state=one.state,
        title_ko=one.title_ko,
        title_en=one.title_en,
        text_ko=one.text_ko,
        text_en=one.text_en,
    )
