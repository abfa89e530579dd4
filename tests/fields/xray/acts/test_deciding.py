"""One key decides, once, for the scan on one's own screen; and what was drawn is opened whatever is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from pandok.common.audit.writing import verify
from pandok.common.models import AuditEntry, Site
from pandok.core.errors import RequestError, StoreError
from pandok.fields.xray.acts.deciding import decide, have_read_again, take_back
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.waiting import KEPT_FOR
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ImageReading, Inspection
from tests.fields.xray.hall import PLACE, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(RequestError) as caught:
        yield
    assert caught.value.error_code == f"xray.{code}"


def state_of(inspection: Inspection) -> str:
    return Inspection.objects.get(pk=inspection.pk).state


def test_the_whole_way(hall: Hall) -> None:
    inspection = hall.inspection(goods="오렌지")
    reading = hall.read("one", Decision.OPEN, remark="벽 속 조각")
    assert (state_of(inspection), reading.seconds) == ("opening", 4)
    assert Inspection.objects.get().due_at == reading.decided_at + timedelta(hours=24)
    opener = hall.person(Role.OPENING_OFFICER)
    opening = record_opening(
        inspection_id=inspection.pk,
        officer=opener,
        found=Found.UNDECLARED,
        what="시계 열두 점",
        marks=[PLACE],
        now=hall.now,
    )
    assert (state_of(inspection), opening.what, Inspection.objects.get().due_at) == ("opened", "시계 열두 점", None)
    told = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert told == ["inspection.begun", "scan.imported", "inspection.opening", "inspection.opened"]
    assert verify() is None
    assert [event.sequence for event in inspection.events.all()] == [1, 2, 3]


def test_two_readers_are_never_given_the_same_scan(hall: Hall) -> None:
    first, second = hall.inspection(), hall.inspection()
    one, two = (hall.person(Role.SCAN_READER, name) for name in ("one", "two"))
    assert show_next(reader=one, now=hall.now) == first
    assert show_next(reader=two, now=hall.now) == second
    assert show_next(reader=one, now=hall.now + timedelta(seconds=30)) == first
    assert show_next(reader=hall.person(Role.SCAN_READER, "three"), now=hall.now) is None
    with refused("not_shown"):
        decide(
            inspection_id=second.pk,
            reader=one,
            decision=Decision.CLEAR,
            marks=[],
            remark="",
            functions=[],
            now=hall.now,
        )
    # Who went away loses it to the next.
    later = hall.now + KEPT_FOR + timedelta(seconds=1)
    assert show_next(reader=hall.person(Role.SCAN_READER, "three"), now=later) == first


def test_loading_the_page_again_does_not_stop_the_clock(hall: Hall) -> None:
    hall.inspection()
    reader = hall.person(Role.SCAN_READER, "one")
    show_next(reader=reader, now=hall.now)
    hall.now += timedelta(seconds=60)
    assert hall.read("one", Decision.CLEAR, seconds=5).seconds == 65


def test_open_needs_a_place_and_the_place_lies_in_the_image(hall: Hall) -> None:
    hall.inspection()
    with refused("no_mark"):
        hall.read("one", Decision.OPEN, marks=[])
    outside: list[Any] = [
        PLACE | {"box": [2, 1, 13, 4]},
        PLACE | {"view": "2"},
        PLACE | {"box": [5, 1, 5, 4]},
        PLACE | {"box": [-1, 1, 5, 4]},
        PLACE | {"box": [2, 1, 5]},
        PLACE | {"more": 1},
        "no mark",
        {"view": "1"},
        PLACE | {"box": [2.5, 1, 5, 4]},
        None,
    ]
    for mark in outside:
        with refused("bad_mark"):
            hall.read("one", Decision.OPEN, marks=[mark])
    with refused("too_much"):
        hall.read("one", Decision.OPEN, marks=[PLACE] * 21)
    with refused("too_much"):
        hall.read("one", Decision.CLEAR, remark="가" * 2001)
    assert not ImageReading.objects.exists()


def test_nothing_is_decided_twice(hall: Hall) -> None:
    inspection = hall.inspection()
    hall.read("one", Decision.CLEAR)
    asked: dict[str, Any] = {"marks": [], "remark": "", "functions": [], "now": hall.now}
    with refused("decided"):
        decide(
            inspection_id=inspection.pk,
            reader=hall.people["one"],
            decision=Decision.OPEN,
            **(asked | {"marks": [PLACE]}),
        )
    with refused("not_there"):
        decide(inspection_id=uuid4(), reader=hall.people["one"], decision=Decision.CLEAR, **asked)
    assert state_of(inspection) == "cleared"


def test_a_second_look_is_another_readers_and_ends(hall: Hall) -> None:
    inspection = hall.inspection()
    hall.read("one", Decision.SECOND_LOOK)
    assert show_next(reader=hall.people["one"], now=hall.now) is None
    with refused("second_look_given"):
        hall.read("two", Decision.SECOND_LOOK)
    hall.read("two", Decision.CLEAR)
    assert state_of(inspection) == "cleared"


def test_second_looks_come_first(hall: Hall) -> None:
    hall.inspection()
    hall.read("one", Decision.SECOND_LOOK)
    older = hall.inspection()
    assert older.number > Inspection.objects.get(state="second_look").number
    shown = show_next(reader=hall.person(Role.SCAN_READER, "two"), now=hall.now)
    assert shown is not None
    assert shown.state == "second_look"


def test_what_was_drawn_is_opened_although_it_was_cleared(hall: Hall) -> None:
    inspection = hall.inspection(drawn=True)
    reading = hall.read("one", Decision.CLEAR)
    assert (state_of(inspection), reading.decision) == ("opening", "clear")
    # It cannot be taken back to look better.
    with refused("drawn"):
        take_back(inspection_id=inspection.pk, reader=hall.people["one"], now=hall.now)


def test_the_trail_does_not_tell_what_was_drawn(hall: Hall) -> None:
    hall.inspection(drawn=True, withheld=True)
    plain = hall.inspection()
    begun = AuditEntry.objects.filter(action="inspection.begun").order_by("sequence")
    details = [dict(entry.details) for entry in begun]
    assert [sorted(one) for one in details] == [sorted(details[1])] * 2, plain


def test_a_key_pressed_by_mistake_is_taken_back_by_its_reader_at_once(hall: Hall) -> None:
    inspection = hall.inspection()
    hall.read("one", Decision.CLEAR)
    with refused("not_yours"):
        take_back(inspection_id=inspection.pk, reader=hall.person(Role.SCAN_READER, "two"), now=hall.now)
    with refused("too_late"):
        take_back(inspection_id=inspection.pk, reader=hall.people["one"], now=hall.now + timedelta(minutes=11))
    take_back(inspection_id=inspection.pk, reader=hall.people["one"], now=hall.now)
    assert state_of(inspection) == "waiting"
    hall.read("one", Decision.OPEN)
    assert state_of(inspection) == "opening"
    assert ImageReading.objects.count() == 2


def test_the_supervisor_has_it_read_again_with_a_reason(hall: Hall) -> None:
    inspection = hall.inspection()
    hall.read("one", Decision.CLEAR)
    supervisor = hall.person(Role.SCAN_SUPERVISOR)
    with pytest.raises(RequestError):
        have_read_again(inspection_id=inspection.pk, supervisor=supervisor, reason=".....", now=hall.now)
    have_read_again(inspection_id=inspection.pk, supervisor=supervisor, reason="정보 입수: 같은 발송인", now=hall.now)
    assert state_of(inspection) == "waiting"


def test_who_read_it_does_not_say_what_was_in_it(hall: Hall) -> None:
    inspection = hall.inspection()
    hall.read("one", Decision.OPEN)
    asked: dict[str, Any] = {"inspection_id": inspection.pk, "marks": [], "now": hall.now}
    with refused("reader_opens"):
        record_opening(officer=hall.people["one"], found=Found.NOTHING, what="", **asked)
    opener = hall.person(Role.OPENING_OFFICER)
    with refused("what_missing"):
        record_opening(officer=opener, found=Found.PROHIBITED, what="칼", **asked)
    record_opening(officer=opener, found=Found.NOTHING, what="", **asked)
    with refused("no_such_way"):
        record_opening(officer=opener, found=Found.NOTHING, what="", **asked)


def test_rows_are_only_added(hall: Hall) -> None:
    hall.inspection()
    reading = hall.read("one", Decision.CLEAR)
    reading.decision = "open"
    with pytest.raises(StoreError):
        reading.save()


def test_only_the_own_site_is_read(hall: Hall) -> None:
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    hall.inspection(site=elsewhere)
    assert show_next(reader=hall.person(Role.SCAN_READER, "one"), now=hall.now) is None
    assert show_next(reader=hall.person(Role.SCAN_READER, "there", elsewhere), now=hall.now) is not None


def test_help_is_noted_as_it_was_shown(hall: Hall) -> None:
    hall.inspection(candidates=(Mark(**PLACE),))
    assert hall.read("one", Decision.CLEAR).help is not None
    hall.inspection(withheld=True, candidates=(Mark(**PLACE),))
    assert hall.read("one", Decision.CLEAR).help is None
