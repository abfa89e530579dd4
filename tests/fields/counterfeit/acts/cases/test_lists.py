"""Work lists: who sees which cases, in which order, page after page, under which filters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pandok.common.models import Account, Site
from pandok.fields.counterfeit.lists import cases as lists
from pandok.fields.counterfeit.lists import search
from pandok.fields.counterfeit.lists.case_filter import CaseFilter
from pandok.fields.counterfeit.lists.cases import work_list
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State, Turn
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Six cases of this site, two of another one, of which the officer opened one."""
    world = build_world()
    for number in range(6):
        world.case(now=NOON + timedelta(hours=number), item_name="가방" if number % 2 else "신발")
    other = Site.objects.create(code="PUS", name_ko="부산세관", name_en="Busan customs")
    for case in (world.case(now=NOON), world.case(now=NOON)):
        Case.objects.filter(id=case.id).update(site=other)
    elsewhere = world.account(Role.OFFICER, "elsewhere", site=other)
    Case.objects.filter(number="2026-000008").update(officer=elsewhere)
    return world


def numbers(account: Account, tab: lists.Tab = "all", size: int = 50, **chosen: object) -> list[int]:
    """The list from its first to its last page."""
    found, after = [], None
    cases = work_list(account=account, tab=tab, chosen=CaseFilter.model_validate(chosen), now=NOON)
    for _ in range(20):
        page = cases.page(after, size)
        found += [int(case.number[5:]) for case in page.cases]
        after = page.next
        if after is None:
            break
    assert len(found) == cases.count()
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_an_officer_sees_the_site_and_the_own_cases_elsewhere_newest_first(world: World, size: int) -> None:
    assert numbers(world.officer, size=size) == [6, 5, 4, 3, 2, 7, 1]


def test_who_sees_all_none_or_the_site(world: World) -> None:
    assert len(numbers(world.account(Role.AUDITOR))) == 8
    assert len(numbers(world.account(Role.SUPERVISOR, "everywhere"))) == 8
    assert numbers(world.account(Role.OFFICER, "elsewhere")) == [8, 7]
    for role in (Role.LAB_OPERATOR, Role.IMPORTER, Role.APPRAISER):
        assert numbers(world.account(role)) == []
    assert numbers(world.account(Role.HOLDER, party=world.holder)) == []


def test_filters_are_joined(world: World) -> None:
    Case.objects.filter(number="2026-000002").update(
        holder=world.holder, state=State.NOTIFIED.value, turn=Turn.HOLDER.value, locarno_class="09-03"
    )
    assert numbers(world.officer, text="가방") == [6, 4, 2]
    assert numbers(world.officer, holder=world.holder.id) == [2]
    assert numbers(world.officer, holder=world.holder.id, state="notified", turn="holder", site=world.site.id) == [2]
    assert numbers(world.officer, holder=world.holder.id, state="closed") == []
    assert numbers(world.account(Role.OFFICER, "elsewhere"), holder=world.holder.id) == []
    assert numbers(world.officer, state="notified", text="가방") == [2]
    assert numbers(world.officer, locarno="09-03") == [2]
    assert numbers(world.officer, locarno="09") == [6, 5, 4, 3, 2, 7, 1]
    assert numbers(world.officer, turn="holder") == [2]


@pytest.mark.parametrize("rare", [0, 5_000])
def test_text_is_paged_like_the_rest(world: World, monkeypatch: pytest.MonkeyPatch, rare: int) -> None:
    monkeypatch.setattr(search, "RARE", rare)
    assert numbers(world.officer, size=1, text="officer") == [6, 5, 4, 3, 2, 7, 1]
    assert numbers(world.officer, size=2, text="신발") == [5, 3, 1]


def test_days_are_days_of_the_office(world: World) -> None:
    # 15:00 UTC is midnight in Seoul.
    Case.objects.filter(number="2026-000001").update(opened_at=NOON.replace(hour=14, minute=59))
    Case.objects.filter(number="2026-000002").update(opened_at=NOON.replace(hour=15, minute=0))
    assert numbers(world.officer, opened_from=date(2026, 3, 3)) == [2]
    assert 2 not in numbers(world.officer, opened_to=date(2026, 3, 2))
    assert 1 in numbers(world.officer, opened_to=date(2026, 3, 2))


@pytest.mark.parametrize("size", [1, 2, 50])
def test_mine_are_those_that_wait_for_me_first_those_with_a_term(world: World, size: int) -> None:
    Case.objects.filter(number="2026-000003").update(due_at=NOON + timedelta(days=9))
    Case.objects.filter(number="2026-000005").update(due_at=NOON + timedelta(days=5))
    Case.objects.filter(number="2026-000001").update(turn=Turn.HOLDER.value, state=State.NOTIFIED.value)
    assert numbers(world.officer, "mine", size) == [5, 3, 2, 4, 6, 7]
    assert numbers(world.account(Role.OFFICER, "elsewhere"), "mine", size) == [8]


@pytest.mark.parametrize("size", [1, 2, 50])
def test_overdue_are_the_lapsed_and_those_that_end_soon(world: World, size: int) -> None:
    # Monday the 2nd of March 2026 is a holiday; two business days later is Wednesday.
    Case.objects.filter(number="2026-000002").update(due_at=NOON.replace(day=4, hour=15))
    Case.objects.filter(number="2026-000003").update(due_at=NOON.replace(day=5, hour=15))
    Case.objects.filter(number="2026-000004").update(due_at=NOON - timedelta(days=1))
    Case.objects.filter(number="2026-000005").update(state=State.LAPSED.value)
    assert numbers(world.officer, "overdue", size) == [5, 4, 2]


def test_a_page_reads_a_fixed_number_of_times(world: World, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page = work_list(account=world.officer, tab="all", chosen=CaseFilter(), now=NOON).page()
        for case in page.cases:
            _ = case.site, case.officer.username, case.design, case.holder, case.importer
            _ = [one.sha256 for one in case.signal.photographs.all()]
