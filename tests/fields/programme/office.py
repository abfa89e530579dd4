"""A programme: people of every role, and problems that they have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Group

from pandok.common.models import Account, Site, SiteMember
from pandok.fields.programme.acts.problems.examining import accept_problem, examine_problem
from pandok.fields.programme.acts.problems.proposing import propose_problem
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.problem_text import ProblemSaid
from tests.roles import Role

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
WHY = "규정에 따른 처리"
SAID: dict[str, Any] = {
    "title": "비가 오면 지하차도가 잠긴다",
    "topic": "disasters",
    "region": "honam",
    "place": "북구 운암동",
    "who_suffers": "지하차도를 지나는 운전자와 버스 승객",
    "how_often": "한 해 세 번쯤",
    "today_value": 24.0,
    "today_unit": "분(잠긴 뒤 막을 때까지)",
    "counted_on": date(2026, 1, 15),
    "counted_how": "2025년 119 신고와 통제 기록 11건을 견주어 중앙값을 셈",
    "decision": "언제 차도를 막을지를 물이 차기 전에 정할 수 있다",
    "data_there": "수위계 3곳의 1분 자료, 119 신고 기록",
    "operator": "북구청 안전총괄과",
}


def said(**other: Any) -> ProblemSaid:
    return ProblemSaid(**SAID | other)


def person(role: Any, name: str = "", *, site: str = "") -> Account:
    """`site`: code of the office where they work."""
    name = name or f"{role.value} of the programme"
    found: Account | None = Account.objects.filter(username=name).first()
    if found is None:
        found = Account.objects.create_user(name)
        found.groups.add(Group.objects.get(name=role.value))
    if site:
        place, _ = Site.objects.get_or_create(code=site, defaults={"name_ko": f"{site} 세관", "name_en": site})
        SiteMember.objects.get_or_create(account=found, defaults={"site": place})
    return found


def proposed(by: Account | None = None, *, now: datetime = NOON, **other: Any) -> FieldProblem:
    return propose_problem(said(**other), actor=by or person(Role.OFFICER, "who has a problem"), now=now)


def problem_under_review(**other: Any) -> FieldProblem:
    made = proposed(**other)
    return examine_problem(made.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=NOON)


def accepted_problem(*, publish: bool = True, **other: Any) -> FieldProblem:
    made = problem_under_review(**other)
    return accept_problem(made.pk, publish=publish, reason=WHY, actor=person(Role.COMMITTEE_MEMBER), now=NOON)
