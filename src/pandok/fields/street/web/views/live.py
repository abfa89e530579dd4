"""Server-sent events of the control room. Each answer is short: what changed since the last one, and when to ask again.

An event stream that stays open would hold one of the server's few threads for every screen; the browser's EventSource
comes back by itself after `retry`, and says in Last-Event-ID what it knows.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.street.lists.changes import change_mark
from pandok.fields.street.roles import Action
from pandok.web.middleware.deny_by_default import allows

RETRY_MS = 1000


@require_safe
@allows(Action.SEE_STREET)
def live(request: AccountRequest) -> HttpResponse:
    known = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    mark = change_mark()
    told = f"retry: {RETRY_MS}\n"
    told += f": {mark}\n\n" if known == str(mark) else f"id: {mark}\nevent: changed\ndata: {mark}\n\n"
    return HttpResponse(told, content_type="text/event-stream; charset=utf-8")
