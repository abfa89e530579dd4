"""Open courses: what there is, the questions of one, its notebook, and the certificate at its end."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.completion_pdf import completion_pdf
from pandok.fields.academy.acts.open_courses import answer_question, complete, course_named
from pandok.fields.academy.lists.open_progress import Progress, own_progress, progress_of
from pandok.fields.academy.models import CourseAnswer, CourseCompletion
from pandok.fields.academy.open_courses.course_text import CourseText, Question
from pandok.fields.academy.open_courses.notebook import notebook_of
from pandok.fields.academy.roles import Action
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import Unseen, Written, meant
from pandok.web.shown.rendering import render


class AnswerForm(forms.Form):
    question = Unseen()
    answer = Written(room=30)


@dataclass(frozen=True)
class Asked:
    """`tried`: what was last written, where it was not right."""

    question: Question
    answer: float | None
    tried: str


@require_safe
@allows(Action.TAKE_OPEN_COURSES)
def shelf(request: AccountRequest) -> HttpResponse:
    return render(request, "pandok/academy/open_courses.html", {"rows": own_progress(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.TAKE_OPEN_COURSES)
def course(request: AccountRequest, name: str) -> HttpResponse:
    found = _found(name)
    if request.method != "POST":
        return _page(request, found)
    sent = meant(AnswerForm(request.POST)).cleaned_data
    written = (sent["question"], sent["answer"])
    try:
        kept = answer_question(found, *written, account=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, written=written, error=error, status=422)
    if kept.right:
        return redirect("academy_open_course", name=name)
    return _page(request, found, written=written, wrong=kept, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.TAKE_OPEN_COURSES)
def completion(request: AccountRequest, name: str) -> HttpResponse:
    """POST takes the certificate; GET prints it."""
    found = _found(name)
    if request.method != "POST":
        kept = CourseCompletion.objects.filter(account=request.user, course=name).first()
        if kept is None:
            raise Http404
        response = HttpResponse(completion_pdf(kept, _language()), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{kept.number}.pdf"'
        return response
    try:
        complete(found, account=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, error=error, status=409)
    return redirect("academy_open_course", name=name)


@require_safe
@allows(Action.TAKE_OPEN_COURSES)
def notebook(request: AccountRequest, name: str) -> HttpResponse:  # noqa: ARG001
    response = HttpResponse(notebook_of(_found(name), _language()), content_type="application/x-ipynb+json")
    response["Content-Disposition"] = f'attachment; filename="{name}.ipynb"'
    return response


def _page(
    request: AccountRequest,
    found: CourseText,
    *,
    written: tuple[str, str] = ("", ""),
    wrong: CourseAnswer | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    progress: Progress = progress_of(request.user, found)
    asked = [
        Asked(one, progress.answered.get(one.name), written[1] if one.name == written[0] else "")
        for one in found.questions
    ]
    context = {"course": found, "progress": progress, "asked": asked, "wrong": wrong, "error": error}
    return render(request, "pandok/academy/open_course.html", context, status=status)


def _found(name: str) -> CourseText:
    found = course_named(name)
    if found is None:
        raise Http404
    return found


def _language() -> str:
    return "ko" if (get_language() or "ko").startswith("ko") else "en"
