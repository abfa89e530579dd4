"""A programme: people of every role, and problems that they have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.auth.models import Group

from pandok.common.models import Account, Site, SiteMember
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.programme.acts.agreements.drafting import AgreementSaid, make_agreement, offer, put_line
from pandok.fields.programme.acts.agreements.signing import sign
from pandok.fields.programme.acts.certificates.issuing import draft_certificate, issue_certificate
from pandok.fields.programme.acts.evidence.measuring import measure
from pandok.fields.programme.acts.problems.examining import accept_problem, examine_problem
from pandok.fields.programme.acts.problems.proposing import propose_problem
from pandok.fields.programme.models import Agreement, FieldProblem, Measurement, TrialCertificate
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


LINE: dict[str, Any] = {
    "key": "false_share",
    "name": "헛경보 비율",
    "purpose": "현장 출동을 줄인다",
    "formula": "share(false_alarm)",
    "source": "street_alerts",
    "cluster": "pole",
    "unit": "비율",
    "direction": "lower",
    "baseline": {
        "value": 0.4, "interval": (0.3, 0.5), "counted_on": "2026-01-15", "how": "지난해 경보 90건을 사람이 확인함",
    },
    "target": 0.2,
    "margin": 0.05,
    "measured_by": "북구청 관제실",
    "measured_on": "2026-09-30",
    "least_rows": 50,
    "weight": 1.0,
}  # fmt: skip
AGREED: dict[str, str] = {
    "title": "지하차도 침수 조기 경보 실증",
    "lead": "가온센서",
    "members": "나래연구소",
    "field_owner_post": "안전총괄과장",
    "field_owner": "field-owner of the programme",
    "protocol": "관제실이 확인한 경보 전부를 센다",
    "operation_payer": "북구청 안전총괄과",
    "fate": "ends",
    "remeasurement_post": "안전총괄과 재난상황팀장",
}


def drafted(*, lines: int = 1, **other: str) -> Agreement:
    """`lines`: how many KPIs its sheet has."""
    person(Role.FIELD_OWNER)
    office = person(Role.PROGRAMME_OFFICE)
    made = make_agreement(accepted_problem().pk, AgreementSaid(**AGREED | other), actor=office, now=NOON)
    for number in range(lines):
        put_line(made.pk, LINE | {"key": f"false_share_{number}"}, actor=office, now=NOON)
    made.refresh_from_db()
    return made


def offered(**other: Any) -> Agreement:
    return offer(drafted(**other).pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=NOON)


def signed(**other: Any) -> Agreement:
    made = offered(**other)
    for role in (Role.PROGRAMME_MANAGER, Role.FIELD_OWNER):
        sign(made.pk, agrees=True, reason=WHY, actor=person(role), now=NOON)
    made.refresh_from_db()
    return made


OVER = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
"""The measuring day of `LINE` is over."""


def measured(now: datetime = OVER, **other: Any) -> Measurement:
    return measure(signed(**other).pk, actor=person(Role.PROGRAMME_OFFICE), now=now)


KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def drafted_certificate(kind: str = "trial", *, now: datetime = OVER, **other: Any) -> TrialCertificate:
    return draft_certificate(measured(now, **other).pk, kind, actor=person(Role.PROGRAMME_OFFICE), now=now)


def issued(made: TrialCertificate | None = None, *, key: SigningKey = KEY, now: datetime = OVER) -> TrialCertificate:
    made = made or drafted_certificate(now=now)
    return issue_certificate(
        made.pk,
        reason=WHY,
        key=key,
        issuer="광주광역시",
        check_at="https://city.example/verify/",
        actor=person(Role.PROGRAMME_MANAGER),
        now=now,
    )
