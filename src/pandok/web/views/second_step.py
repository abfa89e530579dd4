"""The second step of signing in: asking for a code, and setting the app up where there is none yet."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.core.two_step import address_for_app
from pandok.desk.models import Account
from pandok.desk.people import sign_in as lock_out
from pandok.desk.people import two_step
from pandok.engines.square_code import square_code_svg
from pandok.web.entering import drop_pending_secret, grouped, let_in, no_store, pending_secret, waiting

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
            context = {"codes": codes, "onward": answer["Location"]}
            return no_store(render(request, "pandok/accounts/recovery_codes.html", context))
    context = {"form": CodeForm(), "error": error, "secret": grouped(sealed), "username": who.account.username}
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
    picture = square_code_svg(address_for_app(two_step.opened_secret(sealed), account.username, ISSUER))
    return no_store(HttpResponse(picture, content_type="image/svg+xml"))


def prove(request: HttpRequest, account: Account, typed: str) -> str:
    """How the code was right: "app" or "recovery". A wrong one counts for the lock-out. Raises RequestError."""
    address, now = request.META.get("REMOTE_ADDR"), timezone.now()
    refuse_locked(account, address)
    how = two_step.accept_code(account=account, typed=typed, now=now)
    if how is None:
        lock_out.record_failure(account.username, address, now, step="code")
        raise two_step.wrong_code()
    return how


def confirm(request: HttpRequest, account: Account, sealed: str) -> list[str]:
    """Put the secret of this browser in force; returns the recovery codes. Raises RequestError."""
    address, now = request.META.get("REMOTE_ADDR"), timezone.now()
    refuse_locked(account, address)
    try:
        codes = two_step.set_up_second_step(
            account=account, sealed_secret=sealed, code=request.POST.get("code", ""), now=now
        )
    except RequestError:
        lock_out.record_failure(account.username, address, now, step="set up")
        raise
    drop_pending_secret(request)
    return codes


def refuse_locked(account: Account, address: str | None) -> None:
    """Raises RequestError while the account rests after too many wrong tries."""
    if lock_out.is_locked(account.username, address, timezone.now()):
        raise RequestError(
            Text(
                ko="여러 번 틀려서 이 계정이 15분간 잠깁니다.",
                en="After too many wrong tries this account rests for 15 minutes.",
            ),
            Text(ko="15분 뒤 다시 하거나 관리자에게 문의하십시오.", en="Try again then, or ask the administrator."),
            code="request.locked",
        )
