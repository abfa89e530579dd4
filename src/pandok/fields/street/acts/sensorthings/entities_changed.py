"""Entities are changed and taken down. What was measured stays as it was taken: corrections stand beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.fields.street.acts.pole_places import stand_at
from pandok.fields.street.acts.sensorthings.entities_made import NAMES, EntityMaker, check_unit, there
from pandok.fields.street.acts.sensorthings.observed import said_of
from pandok.fields.street.models import (
    Device,
    FeatureOfInterest,
    HistoricalLocation,
    Location,
    ObservationFacts,
    ObservedProperty,
    Pole,
    Sensor,
)
from pandok.fields.street.observed import OWN
from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings import asked_entities as shapes
from pandok.fields.street.sensorthings.asked_entities import point_of
from pandok.fields.street.sensorthings.filter_text import moment
from pandok.fields.street.sensorthings.kinds import PROPERTIES, Kind

_COLUMNS = {"encodingType": "encoding_type"}


def change_entity(kind: Kind, number: int, asked: Any, maker: EntityMaker) -> None:
    """What is said changes, the rest stays. Raises RequestError for what cannot be."""
    with transaction.atomic():
        one = there(kind, number)
        sent = asked.model_fields_set - {"id"}
        if inner := sent & {"Datastreams", "Observations"}:
            raise refusal("bad_entity", part=sorted(inner), why="POST them")
        for name in sent & set(PROPERTIES[kind]):
            if name == "unitOfMeasurement":
                _change_unit(one, asked.unitOfMeasurement)
            elif name != "observationType":
                if getattr(asked, name) is None and name != "properties":
                    raise refusal("bad_entity", part=[name], why="missing")
                setattr(one, _COLUMNS.get(name, name), getattr(asked, name))
        if isinstance(one, Location) and sent & {"location", "encodingType"}:
            point_of(one.encoding_type, one.location)
        if isinstance(one, Sensor):
            _change_links(one, asked, maker)
        one.save()
        if isinstance(one, Pole) and asked.Locations:
            stand_at(one, [maker.there_or_made(Kind.LOCATION, place) for place in asked.Locations], maker.now)
        if isinstance(one, Location):
            for thing in asked.Things or []:
                stand_at(maker.there_or_made(Kind.THING, thing), [one], maker.now)
        said = one.key if isinstance(one, Pole) else str(one.pk)
        audit.tell(maker.actor, "entity.changed", f"{NAMES[kind]}:{said}", "SensorThings", maker.now)


def _change_unit(sensor: Sensor, unit: shapes.UnitAsked | None) -> None:
    if unit is None:
        raise refusal("bad_entity", part=["unitOfMeasurement"], why="missing")
    check_unit(sensor.observed, unit.symbol or "")
    sensor.unit, sensor.unit_name = unit.symbol or "", unit.name or ""
    sensor.unit_definition = unit.definition or ""


def _change_links(sensor: Sensor, asked: shapes.DatastreamAsked, maker: EntityMaker) -> None:
    """A stream goes to another pole only before anything was observed: readers know it by its pole."""
    if asked.Sensor is not None:
        sensor.device = maker.there_or_made(Kind.SENSOR, asked.Sensor)
    if asked.Thing is not None and asked.Thing.id != sensor.pole_id:
        raise refusal("stays_at_pole")
    if asked.ObservedProperty is not None:
        observed = maker.there_or_made(Kind.OBSERVED_PROPERTY, asked.ObservedProperty)
        if observed.key != sensor.observed:
            raise refusal("stays_at_pole")


def correct_observation(number: int, sensor: Sensor, asked: shapes.ObservationAsked, maker: EntityMaker) -> None:
    """`sensor`: that observed it. Raises RequestError for what cannot be."""
    sent = asked.model_fields_set
    with transaction.atomic():
        facts, _ = ObservationFacts.objects.get_or_create(observation=number, defaults={"sensor": sensor})
        if "result" in sent:
            if asked.result is None:
                raise refusal("bad_entity", part=["result"], why="missing")
            facts.result = asked.result
        if "phenomenonTime" in sent and asked.phenomenonTime is not None:
            facts.at = moment(asked.phenomenonTime.split("/")[0])
            facts.said.pop("phenomenonTime", None)
        if "resultTime" in sent:
            facts.result_at = asked.resultTime
        if asked.FeatureOfInterest is not None:
            facts.feature = maker.there_or_made(Kind.FEATURE_OF_INTEREST, asked.FeatureOfInterest)
        facts.said = facts.said | said_of(asked)
        facts.save()
        audit.tell(maker.actor, "entity.changed", f"observation:{number}", "SensorThings", maker.now)


def take_observation_back(number: int, sensor: Sensor, maker: EntityMaker) -> None:
    """It is shown no more; the reading stays in the history of its pole."""
    with transaction.atomic():
        facts, _ = ObservationFacts.objects.get_or_create(observation=number, defaults={"sensor": sensor})
        facts.gone_at = maker.now
        facts.save(update_fields=["gone_at"])
        audit.tell(maker.actor, "entity.deleted", f"observation:{number}", "SensorThings", maker.now)


def take_down(kind: Kind, number: int, maker: EntityMaker) -> None:
    """With what hangs on it, as the standard has it. Raises RequestError for a property that readers read."""
    with transaction.atomic():
        one, now = there(kind, number), maker.now
        streams = Sensor.objects.filter(gone_at=None)
        match one:
            case Pole():
                streams.filter(pole=one).update(gone_at=now)
                one.historical_locations.update(gone_at=now)
            case Device():
                streams.filter(device=one).update(gone_at=now)
            case ObservedProperty():
                if not one.key.startswith(OWN):
                    raise refusal("property_stays")
                streams.filter(observed=one.key).update(gone_at=now)
            case Location():
                _take_place_down(one, now)
            case FeatureOfInterest():
                ObservationFacts.objects.filter(feature=one).update(gone_at=now)
                one.of_location = None
            case HistoricalLocation() | Sensor():
                pass
        one.gone_at = now
        one.save()
        said = one.key if isinstance(one, Pole) else str(one.pk)
        audit.tell(maker.actor, "entity.deleted", f"{NAMES[kind]}:{said}", "SensorThings", now)


def _take_place_down(place: Location, now: datetime) -> None:
    lines = HistoricalLocation.objects.filter(locations=place, gone_at=None)
    for line in lines:
        if not line.locations.exclude(pk=place.pk).filter(gone_at=None).exists():
            line.gone_at = now
            line.save(update_fields=["gone_at"])
    place.poles.clear()
