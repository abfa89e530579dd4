"""What a person wrote while the session was over: to look at, to send now, or to throw away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.people.kept_forms import drop_kept_form, kept_form_of
from pandok.common.roles import Action
from pandok.common.web.requests import AccountRequest
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

_NOT_WRITTEN = frozenset({"form", "seen", "step", "nonce", "capture_id", "phrase", "back", "tab", "confirmed", "next"})
"""Fields that the page put into the form: they are sent again, and not shown."""


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_OWN_ACCOUNT)
def kept_form(request: AccountRequest, form_id: UUID) -> HttpResponse:
    kept = kept_form_of(request.user, form_id, timezone.now())
    if kept is None:
        return redirect("/")
    if request.method == "POST":
        drop_kept_form(account=request.user, form_id=form_id)
        return redirect(kept.page or "/")
    written = [value for name, value in kept.fields if name not in _NOT_WRITTEN and value.strip()]
    return render(request, "pandok/kept_form.html", {"kept": kept, "written": written})
