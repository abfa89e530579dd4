"""Replays: what readers as they run, and others, made of a stored period."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.street.models import RegisteredReplay, Replay
from pandok.fields.street.roles import Action
from pandok.fields.street.web.shown.replay_rows import replay_tables
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

A_PAGE = 10


@require_safe
@allows(Action.SEE_STREET)
def list_replays(request: AccountRequest) -> HttpResponse:
    page = Paginator(Replay.objects.select_related("asked_by", "registered"), A_PAGE).get_page(request.GET.get("page"))
    waiting = RegisteredReplay.objects.filter(replay=None)[:A_PAGE]
    context = {"waiting": waiting, "page": page, "replays": replay_tables(page.object_list)}
    return render(request, "pandok/street/replays.html", context)
