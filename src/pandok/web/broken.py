"""The page that is shown when nothing can be asked any more: both languages, without session, account or database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from pandok.core.text import Text

RETRY_AFTER_S = 30


def broken_page(status: int, what: Text, next_step: Text) -> HttpResponse:
    # Rendered without request: context processors ask the database, and it may be the thing that failed.
    html = render_to_string("pandok/broken.html", {"status": status, "what": what, "next_step": next_step})
    answer = HttpResponse(html, status=status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked: the queue on the phone, and callers of the API."""
    return request.headers.get("Accept", "").startswith("application/json")
