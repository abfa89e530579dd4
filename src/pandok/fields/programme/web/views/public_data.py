"""For everybody, without signing in: data sets that were published, with counts of their quality. No row, no name of a
file and no person stands here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.data_sets import public_data_sets, report_now
from pandok.fields.programme.web.shown import data_facts as shown
from pandok.fields.programme.web.views.data_sets import croissant_answer, listed
from pandok.web.shown.rendering import render


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    return render(request, "pandok/programme/public_data_sets.html", listed(request, public_data_sets()))


@login_not_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_data_sets(), number=number)
    newest = report_now(found)
    context = shown.data_set_row(found, newest) | {
        "facts": shown.facts_of(found),
        "use": shown.use_facts(found, timezone.now()),
        "sections": shown.sections_of(newest, inside=False) if newest else [],
    }
    return render(request, "pandok/programme/public_data_set.html", context)


@login_not_required
@require_safe
def croissant(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_data_sets(), number=number)
    return croissant_answer(found, request.build_absolute_uri(f"/data-sets/{found.number}/"))
