"""What SensorThings says of the entities that have records: each property, the columns that it needs, and its value.
Only what is asked for is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from pydantic_core import to_json

from pandok.fields.street.sensorthings.kinds import MEASUREMENT, PROPERTIES, Kind


@dataclass(frozen=True)
class Property:
    """`text`: JSON, of a row that has these columns. Without columns it is the same for all."""

    columns: tuple[str, ...]
    text: Callable[[Any], str]


def columns_of(kind: Kind, select: Sequence[str]) -> tuple[str, ...]:
    """Those of a row; `select` empty: of all properties."""
    names = [name for name in PROPERTIES[kind] if not select or name in select]
    return tuple(dict.fromkeys(("pk", *(column for name in names for column in OF_KIND[kind][name].columns))))


def json_text(value: Any) -> str:
    return encode_basestring(value) if type(value) is str else to_json(value).decode()


def _column(name: str) -> Property:
    get = attrgetter(name)
    return Property((name,), lambda row: json_text(get(row)))


def _first_of(*names: str) -> Property:
    get = attrgetter(*names)
    return Property(names, lambda row: encode_basestring(next(filter(None, get(row)), "")))


def _or_empty(name: str) -> Property:
    get = attrgetter(name)
    return Property((name,), lambda row: json_text(value) if (value := get(row)) else "{}")


def _properties_of_thing(row: Any) -> str:
    if row.properties is not None:
        return json_text(row.properties)
    feeder = f',"feeder":{encode_basestring(row.feeder)}' if row.feeder else ""
    return f'{{"pole":{encode_basestring(row.key)},"test_bed":{encode_basestring(row.shown_bed)}{feeder}}}'


@lru_cache(1024)
def _unit(name: str, symbol: str, definition: str) -> str:
    return json_text({"name": name, "symbol": symbol, "definition": definition})


_SAID = ("maker", "model", "firmware", "network", "power", "operator")
_DAYS = ("calibrated_on", "calibration_due_on")


def _metadata(row: Any) -> str:
    if row.metadata is not None:
        return json_text(row.metadata)
    said = {name: getattr(row, name) for name in _SAID if getattr(row, name)}
    return json_text(said | {name: getattr(row, name).isoformat() for name in _DAYS if getattr(row, name)})


def _located(name: str) -> Mapping[str, Property]:
    return {
        "name": _column("name"),
        "description": _column("description"),
        "encodingType": _column("encoding_type"),
        name: _column(name),
        "properties": _or_empty("properties"),
    }


OF_KIND: Mapping[Kind, Mapping[str, Property]] = {
    Kind.THING: {
        "name": _column("shown_name"),
        "description": _first_of("description", "place_en", "place_ko"),
        "properties": Property(("properties", "key", "shown_bed", "feeder"), _properties_of_thing),
    },
    Kind.LOCATION: _located("location"),
    Kind.HISTORICAL_LOCATION: {"time": Property(("time",), lambda row: f'"{iso(row.time)}"')},
    Kind.DATASTREAM: {
        "name": _column("shown_name"),
        "description": _first_of("description", "observed"),
        "observationType": Property((), lambda _row: json_text(MEASUREMENT)),
        "unitOfMeasurement": Property(
            ("shown_unit_name", "unit", "unit_definition"),
            lambda row: _unit(row.shown_unit_name, row.unit, row.unit_definition),
        ),
        "properties": _or_empty("properties"),
    },
    Kind.SENSOR: {
        "name": _column("shown_name"),
        "description": _first_of("description", "kind"),
        "encodingType": Property(("encoding_type",), lambda row: json_text(row.encoding_type or "application/json")),
        "metadata": Property(("metadata", *_SAID, *_DAYS), _metadata),
        "properties": _or_empty("properties"),
    },
    Kind.OBSERVED_PROPERTY: {
        "name": _column("name"),
        "definition": _column("definition"),
        "description": _column("description"),
        "properties": _or_empty("properties"),
    },
    Kind.FEATURE_OF_INTEREST: _located("feature"),
}


def observation_values(line: Mapping[str, Any], said: Mapping[str, Any] | None) -> dict[str, Any]:
    """Of a line of the table of observations; `said`: beside its reading."""
    made: dict[str, Any] = {
        "phenomenonTime": iso_of_ms(line["at_ms"]),
        "resultTime": None if line["result_ms"] is None else iso_of_ms(line["result_ms"]),
        "result": number(line["value"]),
    }
    return {**made, **said} if said else made


def observation_text(line: Mapping[str, Any]) -> str:
    """The same, where nothing is said beside its reading."""
    result_time = "null" if line["result_ms"] is None else f'"{iso_of_ms(line["result_ms"])}"'
    time = iso_of_ms(line["at_ms"])
    return f'"phenomenonTime":"{time}","resultTime":{result_time},"result":{number(line["value"])!r}'


def number(value: float) -> int | float:
    """A whole number as it was sent.

    >>> number(10.0), number(2.5)
    (10, 2.5)
    """
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_of_ms(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
