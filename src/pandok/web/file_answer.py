"""Files as answers: pictures shown in pages, papers only ever saved, never opened by the browser in our name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from pandok.web.browser_picture import browser_picture


def picture_answer(data: bytes, *, small: bool) -> HttpResponse:
    """A picture that not everybody may see: asked for at every look, so that every look is recorded."""
    shown, media_type = browser_picture(data, small=small)
    answer = HttpResponse(shown, content_type=media_type)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer


def download(data: bytes, *, filename: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
