"""Courses of the academy, for trainers: made, closed, and a further test drawn for certificates."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.certificates.drawing import draw_form
from pandok.fields.academy.acts.courses import CourseAsked, close_course, make_course
from pandok.fields.academy.lists.courses import open_courses
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.forms import CloseForm, CourseForm
from pandok.fields.academy.web.views.start import SEED_BITS
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.TEACH)
def courses(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CourseForm())
    form = CourseForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        make_course(asked=CourseAsked(**form.cleaned_data), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, form, error=error, status=422)
    return redirect("academy_courses")


@require_POST
@allows(Action.TEACH)
def close(request: AccountRequest, course_id: UUID) -> HttpResponse:
    reason = meant(CloseForm(request.POST)).cleaned_data["reason"]
    try:
        close_course(course_id=course_id, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _page(request, CourseForm(), error=error, status=422, closing=course_id, reason=reason)
    return redirect("academy_courses")


@require_POST
@allows(Action.TEACH)
def draw(request: AccountRequest, course_id: UUID) -> HttpResponse:
    try:
        draw_form(course_id=course_id, actor=request.user, seed=secrets.randbits(SEED_BITS), now=timezone.now())
    except PandokError as error:
        return _page(request, CourseForm(), error=error, status=422)
    return redirect("academy_courses")


def _page(
    request: AccountRequest,
    form: CourseForm,
    *,
    error: PandokError | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    waits = Count("forms", filter=Q(forms__second_look=None))
    context = {
        "courses": open_courses().prefetch_related("forms").annotate(waits=waits),
        "form": form,
        "error": error,
        **more,
    }
    return render(request, "pandok/academy/courses.html", context, status=status)
