"""Files as answers: described in the schema, and sent so that no browser runs what is in them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from pandok.web.api.refusals import REFUSED_WITH, Refusal


def binary(description: str, media_type: str) -> dict[str, Any]:
    """Arguments of an operation that answers with a file."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "response": {200: None, REFUSED_WITH: Refusal},
        "openapi_extra": {"responses": {200: {"description": description, "content": content}}},
    }


def safe_file(data: bytes, *, media_type: str, filename: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
