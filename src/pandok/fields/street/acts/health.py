"""Device health first: a pole that is not heard from is a state, a feeder that fails is one alarm, and silence in the
rain is no zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.core.text import Text, counted
from pandok.fields.street.acts.alert_moves import ALERTS, locked
from pandok.fields.street.acts.alerting import Found, keep_found, standing
from pandok.fields.street.acts.one_case import refresh_case
from pandok.fields.street.acts.silencing import wake
from pandok.fields.street.hazards import Said, alert_id
from pandok.fields.street.lists.silent_poles import in_service, silent_poles
from pandok.fields.street.models import Alert, CurrentValue, Pole, Sensor
from pandok.fields.street.states import AlertMover, AlertState

FEEDER_SHARE, FEEDER_LEAST = 0.5, 3
"""Of the poles of a feeder, and how many at least, before it is the feeder that failed."""
RAIN_MM_H, RAIN_FRESH = 10.0, timedelta(minutes=30)
VERSION = "1"
AT_ONCE = 50


@dataclass(frozen=True)
class Silent:
    pole: Pole
    since: datetime


def not_heard(now: datetime) -> list[Silent]:
    """Poles that are overdue now, by key; those in maintenance as well: their count is shown, nobody is called."""
    return [Silent(one, one.heard_at) for one in silent_poles(now).select_related("test_bed").order_by("key")]


def watch(now: datetime) -> list[Alert]:
    """Raise, raise higher and clear what health says now; gives the alerts that are new. May be called again at any
    time: one condition has one id, from the last message before the silence."""
    with transaction.atomic():
        silent = not_heard(now)
        feeders = _failed_feeders(silent)
        raining = _beds_in_rain(now)
        wet = set(Sensor.objects.filter(observed="depth_cm").values_list("pole_id", flat=True))
        found = [
            *_feeder_alerts(feeders, raining, now),
            *_pole_alerts([one for one in silent if one.pole.feeder not in feeders], raining, wet, now),
        ]
        said = {one.said.alert_id for one in found}
        grouped = {one.pole.pk for one in silent if one.pole.feeder in feeders}
        found += _cleared(said, grouped, now)
        found = _again(found)
    new = []
    # A few at a time: a storm that silences thousands must not keep everybody else from writing.
    for start in range(0, len(found), AT_ONCE):
        with transaction.atomic():
            new += keep_found(found[start : start + AT_ONCE], now=now)
    with transaction.atomic():
        _merge_grouped(feeders, now)
    wake(now)
    return new


def _failed_feeders(silent: list[Silent]) -> dict[str, list[Silent]]:
    by_feeder: dict[str, list[Silent]] = defaultdict(list)
    for one in silent:
        if one.pole.feeder:
            by_feeder[one.pole.feeder].append(one)
    counts: dict[str, int] = defaultdict(int)
    for feeder in in_service().exclude(feeder="").values_list("feeder", flat=True):
        counts[feeder] += 1
    return {
        feeder: ones
        for feeder, ones in by_feeder.items()
        if len(ones) >= FEEDER_LEAST and len(ones) >= FEEDER_SHARE * counts[feeder]
    }


def _beds_in_rain(now: datetime) -> set[int]:
    rain = CurrentValue.objects.filter(
        sensor__observed="rain_mm_h", value__gte=RAIN_MM_H, at__gt=now - RAIN_FRESH, at__lte=now + RAIN_FRESH
    )
    return set(rain.values_list("sensor__pole__test_bed_id", flat=True))


def _pole_alerts(silent: list[Silent], raining: set[int], wet: set[int], now: datetime) -> Iterator[Found]:
    known = set(Alert.objects.filter(standing("not-heard")).values_list("pk", flat=True))
    for one in silent:
        in_rain = one.pole.test_bed_id in raining and one.pole.pk in wet
        minutes = int((now - one.since).total_seconds() // 60)
        why = Text(ko=f"{minutes}분째 응답이 없습니다.", en=f"Not heard from for {minutes} min.")
        if in_rain:
            why = Text(
                ko=f"{why.ko} 비가 오는데 수위를 알 수 없습니다.",
                en=f"{why.en} It rains, and the water is not measured.",
            )
        said = _said(one.pole.key, "not-heard", one.since, now, 3 if in_rain else 1, minutes, why, known)
        yield Found(said, one.pole)


def _feeder_alerts(feeders: dict[str, list[Silent]], raining: set[int], now: datetime) -> Iterator[Found]:
    standing_now = {one.feeder: one for one in Alert.objects.filter(standing("feeder-outage"))}
    for feeder, ones in sorted(feeders.items()):
        # More poles fall silent, others come back: it stays the outage that it was.
        before = standing_now.get(feeder)
        onset = before.onset_at if before else min(one.since for one in ones)
        words = Text(
            ko=f"선로 {feeder}의 등주 {len(ones)}개가 함께 응답이 없습니다.",
            en=f"{counted(len(ones), 'pole')} of feeder {feeder} fell silent together.",
        )
        level = 3 if any(one.pole.test_bed_id in raining for one in ones) else 2
        known = {before.pk} if before else set()
        said = _said(f"feeder:{feeder}", "feeder-outage", onset, now, level, len(ones), words, known)
        yield Found(said, None, feeder, len(ones))


def _again(found: list[Found]) -> list[Found]:
    """A silence that began at the same moment as one that was cleared is that one again, under its id."""
    raised = [one.said.alert_id for one in found if one.said.change == "raised"]
    known = set(Alert.objects.filter(pk__in=raised).values_list("pk", flat=True))
    return [
        replace(one, said=replace(one.said, change="again")) if one.said.alert_id in known else one for one in found
    ]


def _cleared(said: set[str], grouped: set[int], now: datetime) -> Iterator[Found]:
    ended = Alert.objects.filter(standing("not-heard") | standing("feeder-outage")).exclude(pole__in=grouped)
    for alert in ended.select_related("pole"):
        if alert.pk in said:
            continue
        words = Text(ko="다시 응답합니다.", en="Heard from again.")
        gone = Said(
            alert.pk, alert.reader, alert.version, _ms(alert.onset_at), _ms(now), "cleared", 0, alert.score, words
        )
        yield Found(gone, alert.pole, alert.feeder, alert.poles)


def _merge_grouped(feeders: dict[str, list[Silent]], now: datetime) -> None:
    """A pole that was raised before its feeder was known to have failed joins the one alarm."""
    outages = {one.feeder: one for one in Alert.objects.filter(standing("feeder-outage"))}
    poles = {one.pole.pk: feeder for feeder, ones in feeders.items() for one in ones}
    single = Alert.objects.select_for_update(of=("self",), no_key=True).filter(
        standing("not-heard"), pole__in=poles, state=AlertState.RAISED.value
    )
    for alert in single.order_by("pk"):
        assert alert.pole_id is not None
        outage = outages[poles[alert.pole_id]]
        ALERTS.move(
            alert,
            AlertState.MERGED,
            by=AlertMover.RULE,
            actor=None,
            reason=f"선로 {outage.feeder} 정전",
            now=now,
            changes={"merged_into": outage},
            columns={"level": alert.level, "reason_en": f"Outage of feeder {outage.feeder}"},
        )
        refresh_case(locked(outage.pk), step=alert, now=now)


def _said(
    of: str, reader: str, onset: datetime, now: datetime, level: int, score: float, why: Text, known: set[str]
) -> Said:
    found = alert_id(of, reader, VERSION, _ms(onset))
    change = "higher" if found in known else "raised"
    return Said(found, reader, VERSION, _ms(onset), _ms(now), change, level, float(score), why)


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


@every(30)
def watch_health(work: Work) -> None:
    watch(work.now)
