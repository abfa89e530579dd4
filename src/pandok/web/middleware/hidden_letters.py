"""What a form brings is read without letters that show nothing; passwords are taken as they were typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from pandok.web.hidden_letters import leave_out

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
