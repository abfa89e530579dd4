"""Closed cases as lessons, for the desk: prepared by one, released by another."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.bank.plans import MOST_SEED
from pandok.fields.academy.acts.cases.making import prepare_lesson, release_lesson, take_lesson_away
from pandok.fields.academy.lists.case_lessons import cases_to_teach, choices_of, lessons_for
from pandok.fields.academy.models import DesignLesson
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import LessonState
from pandok.fields.academy.web.lesson_forms import CaseLessonForm, ReleaseForm
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.counterfeit.models import Case
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

NEWEST = 50


@require_safe
@allows(Action.MAKE_DESIGN_LESSONS)
def cases(request: AccountRequest) -> HttpResponse:
    lessons = lessons_for(request.user)[: 2 * NEWEST]
    context = {
        "cases": cases_to_teach(request.user)[:NEWEST],
        "lessons": [(one, one.stands.words) for one in lessons],
    }
    return render(request, "pandok/academy/case_material.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MAKE_DESIGN_LESSONS)
def prepare(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = cases_to_teach(request.user).filter(pk=case_id).first()
    if case is None:
        raise Http404
    if request.method != "POST":
        return _prepare_page(request, case, CaseLessonForm(), None)
    form = CaseLessonForm(request.POST)
    if not form.is_valid():
        return _prepare_page(request, case, form, None, status=422)
    try:
        lesson = prepare_lesson(
            case_id=case.pk,
            photograph=form.cleaned_data["photograph"] or 0,
            note_ko=form.cleaned_data["note_ko"],
            note_en=form.cleaned_data["note_en"],
            actor=request.user,
            now=timezone.now(),
            seed=random.SystemRandom().randrange(MOST_SEED),
            blobs=house.blobs(),
        )
    except PandokError as error:
        return _prepare_page(request, case, form, error, status=refused_status(error))
    return redirect("academy_case_lesson", lesson_id=lesson.pk)


@require_safe
@allows(Action.MAKE_DESIGN_LESSONS)
def case_photograph(request: AccountRequest, case_id: UUID, number: int) -> HttpResponse:
    case = cases_to_teach(request.user).filter(pk=case_id).first()
    photographs = list(case.signal.photographs.all()) if case else []
    if case is None or number >= len(photographs):
        raise Http404
    keep_look(request, photographs[number].sha256, f"case:{case.pk}", timezone.now())
    return image(house.blobs().get(photographs[number].sha256))


@require_safe
@allows(Action.MAKE_DESIGN_LESSONS)
def lesson(request: AccountRequest, lesson_id: UUID) -> HttpResponse:
    return _lesson_page(request, _lesson(request, lesson_id))


@require_POST
@allows(Action.RELEASE_DESIGN_LESSONS)
def release(request: AccountRequest, lesson_id: UUID) -> HttpResponse:
    found = _lesson(request, lesson_id)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _lesson_page(request, found, form=form, status=422)
    return _done(request, found, release_lesson)


@require_POST
@allows(Action.MAKE_DESIGN_LESSONS)
def take_away(request: AccountRequest, lesson_id: UUID) -> HttpResponse:
    found = _lesson(request, lesson_id)
    reason = meant(ReasonForm(request.POST)).why()
    return _done(request, found, take_lesson_away, reason=reason)


def _done(request: AccountRequest, found: DesignLesson, act: Any, **more: str) -> HttpResponse:
    try:
        act(lesson_id=found.pk, actor=request.user, now=timezone.now(), **more)
    except PandokError as error:
        return _lesson_page(request, found, error=error, status=refused_status(error))
    return redirect("academy_case_lesson", lesson_id=found.pk)


def _lesson(request: AccountRequest, lesson_id: UUID) -> DesignLesson:
    found = lessons_for(request.user).filter(pk=lesson_id).first()
    if found is None:
        raise Http404
    return found


def _prepare_page(
    request: AccountRequest, case: Case, form: CaseLessonForm, error: PandokError | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "case": case,
        "true": case.figure.design,
        "photographs": list(enumerate(case.signal.photographs.all())),
        "form": form,
        "error": error,
    }
    return render(request, "pandok/academy/case_prepare.html", context, status=status)


def _lesson_page(
    request: AccountRequest,
    found: DesignLesson,
    *,
    form: ReleaseForm | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    another = found.made_by_id != request.user.pk and request.user.may(Action.RELEASE_DESIGN_LESSONS)
    context = {
        "lesson": found,
        "state": found.stands.words,
        "choices": choices_of(found),
        "may_release": another and found.stands is LessonState.IN_REVIEW,
        "may_take_away": found.stands in (LessonState.IN_USE,)
        or (found.stands is LessonState.IN_REVIEW and found.made_by_id != request.user.pk),
        "form": form or ReleaseForm(),
        "reason_form": ReasonForm(),
        "error": error,
    }
    return render(request, "pandok/academy/case_lesson.html", context, status=status)
