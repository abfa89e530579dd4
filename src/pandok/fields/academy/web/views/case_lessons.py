"""Lessons of closed cases for who trains: a photograph, five register entries or nothing close, the answer after it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.cases.answering import answer_lesson
from pandok.fields.academy.lists.case_lessons import (
    answer_of,
    answers_of,
    choices_of,
    lesson_to_show,
    next_lesson,
    waiting_lessons,
)
from pandok.fields.academy.models import DesignLesson
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import CaseAnswerForm
from pandok.fields.academy.web.shown.case_answers import program_words
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render

_SHOWN = "academy_case_shown"
NEWEST = 20


@require_safe
@allows(Action.TRAIN)
def next_case(request: AccountRequest) -> HttpResponse:
    return _page(request, next_lesson(request.user, house.blobs()))


@require_POST
@allows(Action.TRAIN)
def answer(request: AccountRequest, lesson_id: UUID) -> HttpResponse:
    lesson = found_or_404(lesson_to_show, request.user, lesson_id)
    form = CaseAnswerForm(request.POST)
    now = timezone.now()
    try:
        chosen = form.chosen() if form.is_valid() else -1
    except ValueError:
        chosen = -1
    confidence = form.sure() if form.is_valid() else None
    kept = request.session.get(_SHOWN) or {}
    shown_at = datetime.fromisoformat(kept["at"]) if kept.get("lesson") == str(lesson.pk) else now
    try:
        found = answer_lesson(
            lesson_id=lesson.pk,
            chosen=chosen,
            confidence=confidence,
            trainee=request.user,
            shown_at=shown_at,
            now=now,
        )
    except PandokError as error:
        if error.error_code == "lesson.answered":
            # Pressed twice: the answer as it was kept.
            known = answers_of(request.user).filter(lesson=lesson).first()
            if known is not None:
                return redirect("academy_case_answer", answer_id=known.pk)
        return _page(request, lesson, error=error, status=refused_status(error))
    return redirect("academy_case_answer", answer_id=found.pk)


@require_safe
@allows(Action.TRAIN)
def answered(request: AccountRequest, answer_id: UUID) -> HttpResponse:
    """One's own answer, the confirmed one, and what the reader program had said: after the answer alone."""
    found = found_or_404(answer_of, request.user, answer_id)
    context = {
        "answer": found,
        "lesson": found.lesson,
        "choices": choices_of(found.lesson),
        "program": program_words(found.lesson),
        "waiting": waiting_lessons(request.user).count(),
    }
    return render(request, "pandok/academy/case_answer.html", context)


@require_safe
@allows(Action.TRAIN)
def photograph(request: AccountRequest, lesson_id: UUID) -> HttpResponse:
    lesson = found_or_404(lesson_to_show, request.user, lesson_id)
    keep_look(request, lesson.photograph_sha256, f"design_lesson:{lesson.pk}", timezone.now())
    return image(house.blobs().get(lesson.photograph_sha256))


@require_safe
@allows(Action.TRAIN)
def choice(request: AccountRequest, lesson_id: UUID, number: int) -> HttpResponse:
    """The picture of a register entry: published, and shown to trainees who may see no case."""
    lesson = found_or_404(lesson_to_show, request.user, lesson_id)
    choices = choices_of(lesson)
    if number >= len(choices) or choices[number].view is None:
        raise Http404
    view = choices[number].view
    assert view is not None
    return image(house.blobs().get(view.sha256))


def _page(
    request: AccountRequest, lesson: DesignLesson | None, *, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    kept = request.session.get(_SHOWN) or {}
    if lesson is not None and kept.get("lesson") != str(lesson.pk):
        request.session[_SHOWN] = {"lesson": str(lesson.pk), "at": timezone.now().isoformat()}
    own = answers_of(request.user)
    context = {
        "lesson": lesson,
        "choices": choices_of(lesson) if lesson else [],
        "waiting": waiting_lessons(request.user).count(),
        "answers": own.order_by("-answered_at")[:NEWEST],
        "right": own.filter(right=True).count(),
        "all": own.count(),
        "confidences": range(1, 6),
        "error": error,
    }
    return render(request, "pandok/academy/case.html", context, status=status)
