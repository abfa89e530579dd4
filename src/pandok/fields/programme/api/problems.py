"""Problems of the field, for programs: listed, proposed, said to be had elsewhere too, examined. What the committee
decides is decided on the page, by a person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.acts.problems.examining import examine_problem, merge_problem, return_problem
from pandok.fields.programme.acts.problems.proposing import propose_problem
from pandok.fields.programme.acts.problems.sharing import share_problem
from pandok.fields.programme.api.problem_shapes import AlikeProblemsOut, FieldProblemIn, FieldProblemOut, problem_out
from pandok.fields.programme.lists import problems as lists
from pandok.fields.programme.lists.likely_duplicates import likely_duplicates
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.problem_text import checked_problem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, FullReason, Limit, Page, Reason

router = Router(tags=["Problems of the field"])
_SEES, _PROPOSES, _EXAMINES = (
    may(Action.SEE_PROBLEMS),
    may(Action.PROPOSE_PROBLEMS),
    may(Action.EXAMINE_PROBLEMS),
)


class ProblemShareIn(Asked):
    region: KoreanRegion
    note: Reason = Field(description="How it is with you")


class ProblemReasonIn(Asked):
    reason: FullReason


class ProblemMergeIn(ProblemReasonIn):
    into: str = Field(max_length=20, description="Number of the problem that says the same")


@router.get("", auth=_SEES, response=answers(Page[FieldProblemOut]), summary="Problems of the field")
def list_field_problems(
    request: HttpRequest,
    words: str = "",
    state: ProblemState | None = None,
    topic: Topic | None = None,
    region: KoreanRegion | None = None,
    own: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[FieldProblemOut]:
    """The newest first: all of the register for who keeps it or works at a desk, else your own and the public ones."""
    actor = actor_of(request)
    asked = lists.Asked(words[:100], state or "", topic or "", region or "", own)
    found = lists.found_among(lists.problems_visible_to(actor), asked, actor)
    return page_by_time(
        found, field="proposed_at", cursor=cursor, limit=limit, shape=lambda one: problem_out(one, actor.pk)
    )


@router.post("", auth=_PROPOSES, response=answers(FieldProblemOut), summary="Propose a problem")
@once
def propose_field_problem(request: HttpRequest, asked: FieldProblemIn) -> FieldProblemOut:
    """Ask for problems alike before: another that says the same is merged with it."""
    actor = actor_of(request)
    return problem_out(propose_problem(asked.said(), actor=actor, now=timezone.now()), actor.pk)


@router.post("/alike", auth=_PROPOSES, response=answers(AlikeProblemsOut), summary="Problems that may say the same")
def find_problems_alike(request: HttpRequest, asked: FieldProblemIn) -> AlikeProblemsOut:
    """Of those that you may see; nothing is kept."""
    actor = actor_of(request)
    said = checked_problem(asked.said(), today=timezone.now().astimezone(OFFICE_ZONE).date())
    found = likely_duplicates(said, account=actor)
    return AlikeProblemsOut(problems=[problem_out(one, actor.pk) for one in found])


@router.get("/{uuid:problem_id}", auth=_SEES, response=answers(FieldProblemOut), summary="One problem of the field")
def get_field_problem(request: HttpRequest, problem_id: UUID) -> FieldProblemOut:
    return problem_out(_found(request, problem_id), actor_of(request).pk)


@router.post("/{uuid:problem_id}/share", auth=_PROPOSES, response=answers(FieldProblemOut), summary="We have this too")
@once
def share_field_problem(request: HttpRequest, problem_id: UUID, asked: ProblemShareIn) -> FieldProblemOut:
    """Once for the site or party that you act for."""
    _found(request, problem_id)
    share_problem(problem_id, region=asked.region, note=asked.note, actor=actor_of(request), now=timezone.now())
    return problem_out(_found(request, problem_id), actor_of(request).pk)


@router.post(
    "/{uuid:problem_id}/examine",
    auth=_EXAMINES,
    response=answers(FieldProblemOut),
    summary="Begin to examine a problem",
)
@once
def examine_field_problem(request: HttpRequest, problem_id: UUID, asked: ProblemReasonIn) -> FieldProblemOut:
    _found(request, problem_id)
    actor = actor_of(request)
    return problem_out(examine_problem(problem_id, reason=asked.reason, actor=actor, now=timezone.now()), actor.pk)


@router.post("/{uuid:problem_id}/return", auth=_EXAMINES, response=answers(FieldProblemOut), summary="Return a problem")
@once
def return_field_problem(request: HttpRequest, problem_id: UUID, asked: ProblemReasonIn) -> FieldProblemOut:
    """Its proposer reads the reason, and may say it better."""
    _found(request, problem_id)
    actor = actor_of(request)
    return problem_out(return_problem(problem_id, reason=asked.reason, actor=actor, now=timezone.now()), actor.pk)


@router.post(
    "/{uuid:problem_id}/merge", auth=_EXAMINES, response=answers(FieldProblemOut), summary="Merge two problems"
)
@once
def merge_field_problem(request: HttpRequest, problem_id: UUID, asked: ProblemMergeIn) -> FieldProblemOut:
    """Who proposed or shared this one counts as having the other."""
    _found(request, problem_id)
    actor = actor_of(request)
    made = merge_problem(problem_id, into=asked.into, reason=asked.reason, actor=actor, now=timezone.now())
    return problem_out(made, actor.pk)


def _found(request: HttpRequest, problem_id: UUID) -> FieldProblem:
    try:
        return lists.problem_for(actor_of(request), problem_id)
    except RequestError as error:
        raise not_found() from error
