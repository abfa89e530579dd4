"""The room decides, with reason and cause; every step is kept and told."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account, AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts import deciding
from pandok.fields.street.lists.now import lately, open_alerts
from pandok.fields.street.states import AlertState
from tests.fields.street.bed import NOON, later, raised
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Account:
    return person(Role.CONTROL_ROOM)


def person(role: Role) -> Account:
    account = Account.objects.create_user(role.value)
    account.groups.add(Group.objects.get(name=role.value))
    return account


def test_an_alert_goes_from_raised_to_closed_with_its_cause(room: Account) -> None:
    alert = raised()
    deciding.confirm(alert.pk, actor=room, reason="", now=later(30))
    deciding.respond(alert.pk, actor=person(Role.CREW), reason="", now=later(60))
    with pytest.raises(RequestError) as refused:
        deciding.close(alert.pk, actor=room, reason="배수 완료", cause="", now=later(90))
    assert refused.value.error_code == "street.no_cause"
    closed = deciding.close(alert.pk, actor=room, reason="배수 완료", cause="hazard", now=later(90))
    assert (closed.stands, closed.cause) == (AlertState.CLOSED, "hazard")
    assert [one.to_state for one in closed.events.all()] == ["raised", "confirmed", "responding", "closed"]
    told = AuditEntry.objects.filter(object=f"alert:{alert.pk}").order_by("sequence")
    assert [one.action for one in told] == ["alert.raised", "alert.confirmed", "alert.responding", "alert.closed"]


def test_a_crew_confirms_nothing() -> None:
    alert = raised()
    with pytest.raises(RequestError) as refused:
        deciding.confirm(alert.pk, actor=person(Role.CREW), reason="", now=NOON)
    assert refused.value.error_code == "street.no_such_way"


def test_a_false_alarm_is_counted(room: Account) -> None:
    one, two = raised(), raised(later(3600))
    deciding.reject(one.pk, actor=room, reason="차량 통과", cause="passing", now=later(60))
    assert lately(two) == (1, 1)
    assert list(open_alerts()) == [two]


def test_merged_into_an_open_alert_only(room: Account) -> None:
    one, two = raised(), raised(later(3600))
    for into in ("", one.pk, "nowhere"):
        with pytest.raises(RequestError) as refused:
            deciding.merge(one.pk, into, actor=room, reason="", now=NOON)
        assert refused.value.error_code == "street.merge_into" or into == "nowhere"
    merged = deciding.merge(one.pk, two.pk, actor=room, reason="", now=NOON)
    assert merged.merged_into == two
    with pytest.raises(RequestError):
        deciding.merge(two.pk, one.pk, actor=room, reason="", now=NOON)


def test_a_step_is_ticked_once(room: Account) -> None:
    alert = raised()
    for _ in range(2):
        deciding.tick_step(alert.pk, "look", actor=room, now=NOON)
    assert alert.events.filter(change="step").count() == 1
    with pytest.raises(RequestError):
        deciding.tick_step(alert.pk, "dance", actor=room, now=NOON)
