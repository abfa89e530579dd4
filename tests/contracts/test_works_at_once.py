"""Works ordered at one moment are numbered without gaps, and one work is taken by one crew. On both databases."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.fields.street.acts.doing_works import take_work
from pandok.fields.street.acts.ordering_works import WorkSaid, order_work
from pandok.fields.street.models import WorkOrder
from tests.contracts.test_numbers_at_once import ASKED, at_once, db, prepared, without_gaps  # noqa: F401
from tests.fields.street.bed import NOON, later, pole, raised
from tests.roles import Role


@pytest.mark.usefixtures("db")
def test_works_are_numbered_without_gaps_and_an_alert_has_one() -> None:
    pole()
    alert = raised()
    by_hand = [lambda: order_work(WorkSaid("lamp", "등 교체", pole="buk-1"), actor=None, now=NOON).number] * ASKED
    of_alert = [lambda: order_work(WorkSaid("lamp", "등 교체", alert=alert.pk), actor=None, now=NOON).number] * ASKED
    made = at_once([*by_hand, *of_alert])
    assert sorted(made[ASKED:])[1:] == ["street.work_there"] * (ASKED - 1)
    assert without_gaps(WorkOrder.objects.values_list("number", flat=True))
    assert WorkOrder.objects.count() == ASKED + 1


@pytest.mark.usefixtures("db")
def test_one_crew_takes_a_work() -> None:
    pole()
    number = order_work(WorkSaid("lamp", "등 교체", pole="buk-1"), actor=None, now=NOON).number
    crews = []
    for one in range(ASKED):
        crews.append(Account.objects.create_user(f"crew {one}"))
        crews[-1].groups.add(Group.objects.get_or_create(name=Role.CREW.value)[0])
    taken = at_once([lambda one=one: take_work(number, actor=one, now=later(60)).crew_id for one in crews])
    assert sum(isinstance(one, int) for one in taken) == 1
    assert [one for one in taken if isinstance(one, str)] == ["street.no_such_way_of_work"] * (ASKED - 1)
