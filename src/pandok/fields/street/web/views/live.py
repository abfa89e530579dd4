"""Server-sent events of the control room. An answer is held for a while and says each change as it is found; the
browser's EventSource comes back by itself after `retry`, says in Last-Event-ID what it knows, and is asked anew who it
is. Where more screens wait than the server has places for, the rest ask every BUSY_RETRY_MS.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import RequestError
from pandok.fields.street.lists.changes import alert_mark, change_mark
from pandok.fields.street.lists.now import alert_of
from pandok.fields.street.roles import Action
from pandok.web.held_answers import WATCH, Look, event_of, held
from pandok.web.middleware.deny_by_default import allows

RETRY_MS, BUSY_RETRY_MS = 20, 250
HOLD_S = range(20, 31)
"""Of one answer after the other: screens that came at once, as after a restart, do not all come back at once."""
_STRIDE = 7
_answers = count()
_TYPE = "text/event-stream; charset=utf-8"


@require_safe
@allows(Action.SEE_STREET)
def live(request: AccountRequest) -> HttpResponseBase:
    return _told(request, "street", lambda: str(change_mark()))


@require_safe
@allows(Action.SEE_STREET)
def live_readings(request: AccountRequest, alert_id: str) -> HttpResponseBase:
    """Of one alert: its steps and the readings of its pole."""
    try:
        alert = alert_of(request.user, alert_id)
    except RequestError as error:
        raise Http404 from error
    return _told(request, f"street:{alert.pk}", lambda: alert_mark(alert))


def _told(request: AccountRequest, key: str, look: Look) -> HttpResponseBase:
    known, mark = request.headers.get("Last-Event-ID") or request.GET.get("since", ""), look()
    retry = f"retry: {RETRY_MS}\n\n".encode()
    if known != mark or request.method == "HEAD":
        return HttpResponse(retry + event_of(mark), content_type=_TYPE)
    busy = f"retry: {BUSY_RETRY_MS}\n\n".encode()
    hold_s = HOLD_S[next(_answers) * _STRIDE % len(HOLD_S)]
    answer = StreamingHttpResponse(
        _after(retry, held(WATCH, key, look, known, most_s=hold_s, busy=busy)), content_type=_TYPE
    )
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that gathers answers would hold the event back
    return answer


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
