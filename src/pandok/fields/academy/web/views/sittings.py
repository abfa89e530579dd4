"""The console: one picture after the other, against the clock, with the keys of the reading desk."""

from __future__ import annotations

import logging
from base64 import b64encode
from math import ceil
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pandok.common.store_faults import store_fault
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.text import Text
from pandok.fields.academy.acts.sittings.answering import LINE_S, confide, say, show
from pandok.fields.academy.acts.sittings.ending import end, go_on, pause
from pandok.fields.academy.acts.sittings.limit import ends_at
from pandok.fields.academy.kinds import Said, SittingMode
from pandok.fields.academy.lists.answered import was_hit
from pandok.fields.academy.lists.bank import picture_with_views
from pandok.fields.academy.lists.visible import own_sitting, twins_of
from pandok.fields.academy.models import Shown, Sitting, TrialAnswer
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import OPEN, SittingState
from pandok.fields.academy.web.forms import ConfidenceForm, SayForm, StepForm, WithinForm
from pandok.fields.academy.web.pressed import moment_of, signed_moment
from pandok.fields.academy.web.shown.console import (
    CONFIDENCES,
    DECISIONS,
    GO_ON,
    NEXT,
    PAUSE,
    article_words,
    feedback_viewer,
    picture_viewer,
)
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.fields.academy.web.views.pictures import ahead_key
from pandok.web.broken import broken_page
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

_log = logging.getLogger("pandok.web")
_SEND_AGAIN = Text(
    ko="답은 이 화면에 남아 있고, 누른 시각도 함께 남아 있습니다. 관리자에게 알리고 잠시 뒤 다시 보내십시오.",
    en="Your answer stays on this page, with the moment at which you gave it. Tell the administrator; send it again.",
)


