"""For everybody, without signing in: what was tried, accepted and refused where, and how the places differ. No person
and no reason stands here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.spread import counted_by_region, moments, reached_at
from pandok.fields.programme.web.shown.spread_facts import reached_shown, regions_shown
from pandok.web.shown.rendering import render

A_PAGE = 30


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    page = Paginator(moments(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "regions": regions_shown(counted_by_region()),
        "reached": [reached_shown(one) for one in reached_at(list(page.object_list))],
        "page": page,
    }
    return render(request, "pandok/programme/public_spread.html", context)
