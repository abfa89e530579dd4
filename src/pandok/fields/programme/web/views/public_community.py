"""For everybody, without signing in: notices, questions and answers. Of people team or role, never a name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pandok.core.text import Text
from pandok.fields.programme.lists.challenges import public_challenges
from pandok.fields.programme.lists.community import (
    corrections_of,
    public_notices,
    public_questions,
    questions_of,
)
from pandok.fields.programme.lists.firms import public_cards
from pandok.fields.programme.models import Challenge
from pandok.fields.programme.post_states import NoticeState
from pandok.fields.programme.web.shown.challenge_facts import challenge_row
from pandok.fields.programme.web.shown.post_facts import notice_row, post_shown, voice_of
from pandok.web.shown.rendering import render

A_PAGE, THE_NEWEST = 20, 5


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    notices = public_notices().filter(state=NoticeState.PUBLISHED.value)[:THE_NEWEST]
    context = {
        "notices": [notice_row(one) for one in notices],
        "questions": [(one, voice_of(one)) for one in public_questions()[:THE_NEWEST]],
        "firms": public_cards()[:THE_NEWEST],
        "challenges": [challenge_row(one) for one in public_challenges().order_by("-announced_at")[:THE_NEWEST]],
    }
    return render(request, "pandok/programme/community.html", context)


@login_not_required
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    return render(request, "pandok/programme/public_discussion.html", _discussed(request, None))


@login_not_required
@require_safe
def discussion(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_challenges(), number=number)
    return render(request, "pandok/programme/public_discussion.html", _discussed(request, found))


@login_not_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_notices(), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [notice_row(one) for one in page]}
    return render(request, "pandok/programme/public_notices.html", context)


@login_not_required
@require_safe
def notice(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_notices(), number=number)
    return render(request, "pandok/programme/public_notice.html", notice_row(found))


def _discussed(request: HttpRequest, challenge: Challenge | None) -> dict[str, Any]:
    page = Paginator(questions_of(challenge), A_PAGE).get_page(request.GET.get("page"))
    told: dict[str, Any] = {"page": page, "posts": [post_shown(one) for one in page]}
    if challenge is None:
        return told
    corrections = [(Text(ko=one.text, en=one.text_en), one) for one in corrections_of(challenge)]
    return told | challenge_row(challenge) | {"corrections": corrections}
