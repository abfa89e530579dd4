"""What a form brings is read without letters that show nothing; passwords are taken as they were typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from pandok.common.people.kept_forms import SECRET
from pandok.core.hidden_letters import without_hidden

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class HiddenLetters:
    """Behind the check of the form's token, which has read the form. Views that say themselves how files are received
    are exempt from that check, and call `leave_out` (pandok.web.in_memory_upload); calls have StrictParser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> None:
        if request.method == "POST" and request.content_type in _FORMS and not getattr(view, "csrf_exempt", False):
            leave_out(request)


def leave_out(request: HttpRequest) -> None:
    sent = request.POST
    if all(one.isascii() for _, values in sent.lists() for one in values):
        return
    cleaned = sent.copy()
    for name, values in sent.lists():
        if not SECRET.search(name):
            cleaned.setlist(name, [without_hidden(one) for one in values])
    cleaned._mutable = False  # as Django's own
    request.POST = cleaned  # type: ignore[assignment]
