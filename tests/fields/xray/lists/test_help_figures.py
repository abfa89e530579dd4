"""Figures of reading with and without help, out of readings and openings as they were recorded."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest

from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.help_figures import Share, read_once, with_and_without
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import HelpReading, ImageReading, Inspection
from tests.fields.xray.hall import PLACE, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db
POINTS = Mark(**PLACE)
ELSEWHERE = Mark(view="1", box=(8, 5, 10, 7))


def went(hall: Hall, decision: Decision, found: Found | None, *, seconds: float = 4, **how: object) -> None:
    inspection = hall.inspection(**how)  # type: ignore[arg-type] # the same names
    hall.read("one", decision, seconds=seconds)
    if found is None:
        return
    record_opening(
        inspection_id=inspection.pk,
        officer=hall.person(Role.OPENING_OFFICER),
        found=found,
        what="숨긴 물품" if found.hit else "",
        marks=[PLACE] if found.hit else [],
        now=hall.now,
    )


def test_the_same_figures_with_help_and_without(hall: Hall) -> None:
    went(hall, Decision.OPEN, Found.PROHIBITED, candidates=(POINTS,), seconds=3)
    went(hall, Decision.OPEN, Found.NOTHING, candidates=(ELSEWHERE,), seconds=5)
    went(hall, Decision.CLEAR, None, candidates=(ELSEWHERE,), seconds=4)
    went(hall, Decision.CLEAR, Found.UNDECLARED, drawn=True, candidates=(ELSEWHERE,), seconds=2)
    went(hall, Decision.OPEN, Found.RESTRICTED, withheld=True, candidates=(ELSEWHERE,), seconds=9)
    went(hall, Decision.CLEAR, None, withheld=True)
    helped, alone = with_and_without(read_once(Inspection.objects.all()))
    assert (helped.readings, alone.readings) == (4, 2)
    assert helped.stopped == Share(2, 4)
    assert helped.found_when_stopped == Share(1, 2)
    assert helped.found_when_cleared == Share(1, 1)
    assert helped.pointed_and_stopped == Share(1, 1)
    assert helped.missed_and_stopped == Share(0, 1)
    assert helped.alarms_passed == Share(2, 4)
    assert (helped.seconds_median, helped.seconds_p90) == (3, 5)
    # What the program would have missed counts also where nobody was shown it.
    assert alone.missed_and_stopped == Share(1, 1)
    assert alone.alarms_passed == Share(0, 1)
    assert alone.found_when_cleared == Share(0, 0)
    assert alone.found_when_cleared.value is None


def test_a_hit_that_was_drawn_stands_for_those_passed_over(hall: Hall) -> None:
    for _ in range(2):
        went(hall, Decision.OPEN, Found.PROHIBITED)
    went(hall, Decision.CLEAR, Found.PROHIBITED, drawn=True)
    helped, alone = with_and_without(read_once(Inspection.objects.all()))
    assert helped.detected(0.01) == pytest.approx(2 / 102)
    assert helped.detected(0) is None
    assert alone.detected(0.01) is None


def test_sensitivity_is_told_where_enough_is_known(hall: Hall) -> None:
    for _ in range(5):
        went(hall, Decision.OPEN, Found.PROHIBITED)
        went(hall, Decision.OPEN, Found.NOTHING)
    helped, alone = with_and_without(read_once(Inspection.objects.all()))
    assert helped.d_prime(0) is None
    found = helped.d_prime(0.5)
    assert found is not None
    assert found.value == pytest.approx(0)
    went(hall, Decision.CLEAR, Found.NOTHING, drawn=True)
    better = with_and_without(read_once(Inspection.objects.all()))[0].d_prime(0.5)
    assert better is not None
    assert better.value > 0
    assert better.interval[0] < better.value < better.interval[1]
    assert alone.d_prime(0.5) is None


def test_the_last_reading_counts(hall: Hall) -> None:
    hall.inspection()
    hall.read("one", Decision.SECOND_LOOK)
    hall.read("two", Decision.CLEAR)
    helped, _ = with_and_without(read_once(Inspection.objects.all()))
    assert (helped.readings, helped.stopped) == (1, Share(0, 1))


def test_a_period_is_of_last_readings_and_nothing_else_is_fetched(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        hall.inspection()
    hall.read("one", Decision.SECOND_LOOK)
    hall.read("two", Decision.CLEAR, seconds=1)
    begins = hall.now
    hall.now += timedelta(minutes=1)
    hall.read("one", Decision.SECOND_LOOK)
    hall.read("one", Decision.OPEN, seconds=2)
    hall.now += timedelta(minutes=1)
    ends = hall.now
    hall.read("two", Decision.CLEAR, seconds=3)
    hall.read("two", Decision.CLEAR, seconds=4)
    fetched: list[object] = []
    from_db = ImageReading.from_db.__func__  # type: ignore[attr-defined] # the function of the class method

    def counted(cls: type, *values: object) -> object:
        fetched.append(values)
        return from_db(cls, *values)

    monkeypatch.setattr(ImageReading, "from_db", classmethod(counted))

    def seconds(*period: datetime | None) -> list[float]:
        fetched.clear()
        read = read_once(Inspection.objects.all(), *period)
        assert len(fetched) == len(read)
        return [one.seconds for one in read]

    # Whose last reading lies after the period counts in it with none of its earlier ones.
    assert seconds(begins, ends) == [1, 2]
    assert seconds(ends, None) == [3, 4]
    assert seconds(None, begins) == []
    assert seconds() == [1, 2, 3, 4]


def test_of_two_readings_at_one_moment_one_counts(hall: Hall) -> None:
    hall.inspection()
    hall.read("one", Decision.CLEAR)
    row = ImageReading.objects.get()
    row.pk = uuid.uuid4()
    row._state.adding = True
    row.save()
    assert ImageReading.objects.count() == 2
    assert len(read_once(Inspection.objects.all())) == 1


def test_what_no_program_had_read_says_nothing_of_help(hall: Hall) -> None:
    hall.inspection()
    HelpReading.objects.all()._raw_delete("default")
    hall.read("one", Decision.CLEAR)
    readings = read_once(Inspection.objects.all())
    assert [one.with_help for one in readings] == [None]
    assert [one.readings for one in with_and_without(readings)] == [0, 0]
