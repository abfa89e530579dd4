"""Pictures by their sha256: own photographs, photographs of readings one may see, registered views shown in them.

Looking at a photograph is kept in the audit chain (pandok.desk.audit.viewing); looking at a registered view is not.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.desk.audit.viewing import context_of, record_viewing
from pandok.desk.retention.certificate import erased_by
from pandok.desk.roles import Action
from pandok.desk.signals.pictures import is_registered_view, may_see_picture
from pandok.web import desk
from pandok.web.browser_picture import browser_picture
from pandok.web.middleware.access import allows
from pandok.web.pending import pending_photographs
from pandok.web.show.erased import erased_picture


@require_safe
@allows(Action.SEE_OWN_READINGS)
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    blobs = desk.blobs()
    pending = {photograph.sha256 for photograph in pending_photographs(request)}
    if not (sha256 in pending or may_see_picture(request.user, sha256)):
        raise Http404
    if "look" in request.GET:
        return look_at(request, reverse("picture", args=[sha256]))
    if sha256 not in blobs:
        return _erased(sha256)
    data, media_type = browser_picture(blobs.get(sha256), small="small" in request.GET)
    seen_in = context_of(request.user, sha256)
    if seen_in is not None and request.method == "GET":
        record_viewing(account=request.user, sha256=sha256, obj=seen_in, now=timezone.now())
    response = HttpResponse(data, content_type=media_type)
    # A registered view is public and its name is its content. A photograph is asked for at every look, so that every
    # look is recorded and a shared phone keeps none.
    public = seen_in is None and sha256 not in pending and is_registered_view(sha256)
    response.headers["Cache-Control"] = "private, max-age=3600, immutable" if public else "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="{sha256[:12]}.{media_type.rpartition("/")[2]}"'
    return response


def look_at(request: HttpRequest, address: str) -> HttpResponse:
    """A page around one picture, with the way back to where it was tapped, and whole or in its own size."""
    came = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(came)
    back = f"{parts.path}?{parts.query}".rstrip("?") if safe and parts.path != request.path else "/"
    return render(request, "pandok/look.html", {"address": address, "back": back})


def _erased(sha256: str) -> HttpResponse:
    """In the place of a photograph whose term is over, not a hole; 404 where it was never kept."""
    deletion = erased_by(sha256)
    if deletion is None:
        raise Http404
    drawing = erased_picture(deletion.number, get_language() or "ko")
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Pandok-Erased"] = deletion.number
    return response
