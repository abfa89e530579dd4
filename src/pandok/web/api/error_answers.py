"""The one place where an exception becomes an answer of the API."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pandok.common.store_faults import store_fault
from pandok.core.errors import PandokError
from pandok.web.api.parsing import JSON
from pandok.web.api.refusals import as_json, refusal

_log = logging.getLogger("pandok.api")
_SENT_AS_FORM = frozenset({"file", "form"})


def install(api: NinjaAPI) -> None:
    """Make `api` answer every exception in the shape of refusals."""
    answers: dict[type[Exception], Callable[[HttpRequest, Any], JsonResponse]] = {
        PandokError: _expected,
        ValidationError: _invalid,
        HttpError: _unreadable,
        AuthenticationError: lambda *_: as_json(refusal(401)),
        Http404: lambda *_: as_json(refusal(404)),
        Exception: _fault,
    }
    for too_much in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        answers[too_much] = lambda *_: as_json(refusal(413))
    for garbled in (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        answers[garbled] = lambda *_: as_json(refusal(400))
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _expected(_request: HttpRequest, error: PandokError) -> JsonResponse:
    answer = as_json(error)
    if answer.status_code >= 500:
        _log.error("%s %s", error.error_code, error)
    return answer


def _unreadable(request: HttpRequest, error: HttpError) -> JsonResponse:
    wrong_type = error.status_code == 400 and request.content_type != JSON
    return as_json(refusal(415 if wrong_type else error.status_code))


def _invalid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    places = [one.get("loc", ()) for one in error.errors]
    as_form = any(place and place[0] in _SENT_AS_FORM for place in places)
    if as_form and request.content_type not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return as_json(refusal(415))
    return as_json(refusal(422, errors=[_one(one) for one in error.errors]))


def _one(error: dict[str, Any]) -> dict[str, Any]:
    """Where and what; the value itself is not repeated, it may be large or secret."""
    return {"place": [str(part) for part in error.get("loc", ())], "why": str(error.get("msg", ""))}


def _fault(_request: HttpRequest, error: Exception) -> JsonResponse:
    fault = store_fault(error)
    if fault is not None:
        return _expected(_request, fault)
    reference = uuid.uuid4().hex[:12]
    _log.exception("fault %s", reference, exc_info=error)
    return as_json(refusal(500, reference=reference))
