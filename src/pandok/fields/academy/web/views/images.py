"""Images of the academy as bytes: pictures, finds, previews that are made when they are looked at."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from pandok.common.audit.viewing import record_viewing
from pandok.common.web.requests import AccountRequest
from pandok.fields.academy.lists.looks import LOOKED


def image(data: bytes) -> HttpResponse:
    """Asked for at every look: a shared machine keeps none."""
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/webp" if data[8:12] == b"WEBP" else "image/jpeg"
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer


def keep_look(request: AccountRequest, sha256: str, context: str, now: datetime) -> None:
    """Before the bytes leave: of a scan, or of a photograph of a case."""
    if request.method == "GET":
        record_viewing(account=request.user, sha256=sha256, obj=context, now=now, action=LOOKED)
