"""The one place where an expected error becomes a page: what happened, whose turn it is, what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pandok.core.errors import InputError, PandokError

_log = logging.getLogger("pandok.web")


class ExpectedErrors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, PandokError):
            return None
        status = 422 if isinstance(error, InputError) else 503
        if status == 503:
            _log.error("%s %s", error.error_code, error)
        return render(request, "pandok/error.html", {"error": error, "status": status}, status=status)
