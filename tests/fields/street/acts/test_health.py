"""A pole that is silent is told of, a feeder once, and silence in the rain is an alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pandok.fields.street.acts.health import not_heard, watch
from pandok.fields.street.acts.silencing import maintain, silence
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.models import Alert, Pole, PoleState
from pandok.fields.street.states import AlertState
from tests.fields.street.bed import NOON, arrived, later, message, pole, reading

pytestmark = pytest.mark.django_db
AFTER = NOON + timedelta(minutes=10)


def heard(key: str, at: datetime, sequence: int = 1) -> None:
    take([arrived(key, message(sequence, reading(1, at), sent=at), at)], hazards=none_yet)


def test_a_silent_pole_is_one_alert_that_clears_when_it_is_heard_again() -> None:
    pole()
    heard("buk-1", NOON)
    assert watch(later(170)) == []
    (alert,) = watch(AFTER)
    assert (alert.reader, alert.level, alert.onset_at) == ("not-heard", 1, NOON)
    assert watch(AFTER + timedelta(minutes=1)) == []
    heard("buk-1", AFTER, 2)
    watch(AFTER)
    alert.refresh_from_db()
    assert (alert.level, alert.cleared_at, alert.state) == (0, AFTER, "raised")


def test_silence_in_the_rain_is_a_warning_where_water_is_measured() -> None:
    pole("buk-1")
    pole("buk-2")
    heard("buk-1", NOON)
    watch(AFTER)
    rain = {"sensor": "rain-1", "property": "rain_mm_h", "unit": "mm/h"}
    take([arrived("buk-2", message(1, reading(30, AFTER, **rain), sent=AFTER), AFTER)], hazards=none_yet)
    watch(AFTER)
    alert = Alert.objects.get(pole__key="buk-1")
    assert alert.level == 3
    assert "비가" in alert.reason_ko


def test_a_feeder_of_400_lamps_that_fails_is_one_alert() -> None:
    first = pole("f-0", "feeder-7")
    rows = [
        Pole(key=f"f-{n}", test_bed=first.test_bed, feeder="feeder-7", added_at=NOON, expected_every_s=60)
        for n in range(1, 400)
    ]
    Pole.objects.bulk_create(rows)
    PoleState.objects.bulk_create(PoleState(pole=one) for one in Pole.objects.exclude(pk=first.pk))
    pole("other", "feeder-8")
    PoleState.objects.update(last_heard_at=NOON)
    heard("other", AFTER)
    (alert,) = watch(AFTER)
    assert (alert.feeder, alert.poles, alert.reader) == ("feeder-7", 400, "feeder-outage")
    assert len(not_heard(AFTER)) == 400
    PoleState.objects.update(last_heard_at=AFTER)
    watch(AFTER)
    assert Alert.objects.get().cleared_at == AFTER


def test_poles_raised_alone_join_the_outage_of_their_feeder() -> None:
    for number in range(4):
        pole(f"f-{number}", "feeder-7")
    heard("f-0", NOON)
    for number in (1, 2, 3):
        heard(f"f-{number}", NOON + timedelta(minutes=9))
    watch(AFTER)
    assert Alert.objects.get().pole == Pole.objects.get(key="f-0")
    watch(AFTER + timedelta(minutes=10))
    single, outage = Alert.objects.get(reader="not-heard"), Alert.objects.get(reader="feeder-outage")
    assert (single.stands, single.merged_into) == (AlertState.MERGED, outage)
    assert outage.poles == 4


def test_maintenance_and_silences_call_nobody_and_expire() -> None:
    for key in ("buk-1", "buk-2", "buk-3"):
        pole(key)
        heard(key, NOON)
    maintain("buk-1", until=AFTER + timedelta(hours=1), actor=None, reason="정기 점검 중", now=NOON)
    silence(
        pole="buk-2",
        feeder="",
        reader="not-heard",
        until=NOON + timedelta(minutes=5),
        actor=None,
        reason="통신 공사 중",
        now=NOON,
    )
    watch(AFTER)
    assert dict(Alert.objects.values_list("pole__key", "quiet")) == {"buk-1": True, "buk-2": False, "buk-3": False}
