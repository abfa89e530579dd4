"""Lock-out after repeated failures: kept in the database, so that it holds for all server processes.

Failures are counted for a name together with the place they came from, so that nobody locks somebody else out from
elsewhere. A place is a device on which this person signed in before, else the address (an IPv6 one: its /64 network).
Five failures lock the name there for 15 minutes; every further one doubles the time, up to four hours. Where an address
tries many names, two are enough for each name. A hundred failures of one name from everywhere together lock it where
it is not at home (NIST SP 800-63B, 5.2.2); devices on which the person signed in before stay open.

Unknown names count like known ones: the answer must not tell which names exist. A wrong code of the second step counts
like a wrong password, and only a whole sign-in starts the count again. Failures that lie in the future were noted under
a wrong clock and count for nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account, SignInFailure
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted

WINDOW = timedelta(minutes=15)
"""How long the first lock lasts, and how long an address counts as one that tries many names."""
LONGEST_LOCK = timedelta(hours=4)
KEPT = timedelta(hours=24)
MOST_FAILURES_A_NAME = 5
"""At one place."""
MOST_FAILURES_AN_ADDRESS = 50
MOST_FAILURES_OF_A_BUSY_ADDRESS = 2
"""Of one name, from an address that has tried many names."""
MOST_FAILURES_EVERYWHERE = 100
CLOCK_SKEW = timedelta(minutes=1)
NOBODY = "anonymous"
"""Actor in the audit log of what happens before a person is known."""


def lock_left(username: str, address: str | None, now: datetime, *, device: str = "") -> timedelta | None:
    """For how long a sign-in must still be refused without looking at the password; None where it need not.

    `device` is that of a browser in which this person signed in before (pandok.common.web.known_device), else empty.
    """
    name, address = _normal(username), _network(address)
    recent = _recent(now)
    here = _at_place(recent.filter(username=name), address, device)
    locks = [_lock(here, _most_here(recent, address, device, now), now)]
    if not device:
        locks.append(_lock(recent.filter(username=name, device=""), MOST_FAILURES_EVERYWHERE, now))
    return max((left for left in locks if left is not None), default=None)


def is_locked(username: str, address: str | None, now: datetime, *, device: str = "") -> bool:
    """Whether a sign-in must be refused without looking at the password."""
    return lock_left(username, address, now, device=device) is not None


def record_failure(
    username: str, address: str | None, now: datetime, *, step: str = "password", device: str = ""
) -> None:
    """Count one refused sign-in and leave it in the audit log; drops counts that have expired.

    What was typed as a name is logged only where it is one: people type passwords into the wrong field.
    """
    was_locked = is_locked(username, address, now, device=device)
    with transaction.atomic():
        SignInFailure.objects.filter(Q(at__lte=now - KEPT) | Q(at__gt=now + CLOCK_SKEW)).delete()
        SignInFailure.objects.create(username=_normal(username), address=_network(address), device=device, at=now)
        known = Account.objects.filter(username__iexact=username.strip()).values_list("username", flat=True).first()
        what = f"account:{known}" if known else "account:unknown"
        audit.tell(known or NOBODY, "sign_in.refused", what, "", now, {"step": step})
        left = lock_left(username, address, now, device=device)
        if left is not None and not was_locked:
            details: dict[str, Detail] = {"what": "name", "minutes": minutes_of(left)}
            audit.tell(NOBODY, "sign_in.locked", what, "", now, details)
        if (
            address is not None
            and not device
            and _tries_of_address(_recent(now), address, now) == MOST_FAILURES_AN_ADDRESS
        ):
            audit.tell(NOBODY, "sign_in.locked", "address", "", now, {"what": "address"})


def refused_at_provider(*, why: str, now: datetime) -> None:
    """A sign-in through the identity provider that could not be confirmed."""
    audit.tell(NOBODY, "sign_in.refused", "account:unknown", "", now, {"step": "openid", "why": why})


def forget_failures(username: str, address: str | None = None, *, device: str = "") -> None:
    """After a whole sign-in the count of this name starts again at this place; at all where no place is given."""
    failures = SignInFailure.objects.filter(username=_normal(username))
    if address is not None or device:
        here = Q(device=device) if device else Q(pk__in=[])
        failures = failures.filter(here | Q(device="", address=_network(address)))
    failures.delete()


def locked(left: timedelta) -> RequestError:
    """The refusal while a name is locked at this place."""
    minutes = minutes_of(left)
    return RequestError(
        Text(
            ko=f"여러 번 틀려서 이 계정은 {minutes}분간 잠깁니다.",
            en=f"After too many wrong tries this account is locked for {counted(minutes, 'minute')}.",
        ),
        Text(
            ko=f"{minutes}분 뒤 다시 하거나, 전에 로그인한 기기에서 하십시오. 급하면 관리자에게 문의하십시오.",
            en="Try again then, or on a device on which you signed in before. If it is urgent, ask the administrator.",
        ),
        code="request.locked",
        minutes=minutes,
    )


def minutes_of(left: timedelta) -> int:
    """In whole minutes, rounded up."""
    return max(1, -(-int(left.total_seconds()) // 60))


def _recent(now: datetime) -> QuerySet[SignInFailure]:
    return SignInFailure.objects.filter(at__gt=now - KEPT, at__lte=now + CLOCK_SKEW)


def _at_place(failures: QuerySet[SignInFailure], address: str | None, device: str) -> QuerySet[SignInFailure]:
    return failures.filter(device=device) if device else failures.filter(device="", address=address)


def _most_here(recent: QuerySet[SignInFailure], address: str | None, device: str, now: datetime) -> int:
    is_busy = not device and address is not None
    if is_busy and _tries_of_address(recent, address, now) >= MOST_FAILURES_AN_ADDRESS:
        return MOST_FAILURES_OF_A_BUSY_ADDRESS
    return MOST_FAILURES_A_NAME


def _tries_of_address(recent: QuerySet[SignInFailure], address: str | None, now: datetime) -> int:
    return recent.filter(device="", address=_network(address), at__gt=now - WINDOW).count()


def _lock(failures: QuerySet[SignInFailure], most: int, now: datetime) -> timedelta | None:
    """What is left of the lock: it doubles with every failure beyond those that are allowed."""
    times = list(failures.order_by("-at").values_list("at", flat=True)[: most + 10])
    if len(times) < most:
        return None
    lasts = min(WINDOW * 2 ** (len(times) - most), LONGEST_LOCK)
    left = times[0] + lasts - now
    return left if left > timedelta(0) else None


def _network(address: str | None) -> str | None:
    """An IPv6 household or office has a /64: its single addresses say nothing."""
    if address is None:
        return None
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return str(ip_network((found, 64), strict=False).network_address) if isinstance(found, IPv6Address) else str(found)


def _normal(username: str) -> str:
    return username.strip().casefold()[:150]
