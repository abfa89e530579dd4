"""Signing in with a password, and out, with the lock-out of pandok.common.people.sign_in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pandok.common.people import sign_in as lock_out
from pandok.common.people.sessions import end_this_session
from pandok.common.web.known_device import device_for
from pandok.common.web.passkey_place import offers_passkeys
from pandok.common.web.shift_cookie import forget_shift, paused_here
from pandok.common.web.signing_in import enter
from pandok.core.errors import RequestError
from pandok.settings import settings


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "The name or the password is not right. After five wrong tries the account is locked for 15 minutes."
        ),
        "inactive": _("This account is closed. Ask the administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Name of the account")
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        address = self.request.META.get("REMOTE_ADDR") if self.request else None
        device = device_for(self.request, username) if self.request else ""
        now = timezone.now()
        left = lock_out.lock_left(username, address, now, device=device)
        if left is not None:
            refusal, language = lock_out.locked(left), get_language() or "ko"
            said = f"{refusal.what.in_language(language)} {refusal.next_step.in_language(language)}"
            raise forms.ValidationError(said, code="locked")
        try:
            return super().clean()
        except forms.ValidationError:
            lock_out.record_failure(username, address, now, device=device)
            raise


class SignIn(LoginView):
    template_name = "pandok/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        back = paused_here(self.request)
        typed = self.request.POST.get("username", back.account.username if back else "")
        if back is not None and ("other" in self.request.GET or typed != back.account.username):
            back = None
        return {
            "has_openid": bool(settings().oidc_issuer),
            "passkeys": offers_passkeys(self.request) and (back is None or back.account.passkeys.exists()),
            "back": back.account if back else None,
            "idle_minutes": settings().idle_minutes,
        } | super().get_context_data(**more)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return enter(self.request, form.get_user(), method="password", address=self.get_success_url())

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def sign_in_page(request: HttpRequest, *, error: RequestError) -> HttpResponse:
    """The page again, after a sign-in by another way than the password was refused."""
    view = SignIn()
    view.setup(request)
    return view.render_to_response(view.get_context_data(form=SignInForm(request), error=error), status=422)


def address_after(request: HttpRequest) -> str:
    """Where who signs in wanted to go; checked to be an address of this site."""
    view = SignIn()
    view.setup(request)
    return view.get_success_url()


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    if request.user.is_authenticated:
        key = request.session.session_key
        end_this_session(account=request.user, session_key=key, reason="signed out", now=timezone.now())
    logout(request)
    answer = redirect("sign_in")
    forget_shift(answer)
    return answer
