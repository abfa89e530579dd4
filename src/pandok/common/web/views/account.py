"""A person's own account: sessions, password, second step."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.people import sessions, two_step
from pandok.common.people.changes import Change, open_changes
from pandok.common.people.passkeys import may_have_passkeys
from pandok.common.people.passwords import password_changed
from pandok.common.people.profiles import change_own_contact
from pandok.common.people.session_keys import kept_key
from pandok.common.people.votes import paused_until
from pandok.common.roles import Action
from pandok.common.web.passkey_place import place_of
from pandok.common.web.requests import AccountRequest
from pandok.common.web.signing_in import drop_pending_secret, grouped, no_store, pending_secret
from pandok.common.web.views.second_step import CodeForm, app_address, confirm, count_failure, prove, refuse_locked
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import Written, meant
from pandok.web.shown.rendering import render

RESETS_SHOWN = timedelta(days=30)


class ContactForm(forms.Form):
    department = Written(room=300)
    phone = Written(room=100)


@require_safe
@allows(Action.SEE_OWN_ACCOUNT)
def account(request: AccountRequest) -> HttpResponse:
    return _account_page(request)


@require_POST
@allows(Action.SEE_OWN_ACCOUNT)
def change_contact(request: AccountRequest) -> HttpResponse:
    form = meant(ContactForm(request.POST))
    try:
        change_own_contact(account=request.user, now=timezone.now(), **form.cleaned_data)
    except RequestError as error:
        return _account_page(request, error=error, contact=form.cleaned_data)
    return redirect("account")


def _account_page(
    request: AccountRequest, *, error: RequestError | None = None, contact: dict[str, str] | None = None
) -> HttpResponse:
    language = get_language() or "ko"
    place = place_of(request)
    context = {
        "roles": [role.title.in_language(language) for role in sorted(request.user.roles, key=lambda role: role.value)],
        "sessions": sessions.open_sessions(request.user, idle=settings().idle_limit, now=timezone.now()),
        "this_key": kept_key(request.session.session_key or ""),
        "has_second_step": two_step.has_second_step(request.user),
        "codes_left": two_step.recovery_codes_left(request.user),
        "passkeys": request.user.passkeys.all(),
        "may_have_passkeys": place is not None and may_have_passkeys(request.user),
        "passkey_host": place.host if place else "",
        "has_password": request.user.has_usable_password(),
        "idle_minutes": settings().idle_minutes,
        "contact": contact or {"department": request.user.department, "phone": request.user.phone},
        "error": error,
        "resets": request.user.resets.filter(asked_at__gt=timezone.now() - RESETS_SHOWN),
        "changes": [{"row": one, "what": Change(one.kind).words} for one in open_changes(request.user)],
        "paused_until": paused_until(request.user, timezone.now()),
    }
    return render(request, "pandok/accounts/account.html", context, status=422 if error else 200)


@require_POST
@allows(Action.SEE_OWN_ACCOUNT)
def end_session(request: AccountRequest, session_id: UUID) -> HttpResponse:
    ended = sessions.end_session(
        account=request.user,
        session_id=session_id,
        actor=request.user,
        reason="ended by the person",
        now=timezone.now(),
    )
    if not ended:
        raise Http404
    return redirect("account")


@require_POST
@allows(Action.SEE_OWN_ACCOUNT)
def end_other_sessions(request: AccountRequest) -> HttpResponse:
    sessions.end_all_sessions(
        account=request.user,
        actor=request.user,
        reason="ended by the person",
        now=timezone.now(),
        but=request.session.session_key,
    )
    return redirect("account")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_OWN_ACCOUNT)
def change_password(request: AccountRequest) -> HttpResponse:
    """The other sessions end, this one gets a new key."""
    if not request.user.has_usable_password():
        return redirect("account")
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method != "POST":
        return render(request, "pandok/accounts/password.html", {"form": form})
    try:
        refuse_locked(request, request.user)
    except RequestError as error:
        return render(request, "pandok/accounts/password.html", {"form": form, "error": error}, status=422)
    if not form.is_valid():
        if "old_password" in form.errors:
            count_failure(request, request.user, step="password")
        return render(request, "pandok/accounts/password.html", {"form": form}, status=422)
    form.save()
    old_key = request.session.session_key
    update_session_auth_hash(request, form.user)
    request.session.save()
    password_changed(
        account=request.user, old_key=old_key, new_key=request.session.session_key or "", now=timezone.now()
    )
    return redirect("account")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_OWN_ACCOUNT)
def change_second_step(request: AccountRequest) -> HttpResponse:
    """First a proof that it is the person (a code, else the password), then the new app with its first code."""
    has_one = two_step.has_second_step(request.user)
    error = None
    if request.method == "POST":
        try:
            if "begin" in request.POST:
                prove_person(request, has_one=has_one)
                drop_pending_secret(request)
                pending_secret(request, make=True)
                return redirect("account_second_step")
            sealed = pending_secret(request)
            if "stop" in request.POST or sealed is None:
                drop_pending_secret(request)
                return redirect("account")
            codes = confirm(request, request.user, sealed)
        except RequestError as refused:
            error = refused
        else:
            return no_store(
                render(request, "pandok/accounts/recovery_codes.html", {"codes": codes, "onward": "/account/"})
            )
    sealed = pending_secret(request)
    context = {
        "form": CodeForm(),
        "error": error,
        "secret": grouped(sealed) if sealed else "",
        "otpauth": app_address(sealed, request.user) if sealed else "",
        "by_code": has_one,
        "by_password": not has_one and request.user.has_usable_password(),
    }
    return no_store(render(request, "pandok/accounts/second_step.html", context, status=422 if error else 200))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_OWN_ACCOUNT)
def new_recovery_codes(request: AccountRequest) -> HttpResponse:
    if not two_step.has_second_step(request.user):
        return redirect("account")
    error = None
    if request.method == "POST":
        try:
            prove(request, request.user, request.POST.get("code", ""))
        except RequestError as refused:
            error = refused
        else:
            codes = two_step.new_recovery_codes(account=request.user, now=timezone.now())
            return no_store(
                render(request, "pandok/accounts/recovery_codes.html", {"codes": codes, "onward": "/account/"})
            )
    context = {"form": CodeForm(), "error": error}
    return no_store(render(request, "pandok/accounts/new_codes.html", context, status=422 if error else 200))


def prove_person(request: AccountRequest, *, has_one: bool) -> None:
    """Raises RequestError where neither the code nor the password is right."""
    if has_one:
        prove(request, request.user, request.POST.get("code", ""))
        return
    if not request.user.has_usable_password():
        return  # signed in through the organisation, and nothing is protected by a second step yet
    refuse_locked(request, request.user)
    if not request.user.check_password(request.POST.get("password", "")):
        count_failure(request, request.user, step="password")
        raise RequestError(
            Text(ko="비밀번호가 맞지 않습니다.", en="The password is not right."),
            Text(ko="지금 쓰는 비밀번호를 다시 입력하십시오.", en="Type your current password again."),
            code="request.password",
        )
