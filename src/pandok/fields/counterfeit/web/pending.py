"""Photographs that were accepted but not yet read: kept with the session, so that one bad file costs only itself."""

from __future__ import annotations

from django.http import HttpRequest
from pydantic import ValidationError

from pandok.fields.designs.acts.photographs import KeptPhotograph

_KEY = "pending_photographs"


def pending_photographs(request: HttpRequest) -> list[KeptPhotograph]:
    try:
        return [KeptPhotograph.model_validate(item) for item in request.session.get(_KEY, [])]
    except ValidationError:
        # A session of an older version.
        return []


def keep_pending(request: HttpRequest, photographs: list[KeptPhotograph]) -> None:
    request.session[_KEY] = [photograph.model_dump(mode="json") for photograph in photographs]


def forget_pending(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
