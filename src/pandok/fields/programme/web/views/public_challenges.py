"""For everybody, without signing in: challenges that are announced, open and past. Of teams their names alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.challenges import public_challenges
from pandok.fields.programme.web.shown.challenge_facts import challenge_row, challenge_shown
from pandok.web.shown.rendering import render

A_PAGE = 30


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_challenges().order_by("-announced_at"), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [challenge_row(one) for one in page]}
    return render(request, "pandok/programme/public_challenges.html", context)


@login_not_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_challenges(), number=number)
    return render(request, "pandok/programme/public_challenge.html", challenge_shown(found, timezone.now()))
