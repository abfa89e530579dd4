from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pandok.fields.register.lists import queries
from pandok.fields.register.lists.queries import IndexRow
from pandok.fields.register.models import View

DAY = date(2025, 6, 1)
HEADER = "design_id,holder,article,locarno_class,status,recorded_with_customs,view,path"


@pytest.fixture
def filled(register: Any) -> Any:
    for number in range(3):
        register.picture(f"{number}.png", number)
    register.write(
        [
            "D1,홀더,의자,06-01,등록,yes,front,0.png",
            "D1,홀더,의자,06-01,등록,yes,back,1.png",
            "D2,Other,Lamp,26-05,거절,,front,2.png",
        ],
        header=HEADER,
    )
    register.run()
    return register


@pytest.mark.usefixtures("filled")
def test_views_by_key_asks_once() -> None:
    keys = list(View.objects.values_list("view_key", flat=True))
    with CaptureQueriesContext(connection) as captured:
        facts = queries.views_by_key([*keys, *range(10_000, 10_000 + queries.MAX_KEYS - len(keys))], DAY)
    assert len(captured) == 1
    assert set(facts) == set(keys)
    front = facts[keys[0]]
    assert (front.view, front.source_path, front.design.holder, front.design.status) == (
        "front",
        "0.png",
        "홀더",
        "in force",
    )
    assert front.design.recorded_with_customs is True
    other = facts[keys[2]].design
    assert (other.status, other.recorded_with_customs) == ("", None)
    with pytest.raises(ValueError, match="2000"):
        queries.views_by_key(range(queries.MAX_KEYS + 1), DAY)
    assert queries.views_by_key([], DAY) == {}


@pytest.mark.usefixtures("filled")
def test_views_after_pages_through_all() -> None:
    first = queries.views_after(0, 2)
    rest = queries.views_after(first[-1].view_key, 10)
    assert [(row.locarno_class, row.in_force, row.recorded) for row in first + rest] == [
        ("06-01", True, True),
        ("06-01", True, True),
        ("26-05", False, False),
    ]
    assert queries.views_after(rest[-1].view_key, 10) == []


def test_the_outbox_rebuilds_the_index(filled: Any) -> None:
    """An index that follows `changed_since` is the same as one built from nothing."""
    index: dict[int, IndexRow] = {}
    position = 0

    def follow() -> None:
        nonlocal position
        while steps := queries.changed_since(position, limit=2):
            for step in steps:
                if step.row is None:
                    index.pop(step.view_key, None)
                else:
                    index[step.view_key] = step.row
                position = step.change_id

    def fresh() -> dict[int, IndexRow]:
        return {row.view_key: row for row in queries.views_after(0, 100)}

    follow()
    assert index == fresh()
    filled.picture("2.png", 222)
    filled.write(
        [
            "D1,홀더,의자,06-02,소멸,no,front,0.png",
            "D1,홀더,의자,06-02,소멸,no,back,1.png",
            "D2,Other,Lamp,26-05,등록,,front,2.png",
        ],
        header=HEADER,
    )
    filled.run()
    assert index != fresh()
    follow()
    assert index == fresh()
    assert position == queries.last_change_id()


def test_a_fact_that_is_no_filter_does_not_bother_the_index(filled: Any) -> None:
    last = queries.last_change_id()
    filled.write(["D1,New holder,의자,06-01,등록,yes,front,0.png"], header=HEADER)
    assert filled.run().changed
    assert queries.last_change_id() == last


@pytest.mark.usefixtures("filled")
def test_counts() -> None:
    counts = queries.counts(DAY)
    assert (counts.designs, counts.views, counts.holders, counts.in_force, counts.recorded) == (2, 3, 2, 1, 1)
