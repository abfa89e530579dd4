"""A work order goes from an alert to a crew and back with what was found; the alert says so, and service is resumed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account, AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts.doing_works import finish_work, give_back_work, take_work
from pandok.fields.street.acts.ordering_works import WorkSaid, assign_work, order_work, withdraw_work
from pandok.fields.street.acts.silencing import maintain
from pandok.fields.street.lists.now import waiting
from pandok.fields.street.lists.works import WorkList, free_works, open_and_overdue, works
from pandok.fields.street.models import Alert, Device, Pole, WorkOrder
from pandok.fields.street.work_states import WorkState
from tests.fields.street.bed import NOON, later, pole, raised
from tests.roles import Role

pytestmark = pytest.mark.django_db


def person(role: Role, name: str = "") -> Account:
    account = Account.objects.create_user(name or role.value)
    account.groups.add(Group.objects.get(name=role.value))
    return account


def said(**other: str) -> WorkSaid:
    return WorkSaid(**({"kind": "lamp", "what": "꺼진 등 교체", "pole": "buk-1"} | other))


def codes(*asked: object) -> list[str]:
    found = []
    for one in asked:
        with pytest.raises(RequestError) as refused:
            one()  # type: ignore[operator]
        found.append(refused.value.error_code)
    return found


def test_from_an_alert_to_a_crew_to_what_was_found() -> None:
    alert, room, crew = raised(), person(Role.CONTROL_ROOM), person(Role.CREW)
    work = order_work(said(alert=alert.pk, pole="", crew=crew.username), actor=room, now=later(60))
    assert (work.number, work.stands, work.pole and work.pole.key) == ("2026-W-000001", WorkState.ASSIGNED, "buk-1")
    assert work.due_at == later(60) + timedelta(days=7)
    take_work(work.number, actor=crew, now=later(120))
    assert codes(lambda: finish_work(work.number, found=" ", replaced="", actor=crew, now=later(180))) == [
        "case.no_reason"
    ]
    finish_work(work.number, found="안정기 고장", replaced="안정기 1개", actor=crew, now=later(240))
    work.refresh_from_db()
    assert (work.stands, work.found, work.replaced) == (WorkState.DONE, "안정기 고장", "안정기 1개")
    steps = list(work.events.values_list("sequence", "to_state", "crew__username"))
    assert steps == [
        (1, "made", None),
        *((n, s, crew.username) for n, s in ((2, "assigned"), (3, "taken"), (4, "done"))),
    ]
    last = alert.events.last()
    assert last is not None
    assert (last.change, last.reason) == ("worked", "2026-W-000001: 안정기 고장 교체: 안정기 1개")
    assert Alert.objects.get(pk=alert.pk).stands.value == "raised", "the room closes it, and the readers clear it"
    told = list(
        AuditEntry.objects.filter(object=f"work-order:{work.pk}").order_by("sequence").values_list("action", flat=True)
    )
    assert told == ["work-order.made", "work-order.assigned", "work-order.taken", "work-order.done"]


def test_what_cannot_be_ordered_is_refused() -> None:
    alert = raised()
    order_work(said(alert=alert.pk), actor=None, now=NOON)
    officer = person(Role.CONTROL_ROOM)
    asked = {
        "street.bad_work": {"kind": "dig"},
        "case.no_reason": {"what": "  "},
        "street.no_pole": {"pole": "nowhere"},
        "street.no_work_place": {"pole": ""},
        "street.no_feeder": {"pole": "", "feeder": "none"},
        "street.no_alert": {"alert": "0" * 32},
        "street.work_there": {"alert": alert.pk},
        "street.bad_due": {"due_at": "2026-06-30T00:00"},
        "street.bad_moment": {"due_at": "soon"},
        "street.no_crew": {"crew": officer.username},
        "street.no_device_there": {"device": "siren"},
    }
    found = codes(*(lambda other=other: order_work(said(**other), actor=None, now=NOON) for other in asked.values()))
    assert found == list(asked)
    assert WorkOrder.objects.count() == 1


def test_only_the_crew_that_has_it_does_it_and_gives_it_back_with_a_reason() -> None:
    pole()
    one, other = person(Role.CREW, "crew one"), person(Role.CREW, "crew two")
    number = order_work(said(crew="crew one"), actor=None, now=NOON).number
    assert codes(
        lambda: take_work(number, actor=other, now=later(1)),
        lambda: give_back_work(number, actor=other, reason="내 일이 아님", now=later(1)),
        lambda: finish_work(number, found="고침", replaced="", actor=one, now=later(1)),
        lambda: give_back_work(number, actor=one, reason="", now=later(1)),
    ) == ["street.not_your_work", "street.not_your_work", "street.no_such_way_of_work", "request.reason"]
    take_work(number, actor=one, now=later(2))
    assert codes(lambda: withdraw_work(number, actor=None, reason="필요 없어짐", now=later(3))) == [
        "street.no_such_way_of_work"
    ]
    give_back_work(number, actor=one, reason="고소 작업차가 없음", now=later(4))
    back = WorkOrder.objects.get(number=number)
    assert (back.stands, back.crew) == (WorkState.GIVEN_BACK, None)
    assert codes(lambda: finish_work(number, found="고침", replaced="", actor=one, now=later(5))) == [
        "street.not_your_work"
    ]
    assign_work(number, "crew two", actor=None, reason="", now=later(6))
    assign_work(number, "crew one", actor=None, reason="", now=later(7))
    assert WorkOrder.objects.get(number=number).crew == one
    withdraw_work(number, actor=None, reason="필요 없어짐", now=later(8))
    assert codes(lambda: take_work(number, actor=one, now=later(9))) == ["street.no_such_way_of_work"]


def test_a_work_that_is_done_ends_the_maintenance_of_its_pole_unless_another_is_open() -> None:
    key = pole().key
    crew = person(Role.CREW)
    device = Device.objects.get(pole__key=key)
    maintain(key, until=later(36_000), actor=None, reason="감지기 교체", now=NOON)
    first, second = (
        order_work(said(kind="device", device=device.key, crew=crew.username), actor=None, now=NOON).number
        for _ in range(2)
    )
    hushed = raised(later(10))
    assert hushed.quiet
    for number, ended in ((first, False), (second, True)):
        take_work(number, actor=crew, now=later(20))
        finish_work(number, found="감지기 파손", replaced="수위계", actor=crew, now=later(60))
        assert (Pole.objects.get(key=key).maintenance_until is None) is ended
    assert not Alert.objects.get(pk=hushed.pk).quiet, "what still stands calls now"
    device.refresh_from_db()
    assert str(device.maintained_on) == "2026-07-01"
    assert AuditEntry.objects.filter(object=f"pole:{key}", action="pole.in_service").count() == 1


def test_open_overdue_and_whose_they_are() -> None:
    pole()
    crew, room = person(Role.CREW), person(Role.CONTROL_ROOM)
    late = order_work(said(due_at="2026-07-01T13:00", crew=crew.username), actor=None, now=NOON)
    order_work(said(kind="leakage"), actor=None, now=NOON)
    after = later(7200)
    assert open_and_overdue(after) == (2, 1)
    assert list(works(WorkList.MINE, crew, after)) == list(works(WorkList.OVERDUE, room, after)) == [late]
    assert [one.kind for one in free_works()] == ["leakage"]
    assert (waiting(crew, after)["street_works"].mine, waiting(crew, after)["street_works"].late) == (1, 1)
    assert (waiting(room, after)["street_works"].mine, waiting(room, after)["street_works"].late) == (1, 0)
    withdraw_work(late.number, actor=None, reason="필요 없어짐", now=after)
    assert (list(works(WorkList.FINISHED, room, after)), open_and_overdue(after)) == ([late], (1, 0))
