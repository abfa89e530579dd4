"""What a form brought, read without letters that show nothing; passwords stay as they were typed."""

from __future__ import annotations

from django.http import HttpRequest

from pandok.common.people.kept_forms import SECRET
from pandok.core.hidden_letters import without_hidden


def leave_out(request: HttpRequest) -> None:
    sent = request.POST
    if all(one.isascii() for _, values in sent.lists() for one in values):
        return
    cleaned = sent.copy()
    for name, values in sent.lists():
        if not SECRET.search(name):
            cleaned.setlist(name, [without_hidden(one) for one in values])
    cleaned._mutable = False  # as Django's own
    request.POST = cleaned  # type: ignore[assignment]  # the stubs want an immutable one
