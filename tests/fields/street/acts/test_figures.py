"""Minutes to confirmed alarm, false alarms a device-day, missed against outside records."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.outside_records import COLUMNS, RecordSaid, enter_record, enter_table, withdraw_record
from pandok.fields.street.lists.figures import Figures, figures_between
from pandok.fields.street.lists.similar_alerts import similar_alerts
from pandok.fields.street.models import OutsideRecord
from pandok.fields.street.periods import period_of
from tests.fields.street.acts.test_deciding import person
from tests.fields.street.bed import NOON, later, pole, raised
from tests.roles import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def whole() -> Figures:
    return figures_between(NOON - DAY, NOON + DAY, now=NOON + DAY)[0]


def said(began: float, pole: str = "buk-1", hazard: str = "flood", **other: str) -> RecordSaid:
    at = later(began).isoformat()
    return RecordSaid(**{"test_bed": "", "pole": pole, "hazard": hazard, "began_at": at, "ended_at": "",
                         "source": "119", **other})  # fmt: skip


def test_minutes_false_alarms_and_device_days() -> None:
    room = person(Role.CONTROL_ROOM)
    real, false, twice, drill, open_ = (raised(later(3600 * n)) for n in range(5))
    deciding.confirm(real.pk, actor=room, reason="", now=later(240))
    deciding.close(real.pk, actor=room, reason="배수 완료", cause="hazard", now=later(600))
    deciding.reject(false.pk, actor=room, reason="차량 통과", cause="passing", now=later(3700))
    deciding.merge(twice.pk, open_.pk, actor=room, reason="", now=later(7300))
    deciding.reject(drill.pk, actor=room, reason="모의 훈련", cause="test", now=later(11000))
    found = whole()
    assert (found.alerts, found.real, found.false, found.waiting, found.merged, found.tests) == (3, 1, 1, 1, 1, 1)
    assert (found.median_min, found.ninth_min) == (4.0, 4.0)
    # One pole, added at noon: one day until the end of the period.
    assert found.device_days == 1.0
    assert found.false_a_device_day == 1.0


def test_nothing_known_is_no_zero() -> None:
    assert (whole().median_min, whole().false_a_device_day, whole().median_lead_min) == (None, None, None)


def test_missed_against_outside_records_and_how_far_ahead() -> None:
    raised(NOON)
    pole("buk-2")
    enter_record(said(600), actor=None, now=NOON + DAY)
    enter_record(said(600, "buk-2"), actor=None, now=NOON + DAY)
    wrong = enter_record(said(600, "buk-2", source="도로과"), actor=None, now=NOON + DAY)
    withdraw_record(wrong.pk, actor=None, reason="다른 지하차도였음", now=NOON + DAY)
    enter_record(said(0, "", hazard="fire", test_bed="buk"), actor=None, now=NOON + DAY)
    found = whole()
    assert (found.outside, found.missed, found.median_lead_min) == (3, 2, 10.0)
    flood = next(one for one in figures_between(NOON - DAY, NOON + DAY, now=NOON + DAY) if one.kind == "flood")
    assert (flood.outside, flood.missed) == (2, 1)
    told = AuditEntry.objects.filter(action__startswith="outside-record.")
    assert [one.action.split(".")[1] for one in told.order_by("sequence")] == ["entered"] * 3 + ["withdrawn", "entered"]


def test_an_alert_that_the_room_rejected_did_not_find_the_event() -> None:
    alert = raised(NOON)
    room = person(Role.CONTROL_ROOM)
    deciding.reject(alert.pk, actor=room, reason="오판이었음", cause="passing", now=later(60))
    enter_record(said(300), actor=None, now=NOON + DAY)
    assert whole().missed == 1


def test_a_table_is_taken_whole_or_not_at_all_and_says_which_line() -> None:
    pole()
    head = ",".join(COLUMNS)
    good = f"{head}\n,buk-1,flood,2026-07-01T12:00,2026-07-01T12:30,119,A-1\nbuk,,flood,2026-07-01T13:00,,119,A-2\n"
    assert enter_table(good.encode("utf-8-sig"), actor=None, now=NOON + DAY) == 2
    assert enter_table(good.encode(), actor=None, now=NOON + 2 * DAY) == 0
    # 12:00 at the office is 03:00 in UTC.
    assert OutsideRecord.objects.get(source_key="A-1").began_at == NOON
    bad = good + ",buk-1,flood,tomorrow,,119,A-3\n"
    with pytest.raises(RequestError) as refused:
        enter_table(bad.replace("A-1", "B-1").encode(), actor=None, now=NOON + DAY)
    assert "4" in refused.value.what.ko
    assert OutsideRecord.objects.count() == 2


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", (",".join(COLUMNS) + "\nonly,two\n").encode(), b"x" * 1_000_001]
)
def test_what_is_no_table_is_refused(body: bytes) -> None:
    with pytest.raises(RequestError):
        enter_table(body, actor=None, now=NOON)


@pytest.mark.parametrize(
    "wrong",
    [{"hazard": "ghosts"}, {"pole": "nowhere"}, {"pole": ""}, {"began_at": "noon"}, {"source": " "},
     {"ended_at": "2020-01-01T00:00"}, {"began_at": "2099-01-01T00:00"}],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    pole()
    with pytest.raises(RequestError):
        enter_record(said(0, **{"pole": "buk-1", **wrong}), actor=None, now=NOON + DAY)


@pytest.mark.parametrize(
    "days", [("2026-07-02", "2026-07-01"), ("2020-01-01", "2026-07-01"), ("x", ""), ("", "9999-12-31")]
)
def test_a_period_ends_after_it_begins_within_a_year(days: tuple[str, str]) -> None:
    with pytest.raises(RequestError):
        period_of(*days, now=NOON)


def test_similar_alerts_are_those_of_the_same_pole_first() -> None:
    room = person(Role.CONTROL_ROOM)
    old, new, now_ = raised(later(-7200)), raised(later(-3600)), raised(NOON)
    for one in (old, new):
        deciding.reject(one.pk, actor=room, reason="차량 통과", cause="passing", now=NOON)
    assert list(similar_alerts(now_)) == [new, old]
