"""The page that somebody came from, as an address of this site; "" where the browser names another or none."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest) -> str:
    """Path and query alone. A path with two slashes in front would be another site's address."""
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(came)
    page = f"{parts.path}?{parts.query}".rstrip("?")
    return page if url_has_allowed_host_and_scheme(page, None) else ""
