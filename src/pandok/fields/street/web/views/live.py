"""Server-sent events of the control room. Each answer is short: what changed since the last one, and when to ask again.

An event stream that stays open would hold one of the server's few threads for every screen; the browser's EventSource
comes back by itself after `retry`, and says in Last-Event-ID what it knows.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import RequestError
from pandok.fields.street.lists.changes import alert_mark, change_mark
from pandok.fields.street.lists.now import alert_of
from pandok.fields.street.roles import Action
from pandok.web.middleware.deny_by_default import allows

RETRY_MS = 1000


@require_safe
@allows(Action.SEE_STREET)
def live(request: AccountRequest) -> HttpResponse:
    return _told(request, str(change_mark()))


@require_safe
@allows(Action.SEE_STREET)
def live_readings(request: AccountRequest, alert_id: str) -> HttpResponse:
    """Of one alert: its steps and the readings of its pole."""
    try:
        return _told(request, alert_mark(alert_of(request.user, alert_id)))
    except RequestError as error:
        raise Http404 from error


def _told(request: AccountRequest, mark: str) -> HttpResponse:
    known = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    told = f"retry: {RETRY_MS}\n"
    told += f": {mark}\n\n" if known == mark else f"id: {mark}\nevent: changed\ndata: {mark}\n\n"
    return HttpResponse(told, content_type="text/event-stream; charset=utf-8")
