"""One's own training, for programs: courses, sittings, results, the ledger. Pictures are read at the console alone,
where their time runs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from pandok.core.errors import RequestError
from pandok.fields.academy.api.shapes import (
    CourseOut,
    ReadingResultOut,
    SittingOut,
    TrainingLedgerOut,
    course_out,
    result_out,
    sitting_out,
)
from pandok.fields.academy.lists.courses import courses_for
from pandok.fields.academy.lists.ledger import ledger_of
from pandok.fields.academy.lists.results import person_answers, results_of, sitting_answers, sittings_of
from pandok.fields.academy.lists.visible import sitting_of
from pandok.fields.academy.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.refusals import answers, not_found

router = Router(tags=["academy"])
_TRAINS = may(Action.TRAIN)


@router.get("/courses", auth=_TRAINS, response=answers(list[CourseOut]), summary="Courses of the academy")
def list_courses(request: HttpRequest) -> list[CourseOut]:
    own = courses_for(actor_of(request), timezone.now())
    return [course_out(one.course, one.due_on, one.modes) for one in own]


@router.get("/sittings", auth=_TRAINS, response=answers(list[SittingOut]), summary="Your own sittings")
def list_sittings(request: HttpRequest) -> list[SittingOut]:
    """The last fifty, the newest first."""
    return [sitting_out(one) for one in sittings_of(actor_of(request), timezone.now())]


@router.get(
    "/sittings/{uuid:sitting_id}/result",
    auth=_TRAINS,
    response=answers(ReadingResultOut),
    summary="Result of a sitting",
)
def get_sitting_result(request: HttpRequest, sitting_id: UUID) -> ReadingResultOut:
    """Your own, or of a member of your group while the membership stands."""
    try:
        sitting = sitting_of(actor_of(request), sitting_id)
    except RequestError as error:
        raise not_found() from error
    return result_out(results_of(sitting_answers(sitting), sitting.seed % 1_000_003))


@router.get("/result", auth=_TRAINS, response=answers(ReadingResultOut), summary="Your own results now")
def get_own_result(request: HttpRequest) -> ReadingResultOut:
    """Of your last 200 answers."""
    actor = actor_of(request)
    return result_out(results_of(person_answers(actor), actor.pk))


@router.get("/ledger", auth=_TRAINS, response=answers(TrainingLedgerOut), summary="Your own ledger of minutes")
def get_own_ledger(request: HttpRequest) -> TrainingLedgerOut:
    found = ledger_of(actor_of(request))
    return TrainingLedgerOut(
        rows=found.rows,
        seconds=found.seconds,
        pictures=found.pictures,
        sound=found.broken is None,
        broken_row=found.broken.sequence if found.broken else None,
    )
