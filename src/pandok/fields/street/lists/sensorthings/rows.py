"""The records behind each entity: which are shown, by which columns they are asked for, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from pandok.fields.street.models import (
    Device,
    FeatureOfInterest,
    HistoricalLocation,
    Location,
    ObservedProperty,
    Pole,
    Sensor,
)
from pandok.fields.street.observed import OBSERVED
from pandok.fields.street.orders import DeviceKind
from pandok.fields.street.sensorthings.kinds import MEASUREMENT, Kind


def _first(*names: str) -> Coalesce:
    return Coalesce(*(NullIf(F(name), Value("")) for name in names), Value(""), output_field=CharField())


@dataclass(frozen=True)
class Records:
    """`columns`: of properties that a filter may name; `json`: of those with keys of their own within."""

    model: type[Model]
    columns: Mapping[str, str]
    json: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)


_TEXT = {"name": "shown_name", "description": "description"}
RECORDS: dict[Kind, Records] = {
    Kind.THING: Records(
        Pole,
        _TEXT,
        {"properties": "properties"},
        {"shown_name": _first("name", "key"), "shown_bed": F("test_bed__code")},
    ),
    Kind.LOCATION: Records(
        Location,
        {"name": "name", "description": "description", "encodingType": "encoding_type"},
        {"properties": "properties", "location": "location"},
    ),
    Kind.HISTORICAL_LOCATION: Records(HistoricalLocation, {"time": "time"}),
    Kind.DATASTREAM: Records(
        Sensor,
        _TEXT
        | {
            "observationType": "shown_type",
            "unitOfMeasurement/name": "shown_unit_name",
            "unitOfMeasurement/symbol": "unit",
            "unitOfMeasurement/definition": "unit_definition",
        },
        {"properties": "properties"},
        {
            "shown_name": _first("name", "key"),
            "shown_unit_name": _first("unit_name", "unit"),
            "shown_type": Value(MEASUREMENT),
        },
    ),
    Kind.SENSOR: Records(
        Device,
        _TEXT | {"encodingType": "shown_encoding", "metadata": "metadata"},
        {"properties": "properties"},
        {"shown_name": _first("name", "model", "key"), "shown_encoding": _first("encoding_type")},
    ),
    Kind.OBSERVED_PROPERTY: Records(
        ObservedProperty,
        {"name": "name", "definition": "definition", "description": "description"},
        {"properties": "properties"},
    ),
    Kind.FEATURE_OF_INTEREST: Records(
        FeatureOfInterest,
        {"name": "name", "description": "description", "encodingType": "encoding_type"},
        {"properties": "properties", "feature": "feature"},
    ),
}
LINKS: dict[tuple[Kind, str], str] = {
    (Kind.THING, "Datastreams"): "pole",
    (Kind.THING, "Locations"): "poles",
    (Kind.THING, "HistoricalLocations"): "pole",
    (Kind.LOCATION, "Things"): "locations",
    (Kind.LOCATION, "HistoricalLocations"): "locations",
    (Kind.HISTORICAL_LOCATION, "Thing"): "historical_locations",
    (Kind.HISTORICAL_LOCATION, "Locations"): "historical_locations",
    (Kind.DATASTREAM, "Thing"): "sensors",
    (Kind.DATASTREAM, "Sensor"): "sensors",
    (Kind.DATASTREAM, "ObservedProperty"): "datastreams",
    (Kind.SENSOR, "Datastreams"): "device",
    (Kind.OBSERVED_PROPERTY, "Datastreams"): "observed_property__pk",
}
"""From what is found back to where it hangs."""


def rows(kind: Kind) -> QuerySet[Any]:
    """Of a kind that has records. Devices that act are no sensors."""
    records = RECORDS[kind]
    found: QuerySet[Any] = records.model._default_manager.filter(gone_at=None)
    if kind is Kind.SENSOR:
        found = found.exclude(kind__in=[one.value for one in DeviceKind])
    found = found.annotate(**records.shown)
    return found


def know_properties() -> None:
    """What readers read is there to be found, also before anything was observed."""
    if ObservedProperty.objects.filter(key__in=OBSERVED).count() < len(OBSERVED):
        ObservedProperty.objects.bulk_create(
            [
                ObservedProperty(
                    key=key,
                    name=key,
                    definition=f"urn:pandok:observed-property:{key}",
                    description=f"{one.words.en} ({one.unit}), {one.words.ko}",
                )
                for key, one in OBSERVED.items()
            ],
            ignore_conflicts=True,
        )
