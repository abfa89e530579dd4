"""May something be destroyed by the clock alone? Only while database and clock fit what the audit chain tells.

A database that was put back is older than the files beside it: to it, newer files belong to nothing. A clock that was
set wrong makes every term end at once. Both show in the chain: its end is not the one that was noted, or its times run
backwards. `pandok audit resume` begins the comparison of the chain again once somebody has looked; two confirm that the
clock is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from pandok.common.audit.noted_heads import noted_heads
from pandok.common.models import AuditEntry
from pandok.core.dates import moment_short
from pandok.core.errors import RequestError, StoreError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text

CONFIRMED = "clock.confirmed"
"""Two have said that the clock is right: what was written before under a wrong one counts no more."""
SLACK = timedelta(minutes=5)
"""Clocks of several machines differ so much."""
LOOKED_AT = 500
"""Newest entries in which a jump of the clock is looked for."""


def doubt_of_the_chain(now: datetime) -> Text | None:
    """Why this database may not be the newest; None where it holds everything that was noted of it."""
    try:
        broken = noted_heads().note(now)
    except StoreError as error:
        return error.what
    if broken is None:
        return None
    return Text(
        ko=f"감사 기록이 밖에 적어 둔 {broken.sequence}번째 항목과 다릅니다. 오래된 데이터베이스일 수 있습니다.",
        en=f"The audit log does not hold entry {broken.sequence} as noted: this may be an older database.",
    )


def doubt_of_the_clock(now: datetime) -> Text | None:
    """Why this clock may be wrong: the worker doubts it (pandok.common.trust.clock), or the chain tells."""
    from pandok.common.trust.clock import clock_note

    believed = clock_note().read()
    if believed is not None and believed.doubted_at is not None:
        since = moment_short(believed.doubted_at, OFFICE_ZONE)
        return Text(
            ko=f"서버 시각이 의심되어 {since.ko}부터 멈추었습니다.",
            en=f"The clock has been in doubt since it said {since.en}.",
        )
    return doubt_by_the_chain(now)


def must_know_the_time(now: datetime, *, code: str) -> None:
    """Before something is done that bears its time for good: measured, certified, signed. Raises RequestError."""
    if doubt := doubt_of_the_clock(now):
        raise RequestError(
            doubt,
            Text(
                ko="관리자가 서버 시각을 확인한 뒤 다시 하십시오.",
                en="Do it again once administrators have confirmed the clock.",
            ),
            code=code,
        )


def doubt_by_the_chain(now: datetime) -> Text | None:
    """An entry of the chain is from later than now."""
    times = _newest_times()
    if not times or max(times) <= now + SLACK:
        return None
    newest = moment_short(max(times), OFFICE_ZONE)
    return Text(
        ko=f"시계가 감사 기록의 최신 시각({newest.ko})보다 늦습니다.",
        en=f"The clock is behind the newest entry of the audit log ({newest.en}).",
    )


def longest_pause(now: datetime) -> timedelta:
    """The longest time between two newer entries of the chain, or from the last one to now: as much as the clock may
    have jumped forward without anybody noticing."""
    times = sorted([*_newest_times(), now])
    return max((later - earlier for earlier, later in pairwise(times)), default=timedelta(0))


def _newest_times() -> list[datetime]:
    confirmed = AuditEntry.objects.filter(action=CONFIRMED).order_by("-sequence").first()
    entries = AuditEntry.objects.filter(sequence__gte=confirmed.sequence if confirmed else 0)
    return list(entries.order_by("-sequence").values_list("at", flat=True)[:LOOKED_AT])
