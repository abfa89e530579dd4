"""The second step of signing in: asking for a code, and setting the app up where there is none yet."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.models import Account
from pandok.common.people import sign_in as lock_out
from pandok.common.people import two_step
from pandok.common.web.known_device import device_for
from pandok.common.web.signing_in import drop_pending_secret, grouped, let_in, no_store, pending_secret, waiting
from pandok.core.errors import RequestError
from pandok.core.two_step import address_for_app
from pandok.engines.text_and_codes.square_code import square_code_svg
from pandok.web.shown.rendering import render

ISSUER = "Pandok"


class CodeForm(forms.Form):
    """Six digits of the app, or a recovery code."""

    code = forms.CharField(label=_("Code"), max_length=40)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    who = waiting(request)
    if who is None:
        return redirect("sign_in")
    if not two_step.has_second_step(who.account):
        return redirect("second_step_set_up")
    error = None
    if request.method == "POST":
        try:
            how = prove(request, who.account, request.POST.get("code", ""))
        except RequestError as refused:
            error = refused
        else:
            return let_in(request, who.account, method=f"{who.method}+{how}", address=who.address)
    context = {"form": CodeForm(), "error": error, "username": who.account.username}
    return no_store(render(request, "pandok/accounts/code.html", context, status=422 if error else 200))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Shown after the password to who must have a second step and has none."""
    who = waiting(request)
    if who is None:
        return redirect("sign_in")
    if two_step.has_second_step(who.account):
        return redirect("second_step")
    sealed = pending_secret(request, make=True) or ""
    error = None
    if request.method == "POST":
        try:
            codes = confirm(request, who.account, sealed)
        except RequestError as refused:
            error = refused
        else:
            answer = let_in(request, who.account, method=f"{who.method}+app", address=who.address)
            shown = {"codes": codes, "onward": answer["Location"]}
            return no_store(render(request, "pandok/accounts/recovery_codes.html", shown))
    context: dict[str, object] = {
        "form": CodeForm(),
        "error": error,
        "secret": grouped(sealed),
        "otpauth": app_address(sealed, who.account),
        "username": who.account.username,
    }
    return no_store(render(request, "pandok/accounts/set_up.html", context, status=422 if error else 200))


@login_not_required
@require_safe
def square_code(request: HttpRequest) -> HttpResponse:
    """The square code of the secret that is being set up in this browser; nobody else ever sees it."""
    who = waiting(request)
    account = who.account if who else request.user if request.user.is_authenticated else None
    sealed = pending_secret(request)
    if account is None or sealed is None:
        raise Http404
    picture = square_code_svg(app_address(sealed, account))
    return no_store(HttpResponse(picture, content_type="image/svg+xml"))


def app_address(sealed: str, account: Account) -> str:
    """What the square code holds, and a tap on the phone itself opens."""
    return address_for_app(two_step.opened_secret(sealed), account.username, ISSUER)


def prove(request: HttpRequest, account: Account, typed: str) -> str:
    """How the code was right: "app" or "recovery". A wrong one counts for the lock-out. Raises RequestError."""
    refuse_locked(request, account)
    now = timezone.now()
    how = two_step.accept_code(account=account, typed=typed, now=now)
    if how is None:
        count_failure(request, account, step="code")
        raise two_step.wrong_code()
    return how


def confirm(request: HttpRequest, account: Account, sealed: str) -> list[str]:
    """Put the secret of this browser in force; returns the recovery codes. Raises RequestError."""
    refuse_locked(request, account)
    now = timezone.now()
    try:
        codes = two_step.set_up_second_step(
            account=account, sealed_secret=sealed, code=request.POST.get("code", ""), now=now
        )
    except RequestError:
        count_failure(request, account, step="set up")
        raise
    drop_pending_secret(request)
    return codes


def refuse_locked(request: HttpRequest, account: Account) -> None:
    """Raises RequestError while the account is locked here after too many wrong tries."""
    address, device = request.META.get("REMOTE_ADDR"), device_for(request, account.username)
    left = lock_out.lock_left(account.username, address, timezone.now(), device=device)
    if left is not None:
        raise lock_out.locked(left)


def count_failure(request: HttpRequest, account: Account, *, step: str) -> None:
    """One more wrong try of this person at this place."""
    address, device = request.META.get("REMOTE_ADDR"), device_for(request, account.username)
    lock_out.record_failure(account.username, address, timezone.now(), step=step, device=device)
