"""Hand-overs to and from other sites, for programs: made, taken in, answered. A package of more than 20 MB is taken in
on the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.core.errors import RequestError
from pandok.core.programme.hand_over import Became
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.programme.acts.spread import answering, making, taking_over
from pandok.fields.programme.lists.agreements import agreement_for
from pandok.fields.programme.lists.spread import made_here, made_of, taken_here, taken_of
from pandok.fields.programme.models import HandOverMade, HandOverTaken, SpreadAnswer
from pandok.fields.programme.roles import Action
from pandok.fields.programme.topics import KoreanRegion
from pandok.settings import settings
from pandok.web.api.binary import binary, safe_file
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, Limit, Page, one_of
from pandok.web.api.uploads import uploaded

router = Router(tags=["Spread"])
_SEES, _HANDS, _ANSWERS = may(Action.SEE_SPREAD), may(Action.HAND_OVER), may(Action.ANSWER_HAND_OVERS)
_Told = Annotated[str, Field(min_length=1, max_length=2000)]
_Line = Annotated[str, Field(min_length=1, max_length=200)]
T = TypeVar("T")


class HandOverIn(Asked):
    """The operating sheet; all else comes from the final measurement and the proof."""

    proof: str = Field(max_length=20, description="Number of a proof of this site that is in force")
    operated_by: _Line = Field(description="Post that operates it")
    paid_by: _Line = Field(description="Who pays for its operation")
    devices: _Told = Field(description="Devices it was proven with")
    season: _Told = Field(description="Season and times it was proven in")
    prevalence: _Told = Field(description="How often what is looked for occurred there")
    cautions: str = Field("", max_length=2000)

    def sheet(self) -> dict[str, object]:
        conditions = {name: getattr(self, name) for name in ("devices", "season", "prevalence")}
        plain = {name: getattr(self, name) for name in ("operated_by", "paid_by", "cautions")}
        return plain | {"conditions": conditions}


class TakeHandOverIn(Asked):
    region: Annotated[str, one_of(*KoreanRegion), Field(description="Region of this site")]
    problem: str = Field("", max_length=20, description="Number of the own problem that it may help")
    devices: _Told = Field(description="Devices here")
    season: _Told = Field(description="Season and times here")
    prevalence: _Told = Field(description="How often what is looked for occurs here")

    def here(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("devices", "season", "prevalence")}


class SpreadAnswerOut(BaseModel):
    """What became of it at `site`, by its own acceptance test."""

    site: str
    region: Annotated[str, one_of(*KoreanRegion)]
    became: Annotated[str, one_of(*Became)]
    verdict: str
    reason: str
    answered_at: datetime


class HandOverOut(BaseModel):
    """Made at this site. `sha256`: of the package."""

    id: UUID
    number: str
    agreement: UUID
    title: str
    proof: str
    sha256: str
    made_at: datetime
    answers: list[SpreadAnswerOut]


class HandOverTakenOut(BaseModel):
    """Of `site`, checked with the key `signed_by` of it. `answer` null: this site has said nothing of it yet."""

    id: UUID
    number: str
    site: str
    title: str
    region: Annotated[str, one_of(*KoreanRegion)]
    problem: UUID | None
    signed_by: str
    sha256: str
    taken_at: datetime
    answer: SpreadAnswerOut | None


@router.get("/hand-overs", auth=_SEES, response=answers(Page[HandOverOut]), summary="Hand-overs of this site")
def list_hand_overs(
    request: HttpRequest,  # noqa: ARG001
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[HandOverOut]:
    """The newest first, with what other sites said of them."""
    return page_by_time(made_here(), field="made_at", cursor=cursor, limit=limit, shape=_made)


@router.post(
    "/agreements/{uuid:agreement_id}/hand-overs",
    auth=_HANDS,
    response=answers(HandOverOut),
    summary="Hand a reader over",
)
@once
def hand_reader_over(request: HttpRequest, agreement_id: UUID, asked: HandOverIn) -> HandOverOut:
    """Of an agreement that was measured finally; signed with the key of this site."""
    actor = actor_of(request)
    try:
        agreement_for(actor, agreement_id)
    except RequestError as error:
        raise not_found() from error
    made = making.make_hand_over(
        agreement_id,
        proof_number=asked.proof,
        sheet=asked.sheet(),
        reader=b"",
        site=settings().site_name,
        key=site_signing_key(settings().home),
        blobs=house.blobs(),
        actor=actor,
        now=timezone.now(),
    )
    return _made(made)


@router.get(
    "/hand-overs/{uuid:made_id}/package",
    auth=_SEES,
    **binary("The signed package for the other site", "application/zip"),
    summary="Package of a hand-over",
)
def get_package_of_hand_over(request: HttpRequest, made_id: UUID) -> HttpResponse:  # noqa: ARG001
    made = _there(made_of, made_id)
    return safe_file(house.blobs().get(made.package), media_type="application/zip", filename=f"{made.number}.zip")


@router.post(
    "/hand-overs/answers", auth=_HANDS, response=answers(HandOverOut), summary="Keep the answer of another site"
)
@once(repeatable=True)  # one answer of a site to a hand-over
def keep_answer_of_other_site(request: HttpRequest, file: File[UploadedFile]) -> HandOverOut:
    """The signed file that the other site gave out; its key must be trusted here."""
    data, _name = uploaded(file)
    kept = answering.keep_answer(
        data=data, site=settings().site_name, pool=parsing_pool(), actor=actor_of(request), now=timezone.now()
    )
    assert kept.made_id is not None
    return _made(made_of(kept.made_id))


@router.get(
    "/hand-overs/taken", auth=_SEES, response=answers(Page[HandOverTakenOut]), summary="Hand-overs of other sites"
)
def list_hand_overs_taken(
    request: HttpRequest,  # noqa: ARG001
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[HandOverTakenOut]:
    """The newest first."""
    return page_by_time(taken_here(), field="taken_at", cursor=cursor, limit=limit, shape=_taken)


@router.post(
    "/hand-overs/taken", auth=_HANDS, response=answers(HandOverTakenOut), summary="Take a hand-over of another site in"
)
@once(repeatable=True)  # each is taken in once
def take_hand_over_in(request: HttpRequest, asked: Form[TakeHandOverIn], file: File[UploadedFile]) -> HandOverTakenOut:
    """Only where a key that is trusted as that site's has signed it."""
    data, _name = uploaded(file)
    kept = taking_over.take_hand_over(
        data=data,
        region=str(asked.region),
        here=asked.here(),
        problem_number=asked.problem,
        site=settings().site_name,
        pool=parsing_pool(),
        blobs=house.blobs(),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return _taken(kept)


@router.post(
    "/hand-overs/taken/{uuid:taken_id}/answer",
    auth=_ANSWERS,
    response=answers(HandOverTakenOut),
    summary="Answer a hand-over of another site",
)
@once
def answer_hand_over(request: HttpRequest, taken_id: UUID) -> HandOverTakenOut:
    """Once, from the decided acceptance test of the lab; nothing is typed in."""
    _there(taken_of, taken_id)
    chosen = settings()
    answering.answer(
        taken_id,
        site=chosen.site_name,
        key=site_signing_key(chosen.home),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return _taken(taken_of(taken_id))


@router.get(
    "/hand-overs/taken/{uuid:taken_id}/answer",
    auth=_SEES,
    **binary("The signed answer for the site that made it", "application/json"),
    summary="Answer to a hand-over of another site",
)
def get_answer_to_hand_over(request: HttpRequest, taken_id: UUID) -> HttpResponse:  # noqa: ARG001
    found = getattr(_there(taken_of, taken_id), "answer", None)
    if found is None:
        raise not_found()
    name = f"{found.values['hand_over']}-answer.json"
    return safe_file(found.envelope.encode(), media_type="application/json", filename=name)


def _there(asked: Callable[[UUID], T], key: UUID) -> T:
    try:
        return asked(key)
    except RequestError as error:
        raise not_found() from error


def _made(one: HandOverMade) -> HandOverOut:
    return HandOverOut(
        id=one.pk,
        number=one.number,
        agreement=one.agreement_id,
        title=one.statement.title,
        proof=one.proof_number,
        sha256=one.package,
        made_at=one.made_at,
        answers=[_answer(each) for each in one.answers.all()],
    )


def _taken(one: HandOverTaken) -> HandOverTakenOut:
    own = getattr(one, "answer", None)
    return HandOverTakenOut(
        id=one.pk,
        number=one.number,
        site=one.site,
        title=one.statement.title,
        region=one.region,
        problem=one.problem_id,
        signed_by=one.signed_by,
        sha256=one.package,
        taken_at=one.taken_at,
        answer=_answer(own) if own else None,
    )


def _answer(one: SpreadAnswer) -> SpreadAnswerOut:
    said = one.answer
    return SpreadAnswerOut(
        site=one.site,
        region=one.region,
        became=one.became,
        verdict=said.verdict,
        reason=said.reason,
        answered_at=said.answered_at,
    )
