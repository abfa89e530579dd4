"""The first page of the academy: what waits, the own courses, the last result."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.sittings.beginning import begin_sitting, open_sitting_of
from pandok.fields.academy.acts.sittings.limit import most_minutes
from pandok.fields.academy.kinds import CourseKind, SittingMode
from pandok.fields.academy.lists.case_lessons import waiting_lessons
from pandok.fields.academy.lists.courses import OwnCourse, courses_for
from pandok.fields.academy.lists.learning import due_today
from pandok.fields.academy.lists.ledger import counted_minutes
from pandok.fields.academy.lists.results import last_result
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.forms import BeginForm
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

SEED_BITS = 62


@require_safe
@allows(Action.TRAIN)
def start(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_POST
@allows(Action.TRAIN)
def begin(request: AccountRequest) -> HttpResponse:
    form = meant(BeginForm(request.POST))
    try:
        sitting = begin_sitting(
            trainee=request.user,
            course_id=form.cleaned_data["course"],
            mode=form.chosen(),
            seed=secrets.randbits(SEED_BITS),
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, error=error, status=422)
    return redirect("academy_sitting", sitting_id=sitting.pk)


def _limits(one: OwnCourse) -> list[tuple[SittingMode, int]]:
    """Of each test that can be begun: how many minutes it lasts at most."""
    limits = [(mode, most_minutes(one.course, mode)) for mode in one.modes]
    return [(mode, minutes) for mode, minutes in limits if minutes is not None]


def _page(request: AccountRequest, *, error: PandokError | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "open": open_sitting_of(request.user),
        "due": due_today(request.user, now),
        "courses": [
            (one, _limits(one)) for one in courses_for(request.user, now) if one.course.kind == CourseKind.XRAY
        ],
        "cases": waiting_lessons(request.user).count(),
        "last": last_result(request.user),
        "minutes": counted_minutes(request.user),
        "may_teach": request.user.may(Action.TEACH),
        "may_check": request.user.may(Action.SEE_LEDGERS),
        "error": error,
    }
    return render(request, "pandok/academy/start.html", context, status=status)
