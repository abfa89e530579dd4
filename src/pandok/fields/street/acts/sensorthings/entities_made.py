"""Entities are created as SensorThings asks for them, with all that is sent within them, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.street.acts.pole_places import stand_at
from pandok.fields.street.acts.registering import open_test_bed
from pandok.fields.street.acts.sensorthings.observed import ObservationSent, take_observations
from pandok.fields.street.hazards import Hazards
from pandok.fields.street.messages import POLE_KEY
from pandok.fields.street.models import (
    Device,
    FeatureOfInterest,
    HistoricalLocation,
    Location,
    ObservedProperty,
    Pole,
    PoleState,
    Sensor,
)
from pandok.fields.street.observed import FORGOTTEN, OBSERVED, OWN
from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings import asked_entities as shapes
from pandok.fields.street.sensorthings.asked_entities import must_say, point_of
from pandok.fields.street.sensorthings.kinds import Kind

BED = "sensorthings"
MODELS: dict[Kind, Any] = {
    Kind.THING: Pole,
    Kind.LOCATION: Location,
    Kind.HISTORICAL_LOCATION: HistoricalLocation,
    Kind.DATASTREAM: Sensor,
    Kind.SENSOR: Device,
    Kind.OBSERVED_PROPERTY: ObservedProperty,
    Kind.FEATURE_OF_INTEREST: FeatureOfInterest,
}
NAMES: dict[Kind, str] = {
    Kind.THING: "pole",
    Kind.LOCATION: "location",
    Kind.HISTORICAL_LOCATION: "historical-location",
    Kind.DATASTREAM: "datastream",
    Kind.SENSOR: "sensor",
    Kind.OBSERVED_PROPERTY: "observed-property",
    Kind.OBSERVATION: "observation",
    Kind.FEATURE_OF_INTEREST: "feature",
}
"""In the audit trail."""


@dataclass(frozen=True)
class EntityMaker:
    """`hazards`: what reads the observations that come along."""

    actor: Account | None
    now: datetime
    hazards: Hazards

    def make(self, kind: Kind, asked: Any) -> int:
        """Its number. Raises RequestError for what cannot be; then nothing of it is kept."""
        with transaction.atomic():
            match kind:
                case Kind.OBSERVATION:
                    return self._observation(asked)
                case Kind.HISTORICAL_LOCATION:
                    return self._historical_location(asked)
                case _:
                    return int(self._one(kind, asked).pk)

    def there_or_made(self, kind: Kind, asked: Any) -> Any:
        """What is linked by its number, or sent within another. Raises RequestError where it is not there."""
        if asked is None:
            raise refusal("bad_entity", part=[NAMES[kind]], why="missing")
        if not asked.is_link:
            return self._one(kind, asked)
        return there(kind, asked.id)

    def _one(self, kind: Kind, asked: Any) -> Any:
        must_say(kind, asked)
        makers: dict[Kind, Callable[[Any], Any]] = {
            Kind.THING: self._thing,
            Kind.LOCATION: self._location,
            Kind.DATASTREAM: self._datastream,
            Kind.SENSOR: self._sensor,
            Kind.OBSERVED_PROPERTY: self._observed_property,
            Kind.FEATURE_OF_INTEREST: self._feature,
        }
        made = makers[kind](asked)
        said = made.key if kind is Kind.THING else str(made.pk)
        audit.tell(self.actor, "entity.created", f"{NAMES[kind]}:{said}", "SensorThings", self.now)
        if kind in (Kind.SENSOR, Kind.OBSERVED_PROPERTY):
            name = "Sensor" if kind is Kind.SENSOR else "ObservedProperty"
            link = type(asked).model_validate({"@iot.id": made.pk})
            for one in asked.Datastreams or []:
                self._one(Kind.DATASTREAM, one.model_copy(update={name: link}))
        return made

    def _thing(self, asked: shapes.ThingAsked) -> Pole:
        bed = open_test_bed(
            code=BED, name_ko="SensorThings", name_en="SensorThings", question="", actor=self.actor, now=self.now
        )
        name = str(asked.name)
        free = POLE_KEY.fullmatch(name) and not Pole.objects.filter(key=name).exists()
        # Nobody knows how often it is heard from: it is not missed.
        pole = Pole.objects.create(
            key=name if free else f"thing-{_next(Pole)}",
            test_bed=bed,
            name=name,
            description=asked.description or "",
            properties=asked.properties or {},
            added_at=self.now,
            expected_every_s=0,
        )
        PoleState.objects.create(pole=pole)
        if asked.Locations:
            stand_at(pole, [self.there_or_made(Kind.LOCATION, one) for one in asked.Locations], self.now)
        link = shapes.ThingAsked.model_validate({"@iot.id": pole.pk})
        for one in asked.Datastreams or []:
            self._one(Kind.DATASTREAM, one.model_copy(update={"Thing": link}))
        return pole

    def _location(self, asked: shapes.LocationAsked) -> Location:
        point_of(asked.encodingType, asked.location)
        place = Location.objects.create(**_located(asked), location=asked.location)
        for one in asked.Things or []:
            stand_at(self.there_or_made(Kind.THING, one), [place], self.now)
        return place

    def _feature(self, asked: shapes.FeatureAsked) -> FeatureOfInterest:
        return FeatureOfInterest.objects.create(**_located(asked), feature=asked.feature)

    def _historical_location(self, asked: Any) -> int:
        must_say(Kind.HISTORICAL_LOCATION, asked)
        pole = self.there_or_made(Kind.THING, asked.Thing)
        if not asked.Locations:
            raise refusal("bad_entity", part=["Locations"], why="missing")
        places = [self.there_or_made(Kind.LOCATION, one) for one in asked.Locations]
        line = HistoricalLocation.objects.create(pole=pole, time=asked.time)
        line.locations.set(places)
        audit.tell(self.actor, "entity.created", f"historical-location:{line.pk}", "SensorThings", self.now)
        return int(line.pk)

    def _sensor(self, asked: Any) -> Device:
        return Device.objects.create(
            key=f"make-{_next(Device)}",
            kind="sensor",
            name=asked.name,
            description=asked.description,
            encoding_type=asked.encodingType,
            metadata=asked.metadata,
            properties=asked.properties,
        )

    def _observed_property(self, asked: Any) -> ObservedProperty:
        return ObservedProperty.objects.create(
            key=f"{OWN}{_next(ObservedProperty)}",
            name=asked.name,
            definition=asked.definition,
            description=asked.description,
            properties=asked.properties,
        )

    def _datastream(self, asked: Any) -> Sensor:
        pole = self.there_or_made(Kind.THING, asked.Thing)
        device = self.there_or_made(Kind.SENSOR, asked.Sensor)
        observed = self.there_or_made(Kind.OBSERVED_PROPERTY, asked.ObservedProperty)
        unit = asked.unitOfMeasurement or shapes.UnitAsked()
        check_unit(observed.key, unit.symbol or "")
        sensor = Sensor.objects.create(
            device=device,
            pole=pole,
            key=f"ds-{_next(Sensor)}",
            observed=observed.key,
            unit=unit.symbol or "",
            unit_name=unit.name or "",
            unit_definition=unit.definition or "",
            name=asked.name,
            description=asked.description,
            properties=asked.properties,
        )
        if asked.Observations:
            for one in asked.Observations:
                must_say(Kind.OBSERVATION, one)
            sent = [self._sent(sensor, one) for one in asked.Observations]
            for found in take_observations(sent, actor=self.actor, now=self.now, hazards=self.hazards):
                if isinstance(found, RequestError):
                    raise found
        return sensor

    def _sent(self, sensor: Sensor, asked: shapes.ObservationAsked) -> ObservationSent:
        named = asked.FeatureOfInterest
        return ObservationSent(
            sensor, asked, self.there_or_made(Kind.FEATURE_OF_INTEREST, named) if named is not None else None
        )

    def _observation(self, asked: shapes.ObservationAsked) -> int:
        must_say(Kind.OBSERVATION, asked)
        sensor = self.there_or_made(Kind.DATASTREAM, asked.Datastream)
        sent = self._sent(sensor, asked)
        (found,) = take_observations([sent], actor=self.actor, now=self.now, hazards=self.hazards)
        if isinstance(found, RequestError):
            raise found
        return found


def there(kind: Kind, number: int) -> Any:
    """Raises RequestError where it is not, or not any more."""
    found = MODELS[kind].objects.filter(pk=number, gone_at=None).first()
    if found is None:
        raise refusal("no_entity", part=f"{kind.value}({number})")
    return found


def check_unit(observed: str, symbol: str) -> None:
    """What readers read comes in their unit. Raises RequestError for another one, and for sound."""
    if observed in FORGOTTEN:
        raise refusal("sound_is_forgotten")
    if not observed.startswith(OWN) and OBSERVED[observed].unit != symbol:
        raise refusal("other_unit", part=OBSERVED[observed].unit)


def _located(asked: Any) -> dict[str, Any]:
    return {
        "name": asked.name,
        "description": asked.description,
        "encoding_type": asked.encodingType,
        "properties": asked.properties,
    }


def _next(model: Any) -> int:
    return int(model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
