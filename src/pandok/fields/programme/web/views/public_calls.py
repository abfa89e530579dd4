"""For everybody, without signing in: calls that are coming, open and past. No person, file, score or reviewer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.calls import public_calls, public_problems_of
from pandok.fields.programme.lists.public_selections import public_selection
from pandok.fields.programme.web.shown.call_facts import call_facts, cancelled_because, criteria_shown, questions_of
from pandok.fields.programme.web.shown.ranking_rows import METHOD, rank_shown
from pandok.fields.programme.web.views.call_pages import call_list, call_row
from pandok.web.shown.rendering import render


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    return render(request, "pandok/programme/public_calls.html", call_list(request, public_calls(), timezone.now()))


@login_not_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_calls(), number=number)
    told = public_selection(found)
    context = call_row(found, timezone.now()) | {
        "facts": call_facts(found),
        "criteria": criteria_shown(found),
        "questions": questions_of(found),
        "problems": public_problems_of(found),
        "cancelled_because": cancelled_because(found),
        "selection": told,
        "ranking": [rank_shown(one.rank) for one in told.rows] if told else [],
        "method": METHOD,
    }
    return render(request, "pandok/programme/public_call.html", context)
