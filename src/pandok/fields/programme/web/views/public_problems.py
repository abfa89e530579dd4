"""For everybody, without signing in: problems that were taken up. No person, reason or note of a body stands here."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.problem_facts import facts_of
from pandok.fields.programme.lists.problems import public_problems
from pandok.fields.programme.topics import KoreanRegion
from pandok.fields.programme.web.shown.firm_facts import firms_shown
from pandok.fields.programme.web.views.problem_pages import listed, problem_row
from pandok.web.shown.rendering import render


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    return render(request, "pandok/programme/public_problems.html", listed(request, public_problems()))


@login_not_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_problems(), number=number)
    regions = Counter(found.shares.filter(until=None).values_list("region", flat=True))
    context = problem_row(found) | {
        "facts": facts_of(found),
        "firms": firms_shown(found),
        "shares": [(KoreanRegion(region).words, count) for region, count in sorted(regions.items())],
    }
    return render(request, "pandok/programme/public_problem.html", context)
