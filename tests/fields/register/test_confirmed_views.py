"""A confirmed photograph among the views of a design: met by who searches, left alone by imports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.fields.register.acts import view_changes as lifecycle
from pandok.fields.register.lists import queries
from pandok.fields.register.models import Design, View, ViewOrigin

AT = datetime(2025, 6, 2, tzinfo=UTC)
DAY = date(2025, 6, 3)
HEADER = "design_id,locarno_class,status,view,path"
PHOTOGRAPH = "f" * 64


def kept(design: Design) -> View:
    event = AuditEvent("officer-1", "view.confirmed", f"design:{design.design_id}", "the appraisal found it", AT)
    return lifecycle.add_confirmed_view(design, name="2025-000001", sha256=PHOTOGRAPH, size_px=(12, 9), event=event)


@pytest.fixture
def confirmed(register: Any) -> View:
    register.picture("a.png")
    register.write(["D1,06-01,등록,front,a.png"], header=HEADER)
    register.run()
    return kept(Design.objects.get(design_id="D1"))


def test_who_asks_for_the_register_never_meets_it(confirmed: View) -> None:
    assert [view.name for view in View.objects.all()] == ["front"]
    assert [view.name for view in confirmed.design.views.all()] == ["front"]
    assert queries.counts(DAY).views == 1


def test_a_search_finds_it_with_the_right_of_its_design(confirmed: View) -> None:
    found = queries.views_by_key([confirmed.view_key], DAY)[confirmed.view_key]
    assert (found.sha256, found.design.design_id, found.design.status) == (PHOTOGRAPH, "D1", "in force")
    assert (found.view, found.confirmed) == ("2025-000001", True)
    assert queries.changed_since(0)[-1].view_key == confirmed.view_key
    row = queries.index_row(confirmed.view_key)
    assert row is not None
    assert row.confirmed
    entry = AuditEntry.objects.get(action="view.confirmed")
    assert (entry.object, entry.details["view_key"]) == ("design:D1", confirmed.view_key)


def test_an_import_neither_drops_it_nor_takes_it_for_its_own(register: Any, confirmed: View) -> None:
    register.picture("a.png", 60)
    register.write(["D1,06-01,등록,2025-000001,a.png"], header=HEADER)
    register.run()
    assert list(View.everything.filter(origin=ViewOrigin.CONFIRMED, withdrawn_at=None)) == [confirmed]
    assert sorted(View.objects.values_list("name", flat=True)) == ["2025-000001", "front"]


def test_class_and_status_of_the_right_reach_it(register: Any, confirmed: View) -> None:
    before = queries.last_change_id()
    register.write(["D1,09-01,소멸,front,a.png"], header=HEADER)
    register.run()
    row = {one.view_key: one.row for one in queries.changed_since(before)}[confirmed.view_key]
    assert row is not None
    assert (row.locarno_class, row.in_force) == ("09-01", False)


def test_it_is_taken_back_like_any_view_and_stands_only_once(confirmed: View) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(confirmed.design)
    event = AuditEvent("officer-1", "view.withdrawn", "design:D1", "the wrong article", AT)
    assert lifecycle.withdraw_view(confirmed.view_key, event=event)
    assert queries.views_by_key([confirmed.view_key], DAY) == {}
    assert queries.index_row(confirmed.view_key) is None
    assert queries.changed_since(0)[-1].row is None
    assert kept(confirmed.design).view_key != confirmed.view_key
