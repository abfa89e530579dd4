"""The one place where an expected error becomes a page: what happened, whose turn it is, what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pandok.common.store_faults import store_fault
from pandok.core.errors import InputError, PandokError
from pandok.web.broken import broken_page, wants_json

_log = logging.getLogger("pandok.web")


class ExpectedErrors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        expected = error if isinstance(error, PandokError) else store_fault(error)
        if expected is None:
            return None
        status = 422 if isinstance(expected, InputError) else 503
        if status == 503:
            _log.error("%s %s", expected.error_code, expected, exc_info=error)
        if status == 503 and wants_json(request):
            return JsonResponse(expected.as_dict(), status=status)
        if expected is not error or (status == 503 and request.method == "POST"):
            # The page around it asks the database, which may be what just failed; what was written comes back.
            return broken_page(status, expected.what, expected.next_step, request=request)
        return render(request, "pandok/error.html", {"error": expected, "status": status}, status=status)
