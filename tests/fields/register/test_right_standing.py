"""A right stands or not on the day of the question: the day before its last, the last, the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pandok.core.rights import LegalStatus
from pandok.fields.register.lists import queries
from pandok.fields.register.models import Design, StatusChange
from pandok.fields.register.right_standing import in_force_on, is_recorded, recorded_on, standing, status_is

LAST = date(2025, 5, 31)  # the day before the import
DAYS = (LAST - timedelta(1), LAST, LAST + timedelta(1))
HEADER = "design_id,status,expires_on,recorded_with_customs,recordal_valid_until,path"


def imported(register: Any, *rows: str) -> None:
    register.picture("a.png")
    register.write(list(rows), header=HEADER)
    assert register.run().findings == []


def test_term_and_recordal_are_asked_for_the_day(register: Any) -> None:
    imported(register, f"D1,등록,{LAST},yes,{LAST},a.png")
    design = Design.objects.get()
    assert [standing(design, day).status.value for day in DAYS] == ["in force", "in force", "expired"]
    assert [standing(design, day).recorded for day in DAYS] == [True, True, False]
    assert [standing(design, day).recordal_over for day in DAYS] == [False, False, True]
    assert [is_recorded(design, day) for day in DAYS] == [True, True, False]
    key = queries.views_after(0, 1)[0].view_key
    shown = [queries.views_by_key([key], day)[key].design for day in DAYS]
    assert [(one.status, one.recorded_with_customs) for one in shown] == [
        ("in force", True),
        ("in force", True),
        ("expired", False),
    ]
    assert [(counts.in_force, counts.recorded) for counts in map(queries.counts, DAYS)] == [(1, 1), (1, 1), (0, 0)]


def test_the_register_keeps_what_its_source_said(register: Any) -> None:
    imported(register, f"D1,등록,{LAST},,,a.png")
    assert (Design.objects.get().status, Design.objects.get().status_word) == ("in force", "등록")
    assert queries.views_after(0, 1)[0].in_force, "the index filters by what does not change with the day"


@pytest.mark.parametrize("status", list(LegalStatus))
def test_a_filter_by_status_agrees_with_what_is_shown(register: Any, status: LegalStatus) -> None:
    words = ("등록", "소멸", "만료", "취소", "무효", "포기", "출원", "거절")
    rows = [f"{word}{end},{word},{end},,,a.png" for word in words for end in ("", LAST, LAST + timedelta(1))]
    imported(register, *rows)
    for day in DAYS:
        found = set(Design.objects.filter(status_is(status, day)).values_list("design_id", flat=True))
        assert found == {one.design_id for one in Design.objects.all() if standing(one, day).status is status}
        in_force = Design.objects.filter(in_force_on(day))
        assert all(standing(one, day).in_force for one in in_force)


def test_a_filter_by_recordal_agrees_with_what_is_shown(register: Any) -> None:
    rows = [f"{word}{end},등록,,{word},{end},a.png" for word in ("yes", "no", "") for end in ("", LAST)]
    imported(register, *(row if not row.startswith(",") else f"D{row}" for row in rows))
    for day in DAYS:
        found = set(Design.objects.filter(recorded_on(day)).values_list("design_id", flat=True))
        assert found == {one.design_id for one in Design.objects.all() if is_recorded(one, day)}


def test_a_renewed_right_stands_again_although_the_source_names_only_the_new_day(register: Any) -> None:
    imported(register, f"D1,등록,{LAST},yes,{LAST},a.png")
    register.write(["D1,,2030-05-31,,2030-05-31,a.png"], header=HEADER)
    register.run()
    after = standing(Design.objects.get(), DAYS[2])
    assert (after.status, after.recorded, after.recordal_over) == (LegalStatus.IN_FORCE, True, False)


def test_a_reinstated_right_stands_again(register: Any) -> None:
    for word, stands in (("등록", True), ("등록료 불납", False), ("회복", True)):
        imported(register, f"D1,{word},2030-05-31,,,a.png")
        assert standing(Design.objects.get(), DAYS[2]).in_force is stands
    assert [(one.old, one.new) for one in StatusChange.objects.order_by("pk")] == [
        ("", "in force"),
        ("in force", "lapsed"),
        ("lapsed", "in force"),
    ]
    assert [row.row.in_force for row in queries.changed_since(0) if row.kind == "filter" and row.row] == [True, True]


def test_further_classes_are_found(register: Any) -> None:
    register.picture("a.png")
    register.write(["D1,LOC (14) Cl. 8-05; 11-01; 21-01,a.png"], header="design_id,locarno_class,path")
    register.run()
    key = queries.views_after(0, 1)[0].view_key
    for classes, found in ((["11"], [key]), (["21-01"], [key]), (["1"], []), (["08"], []), (["11-02"], []), ([], [])):
        assert queries.keys_of_further_classes(classes, 10) == found
