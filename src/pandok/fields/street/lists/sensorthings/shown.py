"""Entities as SensorThings writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pandok.fields.street.lists.sensorthings.found import Page, number_of
from pandok.fields.street.models import ObservationFacts
from pandok.fields.street.sensorthings.kinds import IDS, MEASUREMENT, NAVS, PROPERTIES, Kind
from pandok.fields.street.sensorthings.query_options import Options


def shown(page: Page, entity: Any, options: Options, root: str) -> dict[str, Any]:
    """One entity. `root`: the address of the service."""
    kind, number = page.kind, number_of(page.kind, entity)
    here = f"{root}/{kind.value}({number})"
    chosen = options.select
    made: dict[str, Any] = {"@iot.id": number, "@iot.selfLink": here}
    if chosen and not IDS & set(chosen):
        made = {}
    names = [name for name in PROPERTIES[kind] if not chosen or name in chosen]
    if names:
        facts = page.facts.get(number)
        said = _observation(entity, facts) if kind is Kind.OBSERVATION else _PROPERTIES[kind](entity)
        made |= {name: said[name] for name in names if name in said}
    for nav, link in NAVS[kind].items():
        if nav in options.expand:
            there = page.along[nav].get(number, Page(link.to, []))
            made |= _along(nav, there, options.expand[nav], f"{here}/{nav}", root, link.one)
        elif not chosen or nav in chosen:
            made[f"{nav}@iot.navigationLink"] = f"{here}/{nav}"
    return made


def _along(nav: str, page: Page, options: Options, here: str, root: str, one: bool) -> dict[str, Any]:
    whole = [shown(page, entity, options, root) for entity in page.entities]
    if one:
        return {nav: whole[0] if whole else None}
    made: dict[str, Any] = {nav: whole}
    if page.count is not None:
        made[f"{nav}@iot.count"] = page.count
    if page.more:
        made[f"{nav}@iot.nextLink"] = f"{here}?$top={options.top}&$skip={options.skip + len(whole)}"
    return made


def _thing(one: Any) -> dict[str, Any]:
    own = {"pole": one.key, "test_bed": one.shown_bed} | ({"feeder": one.feeder} if one.feeder else {})
    return {
        "name": one.shown_name,
        "description": one.description or one.place_en or one.place_ko,
        "properties": own if one.properties is None else one.properties,
    }


def _datastream(one: Any) -> dict[str, Any]:
    return {
        "name": one.shown_name,
        "description": one.description or one.observed,
        "observationType": MEASUREMENT,
        "unitOfMeasurement": {"name": one.shown_unit_name, "symbol": one.unit, "definition": one.unit_definition},
        "properties": one.properties or {},
    }


def _sensor(one: Any) -> dict[str, Any]:
    known = ("maker", "model", "firmware", "network", "power", "operator")
    made = {name: getattr(one, name) for name in known if getattr(one, name)}
    days = {"calibrated_on": one.calibrated_on, "calibration_due_on": one.calibration_due_on}
    made |= {name: day.isoformat() for name, day in days.items() if day}
    return {
        "name": one.shown_name,
        "description": one.description or one.kind,
        "encodingType": one.encoding_type or "application/json",
        "metadata": made if one.metadata is None else one.metadata,
        "properties": one.properties or {},
    }


def _located(name: str) -> Any:
    def of(one: Any) -> dict[str, Any]:
        return {
            "name": one.name,
            "description": one.description,
            "encodingType": one.encoding_type,
            name: getattr(one, name),
            "properties": one.properties or {},
        }

    return of


def _observed_property(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "definition": one.definition,
        "description": one.description,
        "properties": one.properties or {},
    }


_PROPERTIES: Mapping[Kind, Any] = {
    Kind.THING: _thing,
    Kind.LOCATION: _located("location"),
    Kind.HISTORICAL_LOCATION: lambda one: {"time": iso(one.time)},
    Kind.DATASTREAM: _datastream,
    Kind.SENSOR: _sensor,
    Kind.OBSERVED_PROPERTY: _observed_property,
    Kind.FEATURE_OF_INTEREST: _located("feature"),
}


def _observation(line: Mapping[str, Any], facts: ObservationFacts | None) -> dict[str, Any]:
    made = {
        "phenomenonTime": iso_of_ms(line["at_ms"]),
        "resultTime": None if line["result_ms"] is None else iso_of_ms(line["result_ms"]),
        "result": number(line["value"]),
    }
    return made | (facts.said if facts is not None else {})


def number(value: float) -> int | float:
    """A whole number as it was sent.

    >>> number(10.0), number(2.5)
    (10, 2.5)
    """
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_of_ms(ms: int) -> str:
    return iso(datetime.fromtimestamp(ms / 1000, UTC))
