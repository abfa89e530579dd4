"""A call on its way, with those who apply to it and those who review it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pandok.fields.programme.acts.calls.announcing import draft_call, publish_call
from pandok.fields.programme.call_text import CallSaid
from pandok.fields.programme.models import Call
from tests.fields.programme.office import NOON, WHY, accepted_problem, person
from tests.roles import Role

OPENS, CLOSES = datetime(2026, 3, 2, 0, 0, tzinfo=UTC), datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
CALLED = CallSaid(
    title="지하차도 침수를 먼저 알리는 기술",
    kind="public_demand",
    body="지하차도에 물이 차기 전에 알리는 방법을 현장에서 실증합니다.",
    eligible="국내에 사업자등록이 있는 기업과 연구기관",
    opens_at="2026-03-02T09:00",
    closes_at="2026-03-31T18:00",
    money_krw="150,000,000",
    money_on="2026-01-19",
    money_source="2026년 사업 예산서",
    criteria="기술성 | 50 | 지금까지 확인한 것\n확산 가능성 | 30\n경제성 | 20 | 운영비",
    tie_years="3",
    least_reviewers="2",
    places="1",
    names_shown="selected",
)


def called(**other: str) -> CallSaid:
    if CALLED.problems or "problems" in other or other.get("kind") in ("incubation", "investment", "early_stage"):
        return replace(CALLED, **other)
    return replace(CALLED, problems=accepted_problem().number, **other)


def drafted_call(*, now: datetime = NOON, **other: str) -> Call:
    return draft_call(called(**other), actor=person(Role.PROGRAMME_OFFICE), now=now)


def published_call(*, now: datetime = NOON, **other: str) -> Call:
    made = drafted_call(now=now, **other)
    return publish_call(made.pk, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=now)


SENT: dict[str, Any] = vars(CALLED)
