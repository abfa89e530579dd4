"""For everybody, without signing in: what was tried, accepted and refused where, and how the places differ. No person
and no reason stands here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pandok.fields.programme.lists.spread import SpreadAsked, counted_by_region, happened, reached_at
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.fields.programme.web.shown.spread_facts import reached_shown, regions_shown
from pandok.fields.programme.web.spread_forms import SpreadFilterForm
from pandok.web.page_language import say
from pandok.web.shown.rendering import render

A_PAGE = 30


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    form = SpreadFilterForm(request.GET)
    form.full_clean()  # what was not understood narrows nothing, and stands beside its field
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = happened(SpreadAsked(**asked))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "regions": regions_shown(counted_by_region(found)),
        "reached": [reached_shown(one) for one in reached_at(list(page.object_list))],
        "page": page,
        "form": form,
        "asked": asked,
        "query": urlencode(asked),
        "topics": [(one.value, say(one.words)) for one in Topic],
        "all_regions": [(one.value, say(one.words)) for one in KoreanRegion],
    }
    return render(request, "pandok/programme/public_spread.html", context)
