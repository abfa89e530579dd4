"""Cases: opened once, moved along the table only, with event, audit entry and clocks; seen by whom they concern."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry, Party
from pandok.core.errors import RequestError, StoreError
from pandok.fields.counterfeit.acts.cases import clocks
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move, note
from pandok.fields.counterfeit.acts.cases.deciding import (
    choose_candidate,
    close_case,
    decide,
    name_parties,
    record_appraisal,
    reopen_choice,
    say_nothing_close,
)
from pandok.fields.counterfeit.acts.cases.opening import attach_reading, open_case
from pandok.fields.counterfeit.acts.cases.suspending import suspend
from pandok.fields.counterfeit.lists.search import normalised
from pandok.fields.counterfeit.lists.visible import cases_visible_to, turns_in
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, Notice
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn
from tests.fields.counterfeit.cases_fixtures import World, begin_term, build_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def chosen(world: World) -> Case:
    case = world.case(item_name="유리병", parcel_number="EB123456789CN")
    return choose_candidate(case=case, design_id="30-0001", actor=world.officer, reason="형태가 같음", now=NOON)


def told(case: Case, party: Party) -> None:
    Notice.objects.create(
        case=case,
        party=party,
        template="t",
        template_version="1",
        language="ko",
        subject="s",
        content={},
        issued_at=NOON,
        delivery_key=f"{case.id}:{party.id}",
    )


def notified(world: World) -> Case:
    case = chosen(world)
    with transaction.atomic():
        case = locked(case.id)
        move(case, State.NOTIFIED, by=Turn.OFFICER, actor=world.officer, reason="통지", now=NOON)
    told(case, world.holder)
    begin_term(case)
    return case


def test_a_case_is_opened_once_and_numbered_in_order(world: World) -> None:
    record = world.reading()
    first = open_case(reading=record, actor=world.officer, now=NOON)
    again = open_case(reading=record, actor=world.officer, now=NOON)
    second = world.case()
    assert first.id == again.id
    assert (first.number, second.number) == ("2026-000001", "2026-000002")
    assert State(first.state) is State.READ
    assert first.site == world.site
    assert first.law_version == "KR-2026"
    assert list(first.events.values_list("sequence", "kind")) == [(1, "opened"), (2, "read")]


def test_choosing_names_the_holder_and_keeps_what_the_reader_said(world: World) -> None:
    case = chosen(world)
    assert case.holder == world.holder
    assert case.candidate_rank == 1
    assert case.candidate_probability == pytest.approx(0.83)
    assert "유리병" in case.words
    assert "한빛용기" in case.words
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last is not None
    assert (last.action, last.reason, last.details["design_id"]) == ("case.candidate_chosen", "형태가 같음", "30-0001")
    assert audit.verify() is None


@pytest.mark.parametrize("status", ["lapsed", "expired", "unknown", "pending"])
def test_a_right_that_does_not_stand_is_no_basis(world: World, status: str) -> None:
    world.design.status = status
    world.design.save()
    with pytest.raises(RequestError, match="not in force"):
        chosen(world)
    assert not Case.objects.filter(design__isnull=False).exists()


def test_an_empty_reason_changes_nothing(world: World) -> None:
    case = world.case()
    before = CaseEvent.objects.count()
    with pytest.raises(RequestError, match="reason"):
        say_nothing_close(case=case, actor=world.officer, reason="  ", now=NOON)
    assert Case.objects.get().state == "read"
    assert CaseEvent.objects.count() == before


def test_no_way_past_the_table(world: World) -> None:
    case = world.case()
    with pytest.raises(RequestError, match="cannot become"):
        decide(case=case, disposition=Disposition.DESTROYED, actor=world.officer, reason="폐기하기로 함", now=NOON)


def test_history_cannot_be_changed(world: World) -> None:
    event = world.case().events.get(sequence=1)
    event.reason = "other"
    with pytest.raises(StoreError):
        event.save()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute("UPDATE desk_caseevent SET reason = 'other'")


def test_the_whole_way(world: World) -> None:
    case = notified(world)
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert case.due_at == clock.due_at
    with transaction.atomic():
        case = locked(case.id)
        move(case, State.SUSPENSION_REQUESTED, by=Turn.HOLDER, actor=None, reason="보류 요청", now=NOON)
    clock.refresh_from_db()
    assert clock.stopped_by == "met"
    assert list(CaseClock.objects.filter(stopped_at=None).values_list("rule", flat=True)) == ["suspension_decision"]
    case = suspend(case=case, actor=world.officer, reason="담보를 확인하고 보류", now=NOON)
    assert (case.state, case.turn) == ("suspended", "holder")
    assert not CaseClock.objects.filter(stopped_at=None).exists()  # the suit's term waits until the holder is told
    holder = world.account(Role.HOLDER, party=world.holder)
    case = record_appraisal(
        case=case, finding=Finding.INFRINGES, by=Turn.HOLDER, actor=holder, reason="감정서 첨부", now=NOON
    )
    assert not CaseClock.objects.filter(stopped_at=None).exists()
    case = decide(case=case, disposition=Disposition.DESTROYED, actor=world.officer, reason="침해 확인", now=NOON)
    case = close_case(case=case, actor=world.officer, reason="폐기 완료", now=NOON)
    assert (case.state, case.turn, case.due_at) == ("closed", "nobody", None)
    assert case.closed_at == NOON
    assert not CaseClock.objects.filter(stopped_at=None).exists()
    assert audit.verify() is None


def test_five_days_where_the_right_is_not_recorded(world: World) -> None:
    world.design.recorded_with_customs = False
    world.design.save()
    case = notified(world)
    # Monday 2 March 2026 is a holiday; five business days after it end on Monday the 9th.
    assert clocks.last_day_of(case.due_at) == datetime(2026, 3, 9, tzinfo=UTC).date()  # type: ignore[arg-type]


def test_a_term_that_is_over_leads_the_case_on_exactly_once(world: World) -> None:
    case = notified(world)
    late = case.due_at + timedelta(seconds=1)  # type: ignore[operator]
    assert clocks.expire_due(case.due_at - timedelta(seconds=1)) == 0  # type: ignore[operator]
    assert clocks.expire_due(late) == 1
    assert clocks.expire_due(late) == 0
    case.refresh_from_db()
    assert (case.state, case.turn) == ("lapsed", "officer")
    event = case.events.last()
    assert event is not None
    assert (event.kind, event.actor, event.by) == ("clock_expired", None, "system")
    assert CaseClock.objects.get(rule="holder_request").stopped_by == "expired"


def test_a_term_that_only_reminds_ends_without_moving_the_case(world: World) -> None:
    case = notified(world)
    with transaction.atomic():
        note(locked(case.id), "release_asked", by=Turn.IMPORTER, actor=None, reason="요청", now=NOON)
    CaseClock.objects.exclude(rule="release_review").update(stopped_at=NOON, stopped_by="met")
    clock = CaseClock.objects.get(rule="release_review")
    clocks.expire_due(clock.due_at)
    case.refresh_from_db()
    assert (case.state, case.turn, case.due_at) == ("notified", "officer", None)
    assert CaseClock.objects.get(rule="release_review").stopped_by == "expired"
    event = case.events.get(kind="clock_expired")
    assert (event.data["rule"], event.by, event.actor) == ("release_review", "system", None)
    assert AuditEntry.objects.filter(action="case.clock_expired").exists()


def test_reminders_come_once_each(world: World) -> None:
    case = notified(world)
    assert clocks.reminders_due(NOON) == []
    near = case.due_at - timedelta(days=1, hours=1)  # type: ignore[operator]
    first = clocks.reminders_due(near)
    assert [one.days_before for one in first] == [1]
    assert clocks.mark_reminded(first[0], near)
    assert not clocks.mark_reminded(first[0], near)
    assert clocks.reminders_due(near) == []
    last = clocks.reminders_due(case.due_at - timedelta(hours=1))  # type: ignore[operator]
    assert [one.days_before for one in last] == [0]


def test_reading_again_and_choosing_again_keep_the_history(world: World) -> None:
    case = chosen(world)
    case = reopen_choice(case=case, actor=world.officer, reason="다른 면 확인", now=NOON)
    newer = world.reading()
    newer.signal = case.signal
    newer.save()
    case = attach_reading(case=case, reading=newer, actor=world.officer, now=NOON)
    assert case.reading == newer
    case = say_nothing_close(case=case, actor=world.officer, reason="일치 없음", now=NOON)
    assert (case.design, case.holder) == (None, None)
    assert [event.kind for event in case.events.all()] == [
        "opened",
        "read",
        "candidate_chosen",
        "choice_reopened",
        "read_again",
        "nothing_close",
    ]


def test_parties_must_be_of_the_right_kind(world: World) -> None:
    case = chosen(world)
    with pytest.raises(RequestError):
        name_parties(case=case, actor=world.officer, now=NOON, importer=world.holder)
    case = name_parties(case=case, actor=world.officer, now=NOON, importer=world.importer)
    assert case.importer == world.importer
    assert "도담상사" in case.words


def test_who_sees_a_case(world: World) -> None:
    case = notified(world)
    other_site = type(world.site).objects.create(code="PUS", name_ko="부산세관", name_en="Busan customs")
    sees = {
        "own officer": world.officer,
        "colleague": world.account(Role.OFFICER, "colleague", site=world.site),
        "supervisor": world.account(Role.SUPERVISOR, "supervisor", site=world.site),
        "auditor": world.account(Role.AUDITOR),
        "holder": world.account(Role.HOLDER, "told holder", world.holder),
    }
    other = Party.objects.create(kind=Party.HOLDER, name="다른 권리자", added_at=NOON)
    blind = {
        "officer elsewhere": world.account(Role.OFFICER, "elsewhere", site=other_site),
        "supervisor elsewhere": world.account(Role.SUPERVISOR, "boss elsewhere", site=other_site),
        "other holder": world.account(Role.HOLDER, "other holder", other),
        "importer not told": world.account(Role.IMPORTER, "importer", world.importer),
        "appraiser": world.account(Role.APPRAISER, "appraiser", world.association),
        "lab operator": world.account(Role.LAB_OPERATOR),
        "holder member with another role": world.account(Role.IMPORTER, "wrong role", world.holder),
    }
    for name, account in sees.items():
        assert list(cases_visible_to(account)) == [case], name
    for name, account in blind.items():
        assert not cases_visible_to(account).exists(), name


def test_a_holder_does_not_see_a_case_before_the_notice(world: World) -> None:
    chosen(world)
    assert not cases_visible_to(world.account(Role.HOLDER, party=world.holder)).exists()


def test_turns(world: World) -> None:
    case = notified(world)
    holder = world.account(Role.HOLDER, party=world.holder)
    assert turns_in(world.officer, case) == {Turn.OFFICER}
    assert turns_in(holder, case) == {Turn.HOLDER}
    assert turns_in(world.account(Role.AUDITOR), case) == frozenset()
    world.holder.active = False
    world.holder.save()
    assert turns_in(holder, case) == frozenset()


def test_search_words_are_normalised() -> None:
    assert normalised(" ＡＢ  가방\n") == "ab 가방"
