"""Help at the sign-in: a link for a new password by mail, and whom to ask."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.people.forgotten import VALID, ask_for_password
from pandok.common.web.signing_in import no_store
from pandok.settings import settings
from pandok.web.sent_fields import Written, meant
from pandok.web.shown.rendering import render


class ForgottenForm(forms.Form):
    """A name, or an address."""

    who = Written(room=254, cut=True)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """The same answer to every name."""
    is_sent = request.method == "POST" and bool(settings().mail)
    if is_sent:
        ask_for_password(typed=meant(ForgottenForm(request.POST)).cleaned_data["who"], now=timezone.now())
    context = {
        "is_sent": is_sent,
        "has_mail": bool(settings().mail),
        "contact": settings().contact,
        "minutes": int(VALID.total_seconds() // 60),
    }
    return no_store(render(request, "pandok/accounts/forgotten.html", context))
