"""What the views of calls share: a list in pages, a row of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from pandok.fields.programme.call_kinds import CallKind
from pandok.fields.programme.call_states import CallPhase
from pandok.fields.programme.lists.calls import CallsAsked, calls_among, phase_now
from pandok.fields.programme.models import Call
from pandok.fields.programme.web.call_forms import CallFilterForm
from pandok.web.page_language import say

A_PAGE = 30
_BADGES = {
    CallPhase.OPEN: "badge-good",
    CallPhase.COMING: "badge-unsure",
    CallPhase.UNDER_REVIEW: "badge-unsure",
}


def call_list(request: HttpRequest, calls: QuerySet[Call], now: datetime) -> dict[str, Any]:
    form = CallFilterForm(request.GET)
    form.full_clean()
    asked = CallsAsked(**form.cleaned_data)
    page = Paginator(calls_among(calls, asked, now), A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": [call_row(one, now) for one in page],
        "asked": asked,
        "query": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
        "phases": [(one.value, say(one.words)) for one in CallPhase],
        "kinds": [(one.value, say(one.words)) for one in CallKind],
    }


def call_row(call: Call, now: datetime) -> dict[str, Any]:
    phase = phase_now(call, now)
    return {
        "call": call,
        "phase": phase.words,
        "badge": _BADGES.get(phase, "badge-plain"),
        "kind": CallKind(call.kind).words,
    }
