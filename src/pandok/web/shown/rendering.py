"""Pages of forms that were refused: whose fault it was decides their status, in one place.

What was entered is at fault (422) only where the refusal says so; a full disk, a lost key or a database that does not
answer is ours (503), and a program that sends the form again later does right.
"""

from __future__ import annotations

from typing import Any

from django import shortcuts
from django.http import HttpRequest, HttpResponse

from pandok.core.errors import InputError, PandokError, StoreError

GONE = "store.blob_missing"
"""An erased photograph: it does not come back when the form is sent again."""


def refused_status(error: PandokError) -> int:
    """422 or 503.

    >>> from pandok.core.errors import RequestError, StoreError
    >>> from pandok.core.text import Text
    >>> [refused_status(one(Text(ko="", en=""), Text(ko="", en=""), code="a.b")) for one in (RequestError, StoreError)]
    [422, 503]
    """
    return 422 if isinstance(error, InputError) or error.error_code == GONE else 503


def render(
    request: HttpRequest, template_name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """As Django's. A page that shows an error of the store is never answered as if the input were wrong."""
    shown = (context or {}).values()
    if status == 422 and any(isinstance(one, StoreError) and one.error_code != GONE for one in shown):
        status = 503
    return shortcuts.render(request, template_name, context, status=status)
