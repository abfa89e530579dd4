"""The page that is shown when nothing can be asked any more: both languages, without session, account or database."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from pandok.common.people.kept_forms import SECRET
from pandok.core.text import Text

RETRY_AFTER_S = 30
_NOT_WRITTEN = ("csrfmiddlewaretoken", "next")
_YOURS = Text(ko="처리할 사람: 본인", en="Whose turn: yours")
_OURS = Text(ko="처리할 사람: 관리자. 기록은 남아 있습니다.", en="Whose turn: the administrator's. It is on record.")


def whose_turn(status: int) -> Text:
    return _OURS if status >= 500 else _YOURS


def broken_page(
    status: int,
    what: Text,
    next_step: Text,
    *,
    request: HttpRequest | None = None,
    beside: Mapping[str, str] | None = None,
) -> HttpResponse:
    """With `request`, a form that was sent comes back with what was written in it, to be sent again from this page;
    `beside`: fields that go along, in place of those of the same name, and are not shown."""
    # Rendered without request: context processors ask the database, and it may be the thing that failed.
    context = {"status": status, "what": what, "next_step": next_step, "turn": whose_turn(status)}
    html = render_to_string("pandok/broken.html", context | (_sent_again(request, beside or {}) if request else {}))
    answer = HttpResponse(html, status=status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked: the queue on the phone, and callers of the API."""
    return request.headers.get("Accept", "").startswith("application/json")


def _sent_again(request: HttpRequest, beside: Mapping[str, str]) -> dict[str, object]:
    """The fields of a form that was sent; a password or code is never given back, and then nothing can be sent again.

    A form whose file did not come in whole cannot be read any more either.
    """
    if request.method != "POST" or request.path.startswith("/api/"):
        return {}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except Exception:
        return {}
    fields = [(name, str(value)) for name, value in fields if name not in _NOT_WRITTEN and name not in beside]
    is_secret = any(SECRET.search(name) for name, _ in fields)
    shown = [value for name, value in fields if value.strip() and not SECRET.search(name)]
    return {
        "fields": [] if is_secret or files else [*fields, *beside.items()],
        "shown": shown,
        "had_files": files,
        "path": request.get_full_path(),
        "csrf_token": get_token(request),
    }
