"""Votes that need two persons are worth nothing where one can sign in as both.

An account that others than the person changed votes once somebody else confirmed it (pandok.common.people.changes).

Password and second step of an account that votes are reset by two administrators, neither of them the person; the
person is told by mail and on their own page; and the account casts no vote for three days, in which whoever is told can
object.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from pandok.common.models import Account, AccountChange
from pandok.common.roles import AnyRole
from pandok.core.dates import moment_words
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text

PAUSE = timedelta(hours=72)


def voting(roles: Iterable[AnyRole]) -> bool:
    """Whether one of them is a role of which two must agree somewhere: in the lab, on deletions, on who signs in."""
    return any(role.facts.votes for role in roles)


def votes(account: Account) -> bool:
    return voting(account.roles)


def paused_until(account: Account, now: datetime) -> datetime | None:
    """Until when the account casts no vote; None where it may. A pause noted under a clock that was ahead is none."""
    until: datetime | None = Account.objects.filter(pk=account.pk).values_list("votes_paused_until", flat=True).first()
    return until if until is not None and now < until <= now + PAUSE else None


def must_vote_freely(account: Account, now: datetime) -> None:
    """Raises RequestError while the account's votes are paused, or wait for a confirmation."""
    if AccountChange.objects.filter(account_id=account.pk, confirmed_at=None).exists():
        raise RequestError(
            Text(
                ko="다른 관리자가 이 계정의 변경을 아직 확인하지 않아 의결·확인이 정지되어 있습니다.",
                en="Another administrator has not yet confirmed what was changed at this account: it casts no vote.",
            ),
            Text(
                ko="변경에 참여하지 않은 관리자에게 확인을 요청하거나 다른 담당자가 하십시오.",
                en="Ask an administrator who took no part in the change, or let another person do it.",
            ),
            code="request.votes_unconfirmed",
        )
    until = paused_until(account, now)
    if until is None:
        return
    over = moment_words(until, OFFICE_ZONE)
    raise RequestError(
        Text(
            ko=f"로그인 수단이 초기화되어 {over.ko}까지 이 계정의 의결·확인이 정지됩니다.",
            en=f"The sign-in of this account was reset: it casts no vote until {over.en}.",
        ),
        Text(
            ko="그 뒤에 다시 하거나 다른 담당자가 하십시오. 요청하지 않은 초기화라면 감사자에게 알리십시오.",
            en="Vote after that, or let another person do it. If you did not ask for the reset, tell the auditor.",
        ),
        code="request.votes_paused",
    )
