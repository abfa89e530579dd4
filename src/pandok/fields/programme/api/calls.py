"""Calls, for programs: what is open, until when, for which problems and by which criteria. Drafting and publishing is
done on the page, by persons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.errors import RequestError
from pandok.fields.programme.acts.reviews.assigning import totals_of_call_show
from pandok.fields.programme.call_kinds import CallKind
from pandok.fields.programme.call_states import CallPhase
from pandok.fields.programme.call_text import NamesShown
from pandok.fields.programme.lists.calls import CallsAsked, call_for, calls_among, calls_visible_to, phase_now
from pandok.fields.programme.lists.problems import problems_visible_to
from pandok.fields.programme.lists.rankings import as_kept, ranking_of
from pandok.fields.programme.models import Call
from pandok.fields.programme.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Limit, Page, one_of

router = Router(tags=["Calls for applications"])
_SEES, _RANKS = may(Action.SEE_CALLS), may(Action.SEE_REVIEWS)


class CallOut(BaseModel):
    """`phase`: by the clock of the server. `sha256`: of all that it says, empty before it is published."""

    id: UUID
    number: str
    phase: Annotated[str, one_of(*CallPhase)]
    kind: Annotated[str, one_of(*CallKind)]
    title: str
    opens_at: datetime
    closes_at: datetime
    money_krw: int | None
    money_on: date | None
    money_source: str
    places: int
    sha256: str


class CallCriterionOut(BaseModel):
    """The weights of a call come to 100."""

    key: str
    name: str
    weight: int
    how: str


class WholeCallOut(CallOut):
    """`problems`: numbers of those that are shown to you. `tie_years`: for how long a tie of a reviewer counts."""

    body: str
    eligible: str
    problems: list[str]
    criteria: list[CallCriterionOut]
    tie_years: int
    least_reviewers: int
    names_shown: Annotated[str, one_of(*NamesShown)]


class CallRankOut(BaseModel):
    """`key`: number of the application. `between`: 95 % interval of the rank, `in_first`: share of panels in which it
    is within the places; both by drawing advisors again 2,000 times, null with one advisor."""

    key: str
    scores: int
    mean: float
    spread: float | None
    lowest: float
    highest: float
    rank: int
    between: tuple[int, int] | None
    in_first: float | None


class CallRankingOut(BaseModel):
    """`shows` false: not every score is locked yet, and nothing is told."""

    shows: bool
    ranks: list[CallRankOut]


@router.get("", auth=_SEES, response=answers(Page[CallOut]), summary="Calls")
def list_calls(
    request: HttpRequest,
    words: str = "",
    phase: CallPhase | None = None,
    kind: CallKind | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[CallOut]:
    """The newest first; drafts for the programme's people alone."""
    now = timezone.now()
    found = calls_among(calls_visible_to(actor_of(request)), CallsAsked(words[:100], phase or "", kind or ""), now)
    return page_by_time(
        found, field="made_at", cursor=cursor, limit=limit, shape=lambda one: CallOut(**_columns(one, now))
    )


@router.get("/{uuid:call_id}", auth=_SEES, response=answers(WholeCallOut), summary="One call")
def get_call(request: HttpRequest, call_id: UUID) -> WholeCallOut:
    actor = actor_of(request)
    try:
        found = call_for(actor, call_id)
    except RequestError as error:
        raise not_found() from error
    return WholeCallOut(
        **_columns(found, timezone.now()),
        body=found.body,
        eligible=found.eligible,
        problems=list(
            problems_visible_to(actor).filter(calls=found).order_by("number").values_list("number", flat=True)
        ),
        criteria=[CallCriterionOut(**one) for one in found.criteria],
        tie_years=found.tie_years,
        least_reviewers=found.least_reviewers,
        names_shown=found.names_shown,
    )


@router.get("/{uuid:call_id}/ranking", auth=_RANKS, response=answers(CallRankingOut), summary="Ranking of a call")
def get_ranking_of_call(request: HttpRequest, call_id: UUID) -> CallRankingOut:
    """Nothing before every score is locked; the same scores give the same intervals on every day."""
    try:
        found = call_for(actor_of(request), call_id)
    except RequestError as error:
        raise not_found() from error
    shows = found.published_at is not None and totals_of_call_show(found, timezone.now())
    return CallRankingOut(
        shows=shows, ranks=[CallRankOut(**one) for one in as_kept(ranking_of(found))] if shows else []
    )


def _columns(one: Call, now: datetime) -> dict[str, Any]:
    return {
        "id": one.pk,
        "phase": phase_now(one, now).value,
        **{
            name: getattr(one, name)
            for name in ("number", "kind", "title", "opens_at", "closes_at", "money_krw", "money_on", "money_source",
                         "places", "sha256")
        },
    }  # fmt: skip
