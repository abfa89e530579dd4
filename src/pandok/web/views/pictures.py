"""Pictures by their sha256: own photographs, photographs of readings one may see, registered views shown in them."""

from __future__ import annotations

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image

from pandok.desk.pictures import may_see_picture
from pandok.desk.roles import Action
from pandok.readers.designs.file_kind import picture_format
from pandok.web import desk
from pandok.web.middleware.access import allows
from pandok.web.pending import pending_photographs

SHOWN_BY_BROWSERS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
SMALL_SIDE_PX = 144


@require_safe
@allows(Action.SEE_OWN_READINGS)
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    blobs = desk.blobs()
    pending = {photograph.sha256 for photograph in pending_photographs(request)}
    if sha256 not in blobs or not (sha256 in pending or may_see_picture(request.user, sha256)):
        raise Http404
    data = blobs.get(sha256)
    kind = picture_format(data) or ""
    if "small" in request.GET:
        data, kind = _small(data), "PNG"
    elif kind not in SHOWN_BY_BROWSERS:
        data, kind = _as_png(data), "PNG"
    response = HttpResponse(data, content_type=SHOWN_BY_BROWSERS[kind])
    # The name is the content, so it never changes; private, because not everybody may see it.
    response.headers["Cache-Control"] = "private, max-age=3600, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="{sha256[:12]}.{kind.lower()}"'
    return response


def _small(data: bytes) -> bytes:
    """For lists: a phone must not load twenty whole photographs to show stamps."""
    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=(*SHOWN_BY_BROWSERS, "TIFF", "BMP")) as image:
            image.draft("RGB", (SMALL_SIDE_PX, SMALL_SIDE_PX))
            small = image.convert("RGB")
            small.thumbnail((SMALL_SIDE_PX, SMALL_SIDE_PX))
            small.save(target, "PNG")
    except OSError as error:
        raise Http404 from error
    return target.getvalue()


def _as_png(data: bytes) -> bytes:
    """Register sheets come as TIFF, which browsers do not show."""
    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=("TIFF", "BMP")) as image:
            image.convert("RGB").save(target, "PNG")
    except OSError as error:
        raise Http404 from error
    return target.getvalue()