@require_safe
@allows(Action.TRAIN)
def sitting(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    """Where it stands: paused, the picture, how sure, or what was right and the way on."""
    found = found_or_404(own_sitting, request.user, sitting_id)
    if found.stands not in OPEN:
        return redirect("academy_result", sitting_id=found.pk)
    return _page_of(request, found)


@require_POST
@allows(Action.TRAIN)
def next_picture(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    found = found_or_404(own_sitting, request.user, sitting_id)
    form = meant(StepForm(request.POST))
    try:
        shown = show(sitting_id=found.pk, trainee=request.user, number=form.cleaned_data["number"], now=timezone.now())
    except PandokError as error:
        return _page(request, found, error=error, status=422)
    held = _keys(request, shown, form.held_views()) if shown and not shown.said else []
    return _on(request, found, form, held)


@require_POST
@allows(Action.TRAIN)
def decide(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    found = found_or_404(own_sitting, request.user, sitting_id)
    form, now = meant(SayForm(request.POST)), timezone.now()
    number, marks, said = form.cleaned_data["number"], form.cleaned_data["marks"], form.said()
    before = moment_of(form.cleaned_data["pressed"], found.pk, number, said.value, marks)
    try:
        say(
            sitting_id=found.pk,
            trainee=request.user,
            number=number,
            said=said,
            marks=marks,
            functions=form.used(),
            now=now,
            pressed_at=before,
        )
    except PandokError as error:
        return _page(request, found, error=error, status=422)
    except DatabaseError as error:
        fault = store_fault(error)
        if fault is None:
            raise
        _log.error("%s %s", fault.error_code, fault, exc_info=error)
        beside = {"pressed": signed_moment(found.pk, number, said.value, marks, before or now)}
        return broken_page(503, fault.what, _SEND_AGAIN, request=request, beside=beside)
    return _on(request, found, form)


@require_POST
@allows(Action.TRAIN)
def confidence(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    found = found_or_404(own_sitting, request.user, sitting_id)
    form = meant(ConfidenceForm(request.POST))
    try:
        confide(
            sitting_id=found.pk,
            trainee=request.user,
            number=form.cleaned_data["number"],
            confidence=form.cleaned_data["confidence"],
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, found, error=error, status=422)
    return _on(request, found, form)


@require_POST
@allows(Action.TRAIN)
def pause_sitting(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    return _moved(request, sitting_id, pause)


@require_POST
@allows(Action.TRAIN)
def go_on_sitting(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    return _moved(request, sitting_id, go_on)


@require_POST
@allows(Action.TRAIN)
def end_sitting(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    return _moved(request, sitting_id, end)


def _moved(request: AccountRequest, sitting_id: UUID, act: Any) -> HttpResponse:
    found = found_or_404(own_sitting, request.user, sitting_id)
    form = meant(WithinForm(request.POST))
    try:
        act(sitting_id=found.pk, trainee=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, error=error, status=422)
    return _on(request, found, form)


def _on(request: AccountRequest, found: Sitting, form: Any, held: list[dict[str, Any]] | None = None) -> HttpResponse:
    """The page of the sitting as it stands now; a script is given it, and told where it is."""
    found = own_sitting(request.user, found.pk)
    if form.cleaned_data["within_page"] and found.stands in OPEN:
        address, page = reverse("academy_sitting", args=[found.pk]), _page_of(request, found).content.decode()
        return JsonResponse({"address": address, "held": held or [], "page": page})
    return redirect("academy_sitting" if found.stands in OPEN else "academy_result", sitting_id=found.pk)


def _keys(request: AccountRequest, shown: Shown, claimed: frozenset[int]) -> list[dict[str, Any]]:
    """Keys to what the browser fetched ahead, now that its time runs."""
    return [
        {
            "view": view.pk,
            "key": b64encode(ahead_key(view, request.user)).decode(),
            "planes_url": reverse("academy_planes", args=[view.pk]),
            "rows": view.rows,
            "columns": view.columns,
        }
        for view in shown.picture.views.order_by("position")
        if view.pk in claimed
    ]


def _page(
    request: AccountRequest, found: Sitting, *, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    return _page_of(request, own_sitting(request.user, found.pk), error=error, status=status)


def _page_of(
    request: AccountRequest, found: Sitting, *, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    """Of a sitting as it stands now."""
    shown = Shown.objects.filter(sitting=found).first()
    context: dict[str, Any] = {
        "sitting": found,
        "course": found.course,
        "mode": SittingMode(found.mode).words,
        "shown": shown,
        "left_minutes": _left_minutes(found),
        "of": len(found.order),
        "as_a_whole": ends_at(found) is not None,
        "pause": PAUSE,
        "error": error,
    }
    if found.stands is SittingState.PAUSED or shown is None:
        template, more = "paused", _told(go_on=GO_ON)
    elif shown.said:
        template, more = "confidence", _told(confidences=CONFIDENCES, said=Said(shown.said).words)
    elif shown.shown_at is not None:
        template, more = "picture", _picture(found, shown)
    else:
        template, more = "between", _between(found, shown)
    return render(request, f"pandok/academy/{template}.html", {**context, **more}, status=status)


def _left_minutes(found: Sitting) -> int:
    """Of the minutes of training; of the whole test, by the clock."""
    end = ends_at(found)
    if end is None:
        return max(0, round(found.course.minutes - found.spent_s / 60))
    return max(0, ceil((end - timezone.now()).total_seconds() / 60))


def _picture(found: Sitting, shown: Shown) -> dict[str, Any]:
    assert shown.shown_at is not None
    passed = (timezone.now() - shown.shown_at).total_seconds()
    over = passed > found.course.seconds + LINE_S
    picture = picture_with_views(shown.picture_id)
    return {
        "viewer": None if over else picture_viewer(picture, get_language() or "ko"),
        "left_ms": max(0, round(1000 * (found.course.seconds - passed))),
        "decisions": DECISIONS,
        "over": over,
    }


def _between(found: Sitting, shown: Shown) -> dict[str, Any]:
    """In training what was right; in a test only how far it is."""
    views = list(shown.picture.views.order_by("position"))
    more: dict[str, Any] = {"next": NEXT, "views": views, "viewer": None, "answer": None}
    answer: TrialAnswer | None = found.answers.order_by("-number").first()
    if answer is None or found.mode != SittingMode.TRAIN:
        return more
    picture = picture_with_views(answer.picture_id)
    answer.picture = picture
    twin = twins_of(picture.pk).select_related("article").prefetch_related("views").first()
    return more | {
        "answer": answer,
        "right": was_hit(answer.said, answer.located, bool(answer.marks)) if picture.threat else _passed(answer),
        "viewer": feedback_viewer(answer, twin, get_language() or "ko"),
        "article": article_words(picture),
        "look_alike": picture.article.look_alike if picture.article else None,
        "said": Said(answer.said).words,
        "seconds": answer.seconds,
        "twin": twin,
    }


def _told(**more: Any) -> dict[str, Any]:
    return more


def _passed(answer: TrialAnswer) -> bool:
    return answer.said == Said.CLEAR
