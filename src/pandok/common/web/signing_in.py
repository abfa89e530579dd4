"""From a right password, or an identity provider, to a session. Who owes the second step waits, signed in as nobody."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from pandok.common.models import Account
from pandok.common.people.paused_sessions import take_up_again
from pandok.common.people.sessions import begin_session, end_this_session
from pandok.common.people.sign_in import forget_failures
from pandok.common.people.two_step import asks_second_step, has_second_step, new_sealed_secret, opened_secret
from pandok.common.web.known_device import device_for, remember_device
from pandok.common.web.shift_cookie import paused_here, remember_shift
from pandok.settings import settings

WAIT = timedelta(minutes=10)
_WAITING = "waiting"
_SECRET = "second_step_secret"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Waiting:
    """Somebody whose password was right; `method` says how they came, `address` where they want to go."""

    account: Account
    method: str
    address: str


def enter(
    request: HttpRequest, account: Account, *, method: str, address: str, second_step_done: bool = False
) -> HttpResponseRedirect:
    """Let a person in, or ask for the second step first; not again of who comes back within the shift."""
    if second_step_done or not asks_second_step(account, settings().two_step):
        return let_in(request, account, method=method, address=address)
    paused = paused_here(request) if method == "password" else None
    began = take_up_again(paused, account, timezone.now()) if paused is not None else None
    if began is not None:
        return let_in(request, account, method="password+shift", address=address, shift_began=began)
    request.session.flush()
    request.session[_WAITING] = {
        "account": account.pk,
        "at": timezone.now().isoformat(),
        "method": method,
        "address": address,
        "hash": account.get_session_auth_hash(),
    }
    return redirect("second_step" if has_second_step(account) else "second_step_set_up")


def let_in(
    request: HttpRequest, account: Account, *, method: str, address: str, shift_began: datetime | None = None
) -> HttpResponseRedirect:
    """Begin a session with a new key. `address` was checked to be one of this site."""
    now = timezone.now()
    if request.user.is_authenticated:
        key = request.session.session_key
        end_this_session(account=request.user, session_key=key, reason="signed in again", now=now)
    request.session.flush()
    login(request, account, backend=_BACKEND)
    request.session.save()
    device = device_for(request, account.username)
    forget_failures(account.username, request.META.get("REMOTE_ADDR"), device=device)
    session = begin_session(
        account=account,
        session_key=request.session.session_key or "",
        user_agent=request.headers.get("user-agent", ""),
        method=method,
        now=now,
        shift_began=shift_began,
    )
    answer = redirect(address)
    remember_device(request, answer, account)
    remember_shift(answer, session)
    return answer


def waiting(request: HttpRequest) -> Waiting | None:
    """Who waits for the second step in this browser; nobody after ten minutes or a change of the password."""
    kept = request.session.get(_WAITING)
    if not isinstance(kept, dict) or not timedelta(0) <= timezone.now() - datetime.fromisoformat(kept["at"]) <= WAIT:
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).first()
    if account is None or not hmac.compare_digest(kept["hash"], account.get_session_auth_hash()):
        return None
    return Waiting(account, kept["method"], kept["address"])


def pending_secret(request: HttpRequest, *, make: bool = False) -> str | None:
    """The sealed secret that is being set up in this browser."""
    if make and _SECRET not in request.session:
        request.session[_SECRET] = new_sealed_secret()
    return request.session.get(_SECRET)


def drop_pending_secret(request: HttpRequest) -> None:
    request.session.pop(_SECRET, None)


def grouped(sealed: str) -> str:
    """The secret in groups of four letters, for those who type it into their app."""
    secret = opened_secret(sealed)
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def no_store(response: HttpResponse) -> HttpResponse:
    """For pages with codes: never kept by a browser."""
    response.headers["Cache-Control"] = "no-store"
    return response
