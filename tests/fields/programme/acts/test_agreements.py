"""An agreement: nothing opens without what it must say, two sign it, and every change after its lock is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.acts.agreements.drafting import AgreementSaid as Said
from pandok.fields.programme.acts.agreements.drafting import (
    cancel,
    drop_line,
    lacking_of,
    make_agreement,
    offer,
    put_line,
    redraft,
    take_back,
)
from pandok.fields.programme.acts.agreements.milestones import reach_milestone, set_milestone
from pandok.fields.programme.acts.agreements.signing import amend, sign
from pandok.fields.programme.lists.agreements import changes_since_lock, locked_versions
from pandok.fields.programme.models import Agreement, AgreementSignature, AgreementVersion
from pandok.fields.street.models import AlertEvent
from tests.fields.programme.office import (
    AGREED,
    LINE,
    NOON,
    WHY,
    drafted,
    offered,
    person,
    problem_under_review,
    signed,
)
from tests.fields.street.bed import raised
from tests.roles import Role
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=400)


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **said)
    return str(error.value.error_code)


@pytest.mark.parametrize(
    ("left_out", "lacking"),
    [
        ({"field_owner_post": ""}, "field_owner"),
        ({"field_owner": ""}, "field_owner"),
        ({"fate": ""}, "fate"),
        ({"operation_payer": ""}, "operation_payer"),
        ({"remeasurement_post": ""}, "remeasurement_post"),
    ],
)
def test_nothing_opens_without_what_it_must_say(left_out: dict[str, str], lacking: str) -> None:
    made, office = drafted(**left_out), person(Role.PROGRAMME_OFFICE)
    assert [one.value for one in lacking_of(made)] == [lacking]
    assert refused(offer, made.pk, reason=WHY, actor=office, now=NOON) == "agreement.lacking"
    redraft(made.pk, Said(**AGREED), actor=office, now=NOON)
    drop_line(made.pk, "false_share_0", actor=office, now=NOON)
    assert refused(offer, made.pk, reason=WHY, actor=office, now=NOON) == "agreement.lacking"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"formula": "share(nothing)"}, "kpi.column"),
        ({"formula": "__import__('os')"}, "kpi.formula"),
        ({"formula": "1 + 1"}, "kpi.no_figure"),
        ({"source": "rumours"}, "agreement.no_source"),
        ({"cluster": "nothing"}, "agreement.no_source"),
        ({"target": 0.6}, "agreement.bad_line"),
        ({"margin": -1}, "agreement.bad_line"),
        ({"measured_on": "2026-01-01"}, "agreement.bad_line"),
        ({"least_rows": "many"}, "agreement.bad_line"),
        ({"baseline": LINE["baseline"] | {"interval": (0.5, 0.6)}}, "agreement.bad_line"),
        ({"weight": None}, "agreement.bad_line"),
    ],
)
def test_a_line_that_cannot_be_computed_or_agreed_on_is_refused(changed: dict[str, Any], code: str) -> None:
    made = drafted(lines=0)
    assert refused(put_line, made.pk, LINE | changed, actor=person(Role.PROGRAMME_OFFICE), now=NOON) == code


def test_an_agreement_begins_with_a_problem_that_was_taken_up_and_a_field_owner() -> None:
    office, said = person(Role.PROGRAMME_OFFICE), Said(title="실증", lead="가온센서")
    assert refused(make_agreement, problem_under_review().pk, said, actor=office, now=NOON) == "agreement.problem"
    person(Role.OFFICER, "officer")
    for changed, code in (
        ({"title": " "}, "words"), ({"lead": "가" * 300}, "words"), ({"fate": "luck"}, "bad_fate"),
        ({"field_owner": "officer"}, "no_owner"), ({"field_owner": "nobody at all"}, "no_owner"),
    ):  # fmt: skip
        given = Said(**{"title": "실증", "lead": "가온센서", **changed})
        assert refused(make_agreement, problem_under_review().pk, given, actor=office, now=NOON) == f"agreement.{code}"


def test_two_sign_it_and_then_it_runs_and_is_to_be_measured_again() -> None:
    made, manager, owner = offered(lines=3), person(Role.PROGRAMME_MANAGER), person(Role.FIELD_OWNER)
    said = {"agrees": True, "reason": WHY, "now": NOON}
    stranger = person(Role.FIELD_OWNER, "owner of something else")
    for actor in (stranger, person(Role.PROGRAMME_OFFICE), person(Role.COMMITTEE_MEMBER)):
        assert refused(sign, made.pk, actor=actor, **said) == "agreement.not_signer"
    sign(made.pk, actor=manager, **said)
    second = person(Role.PROGRAMME_MANAGER, "second manager")
    for actor in (manager, second):
        assert refused(sign, made.pk, actor=actor, **said) == "agreement.signed_already"
    made.refresh_from_db()
    assert made.state == "offered"
    sign(made.pk, actor=owner, **said)
    made.refresh_from_db()
    version = locked_versions(made)[0]
    assert (made.state, made.version, len(version.sha256)) == ("running", 1, 64)
    assert [one.due_on for one in made.remeasurements.all()] == [date(2027, 9, 30), date(2028, 9, 30)]
    told = AuditEntry.objects.get(action="agreement.locked")
    assert told.details["sha256"] == version.sha256
    assert sum(one["weight"] for one in version.lock["sheet"]["indicators"]) == pytest.approx(1)
    assert changes_since_lock(made, LATER) == []
    assert refused(put_line, made.pk, LINE, actor=person(Role.PROGRAMME_OFFICE), now=NOON) == "agreement.no_such_way"


def test_what_was_taken_back_is_signed_anew() -> None:
    made, office = offered(), person(Role.PROGRAMME_OFFICE)
    sign(made.pk, agrees=True, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=NOON)
    take_back(made.pk, reason="목표를 다시 정함", actor=office, now=NOON)
    put_line(made.pk, LINE | {"key": "false_share_0", "target": 0.1}, actor=office, now=NOON)
    offer(made.pk, reason=WHY, actor=office, now=NOON)
    sign(made.pk, agrees=True, reason=WHY, actor=person(Role.FIELD_OWNER), now=NOON)
    made.refresh_from_db()
    assert made.state == "offered"
    cancelled = drafted()
    cancel(cancelled.pk, reason="기관이 참여를 철회함", actor=office, now=NOON)
    assert refused(offer, cancelled.pk, reason=WHY, actor=office, now=NOON) == "agreement.no_such_way"


def _line(made: Agreement, **changed: Any) -> None:
    Agreement.objects.filter(pk=made.pk).update(lines=[made.lines[0] | changed])


def _term(made: Agreement, **changed: Any) -> None:
    Agreement.objects.filter(pk=made.pk).update(**changed)


def _lock(made: Agreement, **changed: Any) -> None:
    version = AgreementVersion.objects.get(agreement=made)
    AgreementVersion.objects.filter(pk=version.pk).update(lock=version.lock | changed)


def _signature(made: Agreement, **changed: Any) -> None:
    first = AgreementSignature.objects.filter(version__agreement=made).order_by("pk").first()
    assert first is not None
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "programme_agreementsignature")
    QuerySet(AgreementSignature).filter(pk=first.pk).update(**changed)


CHANGES: dict[str, tuple[Callable[..., None], dict[str, Any], str]] = {
    "formula": (_line, {"formula": "share(not false_alarm)"}, "sheet"),
    "target": (_line, {"target": 0.39}, "sheet"),
    "margin": (_line, {"margin": 0.3}, "sheet"),
    "baseline": (_line, {"baseline": LINE["baseline"] | {"value": 0.45}}, "sheet"),
    "interval": (_line, {"baseline": LINE["baseline"] | {"interval": None}}, "sheet"),
    "direction": (_line, {"direction": "higher", "target": 0.9}, "sheet"),
    "source": (_line, {"source": "desk_cases"}, "sheet"),
    "least rows": (_line, {"least_rows": 1}, "sheet"),
    "measuring day": (_line, {"measured_on": "2027-09-30"}, "sheet"),
    "who measures": (_line, {"measured_by": "가온센서"}, "sheet"),
    "cluster": (_line, {"cluster": ""}, "sheet"),
    "key": (_line, {"key": "other_share"}, "sheet"),
    "protocol": (_term, {"protocol": "개발사가 고른 경보만 센다"}, "protocol"),
    "payer": (_term, {"operation_payer": "미정"}, "protocol"),
    "fate": (_term, {"fate": "one_more_run"}, "protocol"),
    "owner": (_term, {"field_owner_post": "홍보과장"}, "protocol"),
    "version": (_term, {"version": 2}, "record"),
    "number": (_term, {"number": "2026-AG-000999"}, "record"),
    "lock itself": (_lock, {"code": "another"}, "record"),
    "lock made unreadable": (_lock, {"sheet": {}}, "record"),
    "clock": (_lock, {"locked_at": "2026-03-03T03:00:00Z"}, "clock"),
    "who signed": (_signature, {"post": "대리"}, "signatures"),
    "when it was signed": (_signature, {"signed_at": LATER}, "signatures"),
    "what was signed": (_signature, {"content": "0" * 64}, "signatures"),
    "a signature turned": (_signature, {"agrees": False}, "signatures"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_after_the_lock_is_found(name: str) -> None:
    made = signed()
    how, changed, part = CHANGES[name]
    how(made, **changed)
    made.refresh_from_db()
    assert part in {one.part.value for one in changes_since_lock(made, LATER)}


def test_data_from_before_the_lock_are_part_of_it_and_what_comes_after_is_not() -> None:
    early = raised()
    made = signed()
    assert changes_since_lock(made, LATER) == []
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "street_alertevent")
    QuerySet(AlertEvent).filter(alert=early).update(at=NOON - timedelta(days=1))
    assert [one.part.value for one in changes_since_lock(made, LATER)] == ["data"]


def test_another_program_or_a_clock_that_was_ahead_is_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    made = signed()
    assert [one.part.value for one in changes_since_lock(made, NOON - timedelta(days=1))] == ["clock"]
    monkeypatch.setattr("pandok.fields.programme.lists.agreements.code_sha256", lambda: "another")
    assert [one.part.value for one in changes_since_lock(made, LATER)] == ["code"]


def test_an_amendment_is_signed_by_both_and_voted_for_by_two() -> None:
    made, office = signed(), person(Role.PROGRAMME_OFFICE)
    said = {"agrees": True, "reason": "여름에 장치를 늘림", "now": NOON}
    line = LINE | {"key": "false_share_0", "least_rows": 80}
    amend(made.pk, line, reason="표본을 늘림", actor=office, now=NOON)
    assert refused(amend, made.pk, line, reason="한 번 더", actor=office, now=NOON) == "agreement.offered_already"
    for role in (Role.PROGRAMME_MANAGER, Role.FIELD_OWNER):
        sign(made.pk, actor=person(role), **said)
    sign(made.pk, actor=person(Role.COMMITTEE_MEMBER), **said)
    made.refresh_from_db()
    assert (made.version, changes_since_lock(made, LATER)) == (1, [])
    sign(made.pk, actor=person(Role.COMMITTEE_MEMBER, "second member"), **said)
    made.refresh_from_db()
    second, first = locked_versions(made)
    assert (made.version, made.lines[0]["least_rows"], second.lock["previous"]) == (2, 80, first.sha256)
    assert changes_since_lock(made, LATER) == []
    amend(made.pk, line | {"least_rows": 10}, reason="표본을 줄임", actor=office, now=NOON)
    for name in ("third member", "fourth member"):
        actor = person(Role.COMMITTEE_MEMBER, name)
        sign(made.pk, agrees=False, reason="근거가 없음", actor=actor, now=NOON)
    assert list(made.versions.values_list("state", flat=True)) == ["locked", "locked", "rejected"]
    assert made.remeasurements.count() == 2


def test_milestones_are_reached_once_and_with_evidence() -> None:
    made, office = signed(), person(Role.PROGRAMME_OFFICE)
    for title, day, code in ((" ", "2026-06-30", "agreement.milestone"), ("설치", "여름", "request.day")):
        assert refused(set_milestone, made.pk, title=title, due_on=day, actor=office, now=NOON) == code
    one = set_milestone(made.pk, title="장치 40대 설치", due_on="2026-06-30", actor=office, now=NOON)
    reach_milestone(made.pk, one.pk, evidence="설치 확인서 3호", actor=office, now=NOON)
    again = refused(reach_milestone, made.pk, one.pk, evidence="한 번 더", actor=office, now=NOON)
    assert again == "agreement.no_milestone"


def test_a_lock_is_the_same_from_whatever_zone_its_moment_came() -> None:
    made = offered()
    for role in (Role.PROGRAMME_MANAGER, Role.FIELD_OWNER):
        sign(made.pk, agrees=True, reason=WHY, actor=person(role), now=NOON.astimezone(OFFICE_ZONE))
    made.refresh_from_db()
    assert changes_since_lock(made, NOON) == []
