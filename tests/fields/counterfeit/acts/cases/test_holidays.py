"""Holidays declared late: entered with a reason, running terms counted again with an event, parties told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry, Job
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.cases.clocks import expire_due, last_day_of
from pandok.fields.counterfeit.acts.cases.dated_holidays import add_holiday, withdraw_holiday
from pandok.fields.counterfeit.acts.cases.deciding import decide
from pandok.fields.counterfeit.acts.notices.follow_up import KIND, follow_up
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, DatedHoliday, Notice
from pandok.fields.counterfeit.outcomes import Disposition
from tests.fields.counterfeit.acts.notices.conftest import quick_pdf  # noqa: F401
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]
WEDNESDAY = date(2026, 3, 4)
"""Inside the term that begins on Monday 2 March 2026 and ends on Wednesday the 11th."""
LAST_DAY = date(2026, 3, 11)


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


@pytest.fixture
def admin(notices: NoticeWorld) -> Account:
    return notices.world.account(Role.ADMINISTRATOR)


def declared(admin: Account | None, day: date, now: datetime = NOON, **changes: Any) -> DatedHoliday:
    said: dict[str, Any] = {"kind": "off", "name": "임시공휴일", "reason": "국무회의 의결 공고"}
    return add_holiday(day=day, actor=admin, now=now, **(said | changes))


def clock(case: Case, rule: str = "holder_request") -> CaseClock:
    return CaseClock.objects.get(case=case, rule=rule)


def worked(notices: NoticeWorld, now: datetime) -> set[tuple[str, str]]:
    for job in Job.objects.filter(kind=KIND).order_by("pk"):
        event = CaseEvent.objects.get(case_id=job.payload["case"], sequence=job.payload["sequence"])
        follow_up(event=event, now=now, office=notices.office)
    return set(Notice.objects.values_list("template", "party__kind"))


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (WEDNESDAY, date(2026, 3, 12)),
        (LAST_DAY, date(2026, 3, 12)),
        (date(2026, 3, 12), LAST_DAY),  # after the term
        (date(2026, 3, 7), LAST_DAY),  # a Saturday does not count anyway
        (date(2026, 2, 26), LAST_DAY),  # before it
    ],
)
def test_a_day_inside_a_term_moves_its_end(notices: NoticeWorld, admin: Account, day: date, ends: date) -> None:
    case = notices.notified()
    declared(admin, day)
    assert last_day_of(clock(case).due_at) == ends
    case.refresh_from_db()
    assert case.due_at == clock(case).due_at
    events = case.events.filter(kind="term_recounted")
    assert events.exists() == (ends != LAST_DAY)
    if event := events.first():
        assert (event.by, event.actor, event.data["holiday"]) == ("system", admin, day.isoformat())
        assert last_day_of(datetime.fromisoformat(event.data["due_before"])) == LAST_DAY
        assert {("term_moved", "holder"), ("term_moved", "importer")} <= worked(notices, NOON)
        assert "2026년 3월 12일" in str(Notice.objects.filter(template="term_moved")[0].content)
    assert AuditEntry.objects.get(action="holiday.added").reason == "국무회의 의결 공고"
    assert audit.verify() is None


def test_every_running_term_of_a_case_is_counted_anew(notices: NoticeWorld, admin: Account) -> None:
    case = notices.notified()
    make_statement(case=case, text="정식 수입품", asks_release=True, actor=notices.importer, now=NOON, nonce="s")
    before = dict(CaseClock.objects.filter(case=case).values_list("rule", "due_at"))
    declared(admin, WEDNESDAY)
    after = dict(CaseClock.objects.filter(case=case).values_list("rule", "due_at"))
    assert set(after) == {"holder_request", "release_review", "answer_review"}
    assert all(after[rule] - before[rule] == timedelta(days=1) for rule in after)
    assert case.events.filter(kind="term_recounted").count() == 3


def test_two_days_and_a_weekend_between_them(notices: NoticeWorld, admin: Account) -> None:
    case = notices.notified()
    declared(admin, LAST_DAY)
    declared(admin, date(2026, 3, 12))
    declared(admin, date(2026, 3, 13))
    assert last_day_of(clock(case).due_at) == date(2026, 3, 16)


def test_a_day_taken_back_moves_the_end_back_but_surprises_nobody(notices: NoticeWorld, admin: Account) -> None:
    case = notices.notified()
    day = declared(admin, WEDNESDAY)
    withdraw_holiday(holiday=day, actor=admin, reason="의결이 취소됨", now=NOON)
    assert last_day_of(clock(case).due_at) == LAST_DAY
    assert AuditEntry.objects.filter(action="holiday.withdrawn").exists()
    again = declared(admin, WEDNESDAY)
    late = datetime(2026, 3, 12, 3, tzinfo=UTC)  # the last day as it was told: the shorter term would be over
    withdraw_holiday(holiday=again, actor=admin, reason="의결이 취소됨", now=late)
    assert clock(case).due_at > late
    with pytest.raises(RequestError, match="withdrawn already"):
        withdraw_holiday(holiday=again, actor=admin, reason="의결이 취소됨", now=late)


def test_a_holiday_of_the_calendar_that_is_none(notices: NoticeWorld, admin: Account) -> None:
    case = notices.notified(importer=False)
    declared(admin, WEDNESDAY)
    assert last_day_of(clock(case).due_at) == date(2026, 3, 12)
    other = declared(admin, date(2026, 5, 5), kind="working", name="어린이날")  # far off: nothing moves
    assert other.kind == "working"
    assert last_day_of(clock(case).due_at) == date(2026, 3, 12)


def test_a_term_that_ended_on_a_day_declared_a_holiday_afterwards_is_open_again(
    notices: NoticeWorld, admin: Account
) -> None:
    case = notices.notified()
    ended = clock(case).due_at
    assert expire_due(ended) == 1
    later = ended + timedelta(hours=10)
    declared(admin, LAST_DAY, now=later)
    case.refresh_from_db()
    assert (case.state, case.turn) == ("notified", "holder")
    assert (clock(case).stopped_at, last_day_of(clock(case).due_at)) == (None, date(2026, 3, 12))
    assert case.events.filter(kind="term_reopened").count() == 1
    assert ("term_moved", "holder") in worked(notices, later)
    assert expire_due(clock(case).due_at) == 1


@pytest.mark.parametrize("how", ["long ago", "decided"])
def test_a_term_that_rightly_ended_stays_ended(notices: NoticeWorld, admin: Account, how: str) -> None:
    case = notices.notified()
    ended = clock(case).due_at
    expire_due(ended)
    if how == "decided":
        decide(
            case=case, disposition=Disposition.RELEASED, actor=notices.world.officer, reason="통관하기로 함", now=ended
        )
    before = CaseClock.objects.filter(case=case).values_list("due_at", "stopped_by").get()
    late = ended + (timedelta(hours=1) if how == "decided" else timedelta(days=5))
    declared(admin, LAST_DAY, now=late)
    assert CaseClock.objects.filter(case=case).values_list("due_at", "stopped_by").get() == before
    assert not case.events.filter(kind__in=["term_recounted", "term_reopened"]).exists()


def test_a_later_term_knows_the_day(notices: NoticeWorld, admin: Account) -> None:
    declared(admin, WEDNESDAY)
    case = notices.notified()
    assert last_day_of(clock(case).due_at) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "x"}, "request.reason"),
        ({"name": " "}, "holiday.facts"),
        ({"kind": "maybe"}, "holiday.facts"),
    ],
)
def test_a_day_needs_its_facts_and_a_reason(admin: Account, changes: dict[str, str], code: str) -> None:
    with pytest.raises(RequestError) as refused:
        declared(admin, WEDNESDAY, **changes)
    assert refused.value.error_code == code
    assert not DatedHoliday.objects.exists()


def test_by_page_and_by_api_and_only_by_the_administrator(notices: NoticeWorld, admin: Account) -> None:
    case = notices.notified()
    client = Client(headers={"accept-language": "ko"})
    client.force_login(admin)
    body = {"day": "2026-03-04", "kind": "off", "name": "임시공휴일", "reason": "국무회의 의결 공고"}
    assert client.post("/holidays/", body | {"day": "someday"}).status_code == 422
    assert client.post("/holidays/", body).status_code == 302
    page = client.get("/holidays/").content.decode()
    assert "2026-03-04" in page
    assert "국무회의 의결 공고" in page
    again = client.post("/api/v1/law/holidays", json.dumps(body), content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "holiday.exists")
    day = client.get("/api/v1/law/holidays").json()[0]
    taken = client.post(
        f"/api/v1/law/holidays/{day['id']}/withdraw",
        json.dumps({"reason": "의결이 취소됨"}),
        content_type="application/json",
    )
    assert taken.json()["withdrawn_at"]
    other = Client()
    other.force_login(notices.world.account(Role.SUPERVISOR, site=notices.world.site))
    assert other.post("/holidays/", body).status_code == 403
    assert case.events.filter(kind="term_recounted").exists()
