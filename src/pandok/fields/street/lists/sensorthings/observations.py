"""Observations as one table: what waits in the database, what is packed into files, and what was corrected.

Levels of sound are in neither. `Scope` keeps the reading to what an address asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db.models import Q

from pandok.fields.street.acts.keeping_history import history_folder, packed, table_of, taken_rows
from pandok.fields.street.lists.sensorthings.among import Among
from pandok.fields.street.models import (
    CurrentValue,
    FeatureOfInterest,
    HistoryFile,
    ObservationFacts,
    Sensor,
    TakenMessage,
)
from pandok.fields.street.observation_numbers import message_of
from pandok.settings import settings

COLUMNS = ("id", "datastream", "feature", "at_ms", "value", "result_ms")


@dataclass(frozen=True)
class Scope:
    """None: any."""

    datastreams: tuple[int, ...] | None = None
    features: tuple[int, ...] | None = None
    ids: tuple[int, ...] | None = None


def observations(scope: Scope) -> pl.LazyFrame:
    """Columns `COLUMNS`; times in ms. `value` and times are as corrected, what was taken back is not in it."""
    sensors = Sensor.objects.filter(gone_at=None)
    if scope.datastreams is not None:
        sensors = sensors.filter(pk__in=scope.datastreams)
    if scope.features is not None:
        named = ObservationFacts.objects.filter(feature__in=scope.features).values("sensor")
        sensors = sensors.filter(Q(pole__locations__feature__in=scope.features) | Q(pk__in=named)).distinct()
    elif scope.datastreams is None and scope.ids is not None:
        numbers = {message_of(one) for one in scope.ids}
        waiting = dict(TakenMessage.objects.filter(pk__in=numbers).values_list("pk", "pole"))
        if len(waiting) == len(numbers):
            sensors = sensors.filter(pole__in=set(waiting.values()))
    known = list(sensors.values_list("pk", "pole__key", "key", "observed", "pole_id"))
    features = usual_features({one[4] for one in known} if scope != Scope() else None)
    streams = pl.DataFrame(
        [(pk, pole, sensor, observed, features.get(pole_id)) for pk, pole, sensor, observed, pole_id in known],
        schema={"datastream": pl.Int64, "pole": pl.String, "sensor": pl.String, "observed": pl.String,
                "usual": pl.Int64},
        orient="row",
    )  # fmt: skip
    whole = _readings(scope, {one[1] for one in known})
    found = (
        whole.join(streams.lazy(), on=["pole", "sensor", "observed"], how="inner")
        .rename({"observation": "id"})
        .join(_facts(scope).lazy(), on="id", how="left")
        .filter(~pl.col("gone").fill_null(value=False))
        .select(
            "id",
            "datastream",
            pl.coalesce("feature", "usual").alias("feature"),
            pl.coalesce("new_at_ms", "at_ms").alias("at_ms"),
            pl.coalesce("new_value", "value").alias("value"),
            "result_ms",
        )
    )
    if scope.ids is not None:
        found = found.filter(pl.col("id").is_in(scope.ids))
    if scope.features is not None:
        found = found.filter(pl.col("feature").is_in(scope.features))
    return found


def usual_features(poles: Iterable[int] | None) -> dict[int, int]:
    """Of each pole: what it observes where nothing else is said, the place where it stands."""
    found = FeatureOfInterest.objects.filter(gone_at=None, of_location__poles__isnull=False)
    if poles is not None:
        found = found.filter(of_location__poles__in=poles)
    return dict(found.order_by("pk").values_list("of_location__poles", "pk"))


def _readings(scope: Scope, poles: set[str]) -> pl.LazyFrame:
    messages, files = TakenMessage.objects.all(), HistoryFile.objects.filter(numbered=True)
    if scope.ids is not None:
        numbers = sorted({message_of(one) for one in scope.ids})
        messages = messages.filter(pk__in=numbers)
        within = Q(pk__in=[])
        for number in numbers:
            within |= Q(first_id__lte=number, last_id__gte=number)
        files = files.filter(within)
    if scope != Scope():
        messages = messages.filter(pole__key__in=poles)
    folder = history_folder(settings().home)
    names = [folder / name for name in files.order_by("last_id").values_list("name", flat=True)]
    parts = [table_of(taken_rows(messages)).lazy()]
    if names:
        parts.insert(0, packed(names).filter(pl.col("pole").is_in(sorted(poles))))
    columns = ("observation", "pole", "sensor", "observed", "at_ms", "value")
    return pl.concat([one.select(columns) for one in parts])


def _facts(scope: Scope) -> pl.DataFrame:
    known = ObservationFacts.objects.all()
    if scope.ids is not None:
        known = known.filter(pk__in=scope.ids)
    if scope.datastreams is not None:
        known = known.filter(sensor__in=scope.datastreams)
    made = [
        (pk, feature, value, _ms(at), _ms(result_at), gone is not None)
        for pk, feature, value, at, result_at, gone in known.values_list(
            "pk", "feature", "result", "at", "result_at", "gone_at"
        )
    ]
    schema = {"id": pl.Int64, "feature": pl.Int64, "new_value": pl.Float64, "new_at_ms": pl.Int64,
              "result_ms": pl.Int64, "gone": pl.Boolean}  # fmt: skip
    return pl.DataFrame(made, schema=schema, orient="row")


def newest(datastreams: Sequence[int]) -> dict[int, dict[str, Any]] | None:
    """The newest observation of each, out of the table of newest values: three reads for any number of them. None where
    one of them was corrected: then the readings themselves are to be asked."""
    # A correction may have moved any reading of a sensor behind or before another.
    corrected = ObservationFacts.objects.filter(Among("sensor", datastreams))
    if corrected.exclude(at=None, result=None, gone_at=None).exists():
        return None
    found = CurrentValue.objects.filter(Among("sensor", datastreams), observation__isnull=False, sensor__gone_at=None)
    made: dict[int, dict[str, Any]] = {
        pk: {"id": number, "datastream": pk, "feature": None, "at_ms": _ms(at), "value": value, "result_ms": None}
        for pk, number, at, value in found.values_list("sensor", "observation", "at", "value")
    }
    facts = ObservationFacts.objects.filter(Among("pk", [one["id"] for one in made.values()]), result_at__isnull=False)
    for sensor, result_at in facts.values_list("sensor", "result_at"):
        made[sensor]["result_ms"] = _ms(result_at)
    return made


def _ms(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)
