"""For everybody, without signing in: what was tried, accepted and refused where, and how the places differ. No person
and no reason stands here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.spread import reached
from pandok.fields.programme.web.shown.spread_facts import reached_shown, regions_shown
from pandok.web.shown.rendering import render


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    found = reached()
    context = {"regions": regions_shown(found), "reached": [reached_shown(one) for one in found]}
    return render(request, "pandok/programme/public_spread.html", context)
