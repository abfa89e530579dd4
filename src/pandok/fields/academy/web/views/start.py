"""The first page of the academy: what waits, and which courses there are."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.academy.lists.courses import open_courses
from pandok.fields.academy.roles import Action
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.TRAIN)
def start(request: AccountRequest) -> HttpResponse:
    return render(request, "pandok/academy/start.html", {"courses": list(open_courses())})
