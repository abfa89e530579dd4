"""Where an invited person sets their password."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pandok.common.people.invitations import accept_invitation, no_invitation, open_invitation
from pandok.common.web.signing_in import no_store
from pandok.web.shown.rendering import render


@sensitive_post_parameters()
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = open_invitation(token, timezone.now())
    if found is None:
        raise no_invitation()
    form = SetPasswordForm(found.account, request.POST or None)
    context = {"form": form, "username": found.account.username}
    if request.method != "POST":
        return no_store(render(request, "pandok/accounts/invitation.html", context))
    if not form.is_valid():
        return no_store(render(request, "pandok/accounts/invitation.html", context, status=422))
    accept_invitation(token=token, password=form.cleaned_data["new_password1"], now=timezone.now())
    return no_store(render(request, "pandok/accounts/invitation_done.html", context))
