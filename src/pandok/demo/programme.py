"""A programme in the demonstration: a problem with today's number, a locked agreement, the storm as its evidence, a
certificate that says what came out, a call that is open, and what is said about it in public.

The trial is measured on what the storm of the demonstration left (`demo/storm`): its agreement was signed days before
the storm, its measuring day was the day of it. Baselines are made up and say so. Every use case is given the moment at
which it would have been done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.common.roles import AnyRole
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.demo.discussion import ensure_demo_discussion
from pandok.demo.storm.night import evening_before
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.roles import Role as LabRole
from pandok.fields.programme.acts.agreements.drafting import AgreementSaid, make_agreement, offer, put_line
from pandok.fields.programme.acts.agreements.signing import sign
from pandok.fields.programme.acts.calls.announcing import draft_call, publish_call
from pandok.fields.programme.acts.certificates.issuing import draft_certificate, issue_certificate
from pandok.fields.programme.acts.evidence.measuring import measure
from pandok.fields.programme.acts.problems.examining import accept_problem, examine_problem
from pandok.fields.programme.acts.problems.proposing import propose_problem
from pandok.fields.programme.acts.problems.sharing import share_problem
from pandok.fields.programme.acts.resources.keeping import ResourceSaid, enter_resource
from pandok.fields.programme.call_text import CallSaid
from pandok.fields.programme.certificate_states import CertificateKind
from pandok.fields.programme.models import Agreement, FieldProblem, Measurement, TrialCertificate
from pandok.fields.programme.overall import overall
from pandok.fields.programme.problem_text import ProblemSaid
from pandok.fields.programme.roles import Role
from pandok.fields.street.roles import Role as StreetRole
from pandok.proof.verdict import Verdict

WHY = "시연 사업 / programme of the demonstration"
TITLE = "지하차도 침수 조기 경보 실증 (시연)"
_BEFORE = timedelta(days=12)
"""Between the proposal of the problem and the storm."""
_MADE_UP = "시연을 위해 정한 모의 기준값 / made up for the demonstration"
PROBLEM: dict[str, Any] = {
    "title": "비가 오면 지하차도가 잠긴 뒤에야 막는다 (시연)",
    "topic": "disasters",
    "region": "honam",
    "place": "시연 지하차도",
    "who_suffers": "지하차도를 지나는 운전자와 보행자",
    "how_often": "한 해 세 번 (모의)",
    "today_value": 24.0,
    "today_unit": "분 (잠긴 뒤 막을 때까지, 모의)",
    "counted_how": _MADE_UP,
    "decision": "언제 차도를 막을지를 물이 차기 전에 정할 수 있다",
    "data_there": "폴의 수위·강우 자료 (모의)",
    "operator": "시연 관제실",
}
ELSEWHERE = PROBLEM | {
    "title": "해안 지하차도가 만조 때 잠긴다 (시연)",
    "region": "yeongnam",
    "place": "시연 해안 지하차도",
    "how_often": "한 해 아홉 번 (모의)",
}
AGREED = {
    "title": TITLE,
    "lead": "시연 기업",
    "members": "시연 연구소",
    "field_owner_post": "시연 관제 책임자",
    "protocol": "관제실이 확인하거나 기각한 경보 전부를 센다. 폭풍이 지난 날까지 잰다.",
    "operation_payer": "시연 자치구",
    "fate": "ends",
    "remeasurement_post": "시연 관제 책임자",
}
KPIS: tuple[dict[str, Any], ...] = (
    {
        "key": "false_share", "name": "헛경보 비율", "purpose": "헛출동을 줄인다", "formula": "share(false_alarm)",
        "source": "street_alerts", "cluster": "pole", "unit": "비율", "direction": "lower", "target": 0.2,
        "margin": 0.05,
        "measured_by": "시연 관제실", "least_rows": 30, "weight": 0.5,
        "baseline": {"value": 0.4, "interval": None, "how": _MADE_UP},
    },
    {
        "key": "minutes_to_confirmed", "name": "확정까지 걸린 시간", "purpose": "물이 차기 전에 막는다",
        "formula": "median(minutes_to_confirmed)", "source": "street_alerts", "cluster": "", "unit": "분",
        "direction": "lower", "target": 10.0, "margin": 2.0, "measured_by": "시연 관제실", "least_rows": 3,
        "weight": 0.5,
        "baseline": {"value": 24.0, "interval": None, "how": _MADE_UP},
    },
)  # fmt: skip


@dataclass(frozen=True)
class DemoProgramme:
    """What stands of it."""

    agreement: Agreement
    measurement: Measurement
    certificate: TrialCertificate


def ensure_demo_programme(*, now: datetime, key: SigningKey, issuer: str, check_at: str) -> DemoProgramme:
    """Led once, and found again afterwards. Needs the accounts of `ensure_demo_accounts` and the storm."""
    found = Agreement.objects.filter(title=TITLE).first()
    if found is None:
        begins = evening_before(now).astimezone(UTC)
        problem = _problem(PROBLEM, begins - _BEFORE)
        found = _agreement(problem, begins)
        _around(problem, now)
    office, manager = _account(Role.PROGRAMME_OFFICE), _account(Role.PROGRAMME_MANAGER)
    ensure_demo_discussion(office=office, asker=_account(LabRole.SUBMITTER), reason=WHY, now=now)
    final = found.measurements.filter(occasion="final").first()
    if final is None:
        final = measure(found.pk, actor=office, now=now)
    certificate = found.certificates.first()
    if certificate is None:
        kind = CertificateKind.PERFORMANCE if _proven(final) else CertificateKind.HONEST
        drafted = draft_certificate(final.pk, kind.value, actor=office, now=now)
        certificate = issue_certificate(
            drafted.pk, reason=WHY, key=key, issuer=issuer, check_at=check_at, actor=manager, now=now
        )
    return DemoProgramme(found, final, certificate)


def _problem(said: dict[str, Any], at: datetime) -> FieldProblem:
    counted = {"counted_on": (at - timedelta(days=30)).astimezone(OFFICE_ZONE).date()}
    made = propose_problem(ProblemSaid(**said | counted), actor=_account(StreetRole.CONTROL_ROOM), now=at)
    examine_problem(made.pk, reason=WHY, actor=_account(Role.PROGRAMME_OFFICE), now=at + timedelta(hours=2))
    later, committee = at + timedelta(days=1), _account(Role.COMMITTEE_MEMBER)
    return accept_problem(made.pk, publish=True, reason=WHY, actor=committee, now=later)


def _agreement(problem: FieldProblem, begins: datetime) -> Agreement:
    """Signed and locked three days before the storm, measured on the day of it."""
    office, owner = _account(Role.PROGRAMME_OFFICE), _account(LabRole.FIELD_OWNER)
    drafted_at, day = begins - timedelta(days=5), begins.astimezone(OFFICE_ZONE).date()
    said = AgreementSaid(**AGREED | {"field_owner": owner.get_username()})
    made = make_agreement(problem.pk, said, actor=office, now=drafted_at)
    for line in KPIS:
        counted = line["baseline"] | {"counted_on": (day - timedelta(days=45)).isoformat()}
        whole = line | {"baseline": counted, "measured_on": day.isoformat()}
        put_line(made.pk, whole, actor=office, now=drafted_at + timedelta(hours=1))
    offer(made.pk, reason=WHY, actor=office, now=drafted_at + timedelta(hours=2))
    for hours, person in ((30, owner), (48, _account(Role.PROGRAMME_MANAGER))):
        sign(made.pk, agrees=True, reason=WHY, actor=person, now=drafted_at + timedelta(hours=hours))
    made.refresh_from_db()
    return made


def _around(problem: FieldProblem, now: datetime) -> None:
    """Who has the problem too, a call that is open, and a place that can be booked."""
    office, manager = _account(Role.PROGRAMME_OFFICE), _account(Role.PROGRAMME_MANAGER)
    other = _problem(ELSEWHERE, now - timedelta(days=4))
    note = "같은 지하차도가 우리 시에도 있습니다 (시연)"
    share_problem(problem.pk, region="jeju", note=note, actor=_account(StreetRole.CREW), now=now)
    opens = now.astimezone(OFFICE_ZONE)
    call = draft_call(
        CallSaid(
            title="해안 지하차도 침수를 먼저 알리는 기술 (시연)",
            kind="public_demand",
            body="시연 공모입니다. 지하차도에 물이 차기 전에 알리는 방법을 현장에서 실증합니다.",
            eligible="국내에 사업자등록이 있는 기업과 연구기관",
            opens_at=opens.strftime("%Y-%m-%dT%H:%M"),
            closes_at=(opens + timedelta(days=30)).strftime("%Y-%m-%dT18:00"),
            money_krw="100,000,000",
            money_on=opens.date().isoformat(),
            money_source="시연을 위해 정한 모의 예산 / made up for the demonstration",
            criteria="기술성 | 50 | 지금까지 확인한 것\n확산 가능성 | 30\n경제성 | 20 | 운영비",
            tie_years="3",
            least_reviewers="2",
            places="1",
            names_shown="selected",
            problems=other.number,
        ),
        actor=office,
        now=now,
    )
    publish_call(call.pk, reason=WHY, actor=manager, now=now)
    said = ResourceSaid(
        kind="equipment", region="honam", title="이동식 수위계 3대 (시연)", body="시연 자치구", post="시연 관제 책임자",
        hours="평일 9시부터 18시", rules="빗물 펌프장 안에서는 쓰지 않음", booked=True,
    )  # fmt: skip
    enter_resource(said, actor=office, now=now)


def _proven(final: Measurement) -> bool:
    return overall(one.verdict for one in final.evidence.kpis) is Verdict.PROVEN


def _account(role: AnyRole) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)
