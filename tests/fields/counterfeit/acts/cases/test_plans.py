"""The plans of the main lists: none reads the whole table of cases row by row."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet

from pandok.fields.counterfeit.lists.case_filter import CaseFilter
from pandok.fields.counterfeit.lists.cases import Key, Tab, work_list
from pandok.fields.counterfeit.models import Case
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db

ASKED: list[tuple[Tab, dict[str, object]]] = [
    ("mine", {}),
    ("mine", {"text": "가방"}),
    ("overdue", {}),
    ("all", {}),
    ("all", {"state": "closed"}),
    ("all", {"turn": "holder"}),
    ("all", {"holder": 1}),
    ("all", {"holder": 1, "state": "closed"}),
    ("all", {"locarno": "09"}),
    ("all", {"locarno": "09-01"}),
    ("all", {"text": "가방"}),
    ("all", {"text": "컵"}),
    ("all", {"opened_from": date(2026, 1, 1), "opened_to": date(2026, 1, 31)}),
]


def plan(rows: QuerySet[Case]) -> list[str]:
    """PostgreSQL reads three rows one by one, whatever index there is; told to do without, it does so only where none
    serves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        return rows.explain().splitlines()
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [row[3] for row in cursor.fetchall()]


def reads_all(step: str) -> bool:
    return "Seq Scan on desk_case " in step or ("SCAN desk_case" in step and "INDEX" not in step)


def sorts(step: str) -> bool:
    return "TEMP B-TREE" in step or "Sort  (" in step


@pytest.fixture
def world() -> World:
    world = build_world()
    for number in range(3):
        world.case(item_name=f"가방 {number}")
    return world


def test_no_list_reads_the_whole_table(world: World) -> None:
    bad = []
    for account in (world.officer, world.account(Role.AUDITOR)):
        for tab, asked in ASKED:
            cases = work_list(account=account, tab=tab, chosen=CaseFilter.model_validate(asked), now=NOON)
            for branch in cases.branches:
                field = "opened_at" if cases.newest_first else "due_at"
                rows = branch.order_by(*cases._order()).filter(cases._behind(Key(NOON, 20260000009)))
                steps = plan(rows.values_list(field, "serial", "pk")[:51])
                if any(reads_all(one) for one in steps):
                    bad.append((account.username, tab, asked, steps))
    assert bad == []


def test_the_newest_are_read_in_order_of_an_index(world: World) -> None:
    for account in (world.officer, world.account(Role.AUDITOR)):
        for asked in ({}, {"state": "closed"}, {"turn": "holder"}, {"locarno": "09"}):
            cases = work_list(account=account, tab="all", chosen=CaseFilter.model_validate(asked), now=NOON)
            steps = plan(cases.branches[0].order_by(*cases._order()).values_list("opened_at", "serial", "pk")[:51])
            assert not any(sorts(one) for one in steps), (asked, steps)


def test_a_rare_word_leads_and_the_site_is_only_looked_at(world: World) -> None:
    cases = work_list(account=world.officer, tab="all", chosen=CaseFilter(text="가방"), now=NOON)
    rows = cases.branches[0].order_by(*cases._order()).values_list("opened_at", "serial", "pk")[:51]
    leads = "(serial=?)"
    if connection.vendor == "postgresql":
        # Which index leads, the server decides by its counts; here only that the one of the words can.
        cases = work_list(account=world.account(Role.AUDITOR), tab="all", chosen=CaseFilter(text="가방"), now=NOON)
        rows, leads = cases.branches[0].order_by().values_list("pk"), "Bitmap Index Scan on desk_case_grams"
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan = off")
    steps = plan(rows)
    assert any(leads in one for one in steps), steps
