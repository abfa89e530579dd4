"""Passkeys: signing in with one, and adding and removing one's own."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pandok.common.people import passkeys
from pandok.common.people.passkeys import ask_for_new, ask_for_sign_in, may_have_passkeys, passkey_named
from pandok.common.people.sign_in import lock_left, locked, record_failure
from pandok.common.people.two_step import has_second_step
from pandok.common.people.votes import votes
from pandok.common.roles import Action
from pandok.common.web.known_device import device_for
from pandok.common.web.passkey_place import must_have_place
from pandok.common.web.requests import AccountRequest
from pandok.common.web.shift_cookie import paused_here
from pandok.common.web.signing_in import let_in, no_store
from pandok.common.web.views.account import prove_person
from pandok.common.web.views.sign_in import address_after, sign_in_page
from pandok.core.device import device_name
from pandok.core.errors import RequestError
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import Written, meant
from pandok.web.shown.rendering import refused_status, render

LONGEST_ANSWER = 20_000
_ASKED = "passkey_asked"
NOBODY = ""
"""Under this name count the tries with a passkey that nobody has."""


@login_not_required
@require_POST
def ask(request: HttpRequest) -> JsonResponse:
    """A question for the device of whoever signs in, as the browser wants it."""
    try:
        back = paused_here(request)
        number, options = ask_for_sign_in(
            place=must_have_place(request), now=timezone.now(), comes_back=back.account if back else None
        )
    except RequestError as refused:
        return JsonResponse(refused.as_dict(), status=refused_status(refused))
    request.session[_ASKED] = str(number)
    return JsonResponse(options)


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """One touch: it counts as both steps, for the device has asked its person for a finger, a face or a PIN."""
    now, answer = timezone.now(), _answer(request)
    passkey = passkey_named(answer)
    name = passkey.account.username if passkey else NOBODY
    address, device = request.META.get("REMOTE_ADDR"), device_for(request, name)
    try:
        left = lock_left(name, address, now, device=device)
        if left is not None:
            raise locked(left)
        account = passkeys.accept_passkey(passkey=passkey, asked=_asked(request), answer=answer, now=now)
    except RequestError as refused:
        if refused.error_code not in ("request.locked", "request.passkey_again"):
            record_failure(name, address, now, step="passkey", device=device)
        return sign_in_page(request, error=refused)
    return let_in(request, account, method="passkey", address=address_after(request))


class PasskeyForm(forms.Form):
    """How one tells a new passkey from others."""

    title = Written()


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_OWN_ACCOUNT)
def add(request: AccountRequest) -> HttpResponse:
    """First a name and a proof that it is the person, then the device makes the passkey, then it is kept."""
    error, options, title = None, None, meant(PasskeyForm(request.POST)).cleaned_data["title"]
    if not may_have_passkeys(request.user):
        return redirect("account")
    if request.method == "POST":
        try:
            if "credential" in request.POST:
                passkeys.add_passkey(
                    account=request.user, asked=_asked(request), answer=_answer(request), now=timezone.now()
                )
                return redirect("account")
            place = must_have_place(request)
            prove_person(request, has_one=has_second_step(request.user))
            number, options = ask_for_new(account=request.user, place=place, title=title, now=timezone.now())
            request.session[_ASKED] = str(number)
        except RequestError as refused:
            error = refused
    context = {
        "error": error,
        "options": options,
        "title": title or device_name(request.headers.get("user-agent", "")),
        "by_code": has_second_step(request.user),
        "by_password": not has_second_step(request.user) and request.user.has_usable_password(),
        "votes": votes(request.user),
    }
    return no_store(render(request, "pandok/accounts/passkey.html", context, status=422 if error else 200))


@require_POST
@allows(Action.SEE_OWN_ACCOUNT)
def remove(request: AccountRequest, passkey_id: UUID) -> HttpResponse:
    removed = passkeys.remove_passkey(
        account=request.user, passkey_id=passkey_id, now=timezone.now(), this_session=request.session.session_key
    )
    if not removed:
        raise Http404
    return redirect("account")


def _asked(request: HttpRequest) -> UUID | None:
    """The question that was asked in this browser; it is asked for once."""
    number = request.session.pop(_ASKED, None)
    return UUID(number) if number else None


def _answer(request: HttpRequest) -> dict[str, Any]:
    text = request.POST.get("credential", "")
    try:
        answer = json.loads(text) if len(text) <= LONGEST_ANSWER else {}
    except (ValueError, RecursionError):
        answer = {}
    return answer if isinstance(answer, dict) else {}
