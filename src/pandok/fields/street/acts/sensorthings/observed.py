"""Observations of SensorThings go through the door of all messages: units, ranges, late and future ones, readers,
alerts. What cannot be true is refused with its reason; what is older than a spool can be is history and alerts nobody.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.street.acts.pole_places import usual_feature
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.acts.values import OLDEST_MS, checked
from pandok.fields.street.hazards import Hazards, none_yet
from pandok.fields.street.messages import MOST_READINGS, PoleMessage, ReadingSent
from pandok.fields.street.models import (
    FeatureOfInterest,
    ObservationFacts,
    Pole,
    PoleState,
    Sensor,
    Spool,
    TakenMessage,
)
from pandok.fields.street.observation_numbers import observation_id
from pandok.fields.street.observed import FORGOTTEN
from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings.asked_entities import ObservationAsked
from pandok.fields.street.sensorthings.filter_text import moment

SPOOLS = {is_live: hashlib.sha256(f"sensorthings {is_live}".encode()).hexdigest()[:32] for is_live in (True, False)}
"""Of what comes by SensorThings; its numbers are given here."""


@dataclass(frozen=True)
class ObservationSent:
    sensor: Sensor
    asked: ObservationAsked
    feature: FeatureOfInterest | None = None
    """None: the place of the pole."""


def take_observations(
    sent: Sequence[ObservationSent], *, actor: Account | None, now: datetime, hazards: Hazards
) -> list[int | RequestError]:
    """The number of each, or why it was not taken; all that are taken at once. `sensor.pole` is read."""
    found: list[int | RequestError] = [refusal("bad_observation")] * len(sent)
    of_pole: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(sent):
        of_pole[one.sensor.pole_id].append(place)
    with transaction.atomic():
        for pole in Pole.objects.filter(pk__in=of_pole, gone_at=None).order_by("key"):
            for is_live in (True, False):
                _take(pole, [(n, sent[n]) for n in of_pole[pole.pk]], is_live, found, now, hazards)
            taken = sum(isinstance(found[n], int) for n in of_pole[pole.pk])
            if taken:
                details = {"readings": taken}
                audit.tell(actor, "observations.sent", f"pole:{pole.key}", "SensorThings", now, details)
    return found


def _take(
    pole: Pole,
    sent: Sequence[tuple[int, ObservationSent]],
    is_live: bool,
    found: list[int | RequestError],
    now: datetime,
    hazards: Hazards,
) -> None:
    oldest = now - timedelta(milliseconds=OLDEST_MS)
    good: list[tuple[int, ObservationSent, ReadingSent]] = []
    for place, one in sent:
        at = observed_at(one.asked, now)
        if (at >= oldest) is not is_live:
            continue
        if (refused := _wrong(one, at, now, is_live)) is not None:
            found[place] = refused
            continue
        good.append((place, one, _reading(one.sensor, one.asked.result, at)))
    if not good:
        return
    # Its numbers follow one another: whoever sends to this pole waits here.
    PoleState.objects.get_or_create(pole=pole)
    PoleState.objects.select_for_update(of=("self",), no_key=True).get(pole=pole)
    before = Spool.objects.filter(pole=pole, key=SPOOLS[is_live]).values_list("contiguous", flat=True).first() or 0
    parts = [good[start : start + MOST_READINGS] for start in range(0, len(good), MOST_READINGS)]
    arrived = [
        Arrived(
            pole.key,
            PoleMessage.model_construct(
                spool=SPOOLS[is_live],
                sequence=before + number,
                sent_ms=_ms(now),
                readings=tuple(reading for *_, reading in part),
            ),
            now,
            is_live,
            by_pole=False,
        )
        for number, part in enumerate(parts, start=1)
    ]
    take(arrived, hazards=hazards if is_live else none_yet)
    rows = TakenMessage.objects.filter(pole=pole, spool__key=SPOOLS[is_live], sequence__gt=before).order_by("sequence")
    usual = usual_feature(pole)
    facts = []
    for row, part in zip(rows, parts, strict=True):
        assert len(row.readings) == len(part)
        for place, (index, one, _) in enumerate(part):
            found[index] = observation_id(row.pk, place)
            facts.append(_facts(observation_id(row.pk, place), one, usual))
    ObservationFacts.objects.bulk_create(facts, batch_size=500)


def observed_at(asked: ObservationAsked, now: datetime) -> datetime:
    return now if asked.phenomenonTime is None else moment(asked.phenomenonTime.split("/")[0])


def _wrong(one: ObservationSent, at: datetime, now: datetime, is_live: bool) -> RequestError | None:
    if one.asked.result is None:
        return refusal("bad_observation", why="result")
    if one.sensor.observed in FORGOTTEN:
        return refusal("sound_is_forgotten")
    wrong = checked(_reading(one.sensor, one.asked.result, at), one.sensor, 0, _ms(now), is_live=is_live)
    return refusal("bad_observation", why=wrong) if wrong else None


def _reading(sensor: Sensor, result: float | None, at: datetime) -> ReadingSent:
    return ReadingSent.model_construct(
        sensor=sensor.key, property=sensor.observed, unit=sensor.unit, at_ms=_ms(at), value=float(result or 0)
    )


def _facts(number: int, one: ObservationSent, usual: FeatureOfInterest | None) -> ObservationFacts:
    return ObservationFacts(
        observation=number,
        sensor=one.sensor,
        feature=one.feature or usual,
        result_at=one.asked.resultTime,
        said=said_of(one.asked),
    )


def said_of(asked: ObservationAsked) -> dict[str, object]:
    """What stands beside the reading."""
    names = {name for name in ("validTime", "resultQuality", "parameters") if name in asked.model_fields_set}
    said: dict[str, object] = {name: getattr(asked, name) for name in sorted(names)}
    if asked.phenomenonTime is not None and "/" in asked.phenomenonTime:
        said["phenomenonTime"] = asked.phenomenonTime
    return said


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
