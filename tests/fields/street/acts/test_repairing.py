"""A fault orders its repair in one step or by itself: never two for one fault, and none for a fault that is gone."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.alerting import Found, keep_found
from pandok.fields.street.acts.doing_works import finish_work, take_work
from pandok.fields.street.acts.ordering_works import WorkSaid, order_work, withdraw_work
from pandok.fields.street.acts.repairing import order_due_repairs, order_repair, withdraw_ended_repairs
from pandok.fields.street.acts.silencing import maintain
from pandok.fields.street.hazards import Said, alert_id
from pandok.fields.street.models import Alert, AlertEvent, Pole, WorkOrder
from pandok.fields.street.work_states import REPAIRED, WorkState
from pandok.settings import REPAIRED_READERS, Settings
from tests.fields.street.acts.test_works import person
from tests.fields.street.bed import NOON, later, ms, pole, raised
from tests.roles import Role

pytestmark = pytest.mark.django_db
LAMP = frozenset({"lamp-outage"})


def said(onset: datetime, at: datetime, change: str = "raised", reader: str = "lamp-outage") -> Alert:
    """What the reader of lamps at `buk-1` says."""
    found = Pole.objects.filter(key="buk-1").first() or pole()
    why = Text(ko="밤인데 꺼져 있음", en="Dark at night")
    level = 0 if change == "cleared" else 2
    key = alert_id("buk-1", reader, "1", ms(onset))
    with transaction.atomic():
        told = Said(key, reader, "1", ms(onset), ms(at), change, level, 1.0, why)
        keep_found([Found(told, found)], now=at)
    return Alert.objects.get(pk=key)


def due(at_s: float) -> list[WorkOrder]:
    return order_due_repairs(LAMP, later(at_s))


def code(asked: object) -> str:
    with pytest.raises(RequestError) as refused:
        asked()  # type: ignore[operator]
    return refused.value.error_code


def test_in_one_step_once_and_only_for_a_fault() -> None:
    alert, room = said(NOON, NOON), person(Role.CONTROL_ROOM)
    work = order_repair(alert.pk, what="", crew="", actor=room, now=later(60))
    assert (work.kind, work.what, work.alert, work.ends_with_fault) == (
        "lamp",
        "등 꺼짐: 밤인데 꺼져 있음",
        alert,
        True,
    )
    assert code(lambda: order_repair(alert.pk, what="", crew="", actor=room, now=later(61))) == "street.work_there"
    flood = raised(later(120))
    assert code(lambda: order_repair(flood.pk, what="", crew="", actor=room, now=later(130))) == "street.no_repair"
    assert code(lambda: order_repair("0" * 32, what="", crew="", actor=room, now=later(130))) == "street.no_alert"


def test_the_same_fault_under_another_alert_has_no_second_order() -> None:
    first, room, crew = said(NOON, NOON), person(Role.CONTROL_ROOM), person(Role.CREW)
    work = order_repair(first.pk, what="", crew=crew.username, actor=room, now=later(60))
    take_work(work.number, actor=crew, now=later(100))
    said(NOON, later(200), "cleared")
    deciding.confirm(first.pk, actor=room, reason="", now=later(300))
    deciding.close(first.pk, actor=room, reason="점등 확인", cause="hazard", now=later(300))
    second = said(later(90_000), later(90_000))
    assert code(lambda: order_work(WorkSaid("lamp", "교체", second.pk), actor=room, now=later(90_060))) == (
        "street.work_there"
    )
    assert due(100_000) == []
    finish_work(work.number, found="안정기 고장", replaced="", actor=crew, now=later(100_100))
    assert [one.alert for one in due(100_200)] == [second]


def test_by_itself_once_it_has_stood_and_never_again_for_what_people_decided() -> None:
    alert, room = said(NOON, NOON), person(Role.CONTROL_ROOM)
    assert due(300) == [], "it may be a whole feeder"
    assert order_due_repairs(frozenset(), later(700)) == []
    (work,) = due(700)
    assert (work.alert, work.made_by, work.stands) == (alert, None, WorkState.MADE)
    assert due(730) == []
    withdraw_work(work.number, actor=room, reason="철거 예정인 등", now=later(800))
    assert due(900) == []
    assert AlertEvent.objects.filter(alert=alert, change="work").count() == 1


def test_a_pole_in_maintenance_and_a_rejected_alert_order_nothing() -> None:
    pole()
    maintain("buk-1", until=later(36_000), actor=None, reason="등 교체 작업", now=NOON)
    assert said(later(1), later(1)).quiet
    assert due(2000) == []
    maintain("buk-1", until=None, actor=None, reason="점검을 마침", now=later(3000))
    assert len(due(4000)) == 1
    deciding.reject(
        Alert.objects.get().pk, actor=person(Role.CONTROL_ROOM), reason="시험", cause="test", now=later(4100)
    )
    assert [one.stands for one in withdraw_ended_repairs(later(4130))] == [WorkState.WITHDRAWN]
    assert due(9000) == []


def test_a_fault_that_is_gone_withdraws_its_order_unless_a_crew_is_at_it_and_orders_again_when_it_is_back() -> None:
    alert = said(NOON, NOON)
    (work,) = due(700)
    said(NOON, later(800), "cleared")
    assert withdraw_ended_repairs(later(900)) == [], "what comes back within ten minutes is the same fault"
    assert withdraw_ended_repairs(later(1500)) == [work]
    last = work.events.last()
    assert last is not None
    assert (last.actor, last.to_state, last.reason) == (None, "withdrawn", "작업 전에 고장이 사라졌습니다.")
    said(NOON, later(2000), "again")
    (again,) = due(2030)
    assert again.alert == alert
    crew = person(Role.CREW)
    take_work(again.number, actor=crew, now=later(2100))
    said(NOON, later(2200), "cleared")
    assert withdraw_ended_repairs(later(9000)) == []
    finish_work(again.number, found="접촉 불량", replaced="", actor=crew, now=later(9100))


def test_a_leak_that_is_dry_is_still_to_be_mended() -> None:
    alert = said(NOON, NOON, reader="leakage")
    work = order_repair(alert.pk, what="", crew="", actor=None, now=later(10))
    said(NOON, later(20), "cleared", reader="leakage")
    assert withdraw_ended_repairs(later(9000)) == []
    assert not work.ends_with_fault


def test_an_alert_that_joined_another_with_an_order_needs_none_of_its_own() -> None:
    first, second, room = said(NOON, NOON), said(later(5), later(5), reader="not-heard"), person(Role.CONTROL_ROOM)
    for one in (first, second):
        order_repair(one.pk, what="", crew="", actor=room, now=later(60))
    deciding.merge(second.pk, first.pk, actor=room, reason="", now=later(70))
    assert [one.alert for one in withdraw_ended_repairs(later(80))] == [second]


def test_the_setting_names_readers_of_faults() -> None:
    assert REPAIRED_READERS == REPAIRED
    assert Settings(street_repairs="lamp-outage, not-heard").repair_readers == {"lamp-outage", "not-heard"}
    with pytest.raises(ValueError, match="flood-level"):
        Settings(street_repairs="lamp-outage,flood-level")
