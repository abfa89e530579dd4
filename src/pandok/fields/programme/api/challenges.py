"""Open challenges, for programs: phases, and boards of the lab's own records. Writing and teaming up is done on the
page, by persons."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.errors import RequestError
from pandok.fields.programme.challenge_states import ChallengeState
from pandok.fields.programme.lists.challenge_board import boards_of
from pandok.fields.programme.lists.challenges import challenge_for, challenges_visible_to
from pandok.fields.programme.models import Challenge
from pandok.fields.programme.roles import Action
from pandok.proof.verdict import Verdict
from pandok.web.api.callers import actor_of, may
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Limit, Page, one_of

router = Router(tags=["Open challenges"])
_SEES = may(Action.SEE_CHALLENGES)


class ChallengePhaseOut(BaseModel):
    """From `begins_at` on, up to but without `ends_at`."""

    name_ko: str
    name_en: str
    begins_at: datetime
    ends_at: datetime


class ChallengeOut(BaseModel):
    """`lab_problem` and `lab_version`: the lab's. `sha256`: of all that it said when it opened, empty before that."""

    id: UUID
    number: str
    state: Annotated[str, one_of(*ChallengeState)]
    title_ko: str
    title_en: str
    lab_problem: str
    lab_version: int
    phases: list[ChallengePhaseOut]
    sha256: str


class ChallengeLineOut(BaseModel):
    """`rank` and `shown` null: no released submission of this phase moved the lab's Ladder. `shown`: larger is better.
    `verdict` and `interval` (of the difference from practice) are the lab's, null before results are published."""

    team: str
    rank: int | None
    shown: float | None
    verdict: Annotated[str, one_of(*Verdict)] | None
    interval: tuple[float, float] | None


class ChallengeBoardOut(BaseModel):
    """Of one phase that has begun."""

    name_ko: str
    name_en: str
    lines: list[ChallengeLineOut]


class WholeChallengeOut(ChallengeOut):
    """`has_table`: whether the locked protocol lets others see ranks."""

    text_ko: str
    text_en: str
    has_table: bool
    boards: list[ChallengeBoardOut]


@router.get("", auth=_SEES, response=answers(Page[ChallengeOut]), summary="Open challenges")
def list_challenges(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Page[ChallengeOut]:
    """The newest first; drafts for the programme's people alone."""
    found = challenges_visible_to(actor_of(request))
    return page_by_time(
        found, field="made_at", cursor=cursor, limit=limit, shape=lambda one: ChallengeOut(**_columns(one))
    )


@router.get("/{uuid:challenge_id}", auth=_SEES, response=answers(WholeChallengeOut), summary="One challenge")
def get_challenge(request: HttpRequest, challenge_id: UUID) -> WholeChallengeOut:
    try:
        found = challenge_for(actor_of(request), challenge_id)
    except RequestError as error:
        raise not_found() from error
    boards = [
        ChallengeBoardOut(
            name_ko=board.phase.name_ko,
            name_en=board.phase.name_en,
            lines=[
                ChallengeLineOut(
                    team=one.team,
                    rank=one.place,
                    shown=one.shown,
                    verdict=one.verdict,
                    interval=one.comparison.endpoints[0].interval if one.comparison else None,
                )
                for one in board.lines
            ],
        )
        for board in boards_of(found, timezone.now())
    ]
    return WholeChallengeOut(
        **_columns(found),
        text_ko=found.text_ko,
        text_en=found.text_en,
        has_table=found.pack.problem.leaderboard,
        boards=boards,
    )


def _columns(one: Challenge) -> dict[str, Any]:
    return {
        "id": one.pk,
        "lab_problem": one.pack.problem_id,
        "lab_version": one.pack.version,
        "phases": [
            ChallengePhaseOut(
                name_ko=phase.name_ko, name_en=phase.name_en, begins_at=phase.begins_at, ends_at=phase.ends_at
            )
            for phase in one.phases.all()
        ],
        **{name: getattr(one, name) for name in ("number", "state", "title_ko", "title_en", "sha256")},
    }
