"""What a program sends to create or change entities. What is not known is refused, not left out."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings.filter_text import moment
from pandok.fields.street.sensorthings.kinds import GEO_JSON, MEASUREMENT, Kind

Name = Annotated[str, Field(min_length=1, max_length=200)]
Said = Annotated[str, Field(max_length=5000)]
Json = dict[str, Any]
MOST_DEEP, MOST_LISTED = 8, 500


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, populate_by_name=False)
    id: int | None = Field(default=None, alias="@iot.id", ge=1)

    @model_validator(mode="before")
    @classmethod
    def without_links(cls, sent: Any) -> Any:
        """Clients send back what they were given: links of an entity say nothing of it."""
        if isinstance(sent, dict):
            return {key: value for key, value in sent.items() if not _is_link(key)}
        return sent

    @property
    def is_link(self) -> bool:
        """To what is there. What a client sends beside the number is what it was given, and changes nothing."""
        return self.id is not None


def _is_link(key: str) -> bool:
    return key == "@iot.selfLink" or key.endswith(("@iot.navigationLink", "@iot.nextLink", "@iot.count"))


class LocationAsked(_Asked):
    name: Name | None = None
    description: Said | None = None
    encodingType: Annotated[str, Field(max_length=100)] | None = None  # a name of the standard
    location: Any = None
    properties: Json | None = None
    Things: Annotated[list[ThingAsked], Field(max_length=MOST_LISTED)] | None = None


class FeatureAsked(_Asked):
    name: Name | None = None
    description: Said | None = None
    encodingType: Annotated[str, Field(max_length=100)] | None = None
    feature: Any = None
    properties: Json | None = None


class SensorAsked(_Asked):
    name: Name | None = None
    description: Said | None = None
    encodingType: Annotated[str, Field(max_length=100)] | None = None
    metadata: Any = None
    properties: Json | None = None
    Datastreams: Annotated[list[DatastreamAsked], Field(max_length=MOST_LISTED)] | None = None


class ObservedPropertyAsked(_Asked):
    name: Name | None = None
    definition: Annotated[str, Field(max_length=500)] | None = None
    description: Said | None = None
    properties: Json | None = None
    Datastreams: Annotated[list[DatastreamAsked], Field(max_length=MOST_LISTED)] | None = None


class UnitAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=100)] | None = None
    symbol: Annotated[str, Field(max_length=40)] | None = None
    definition: Annotated[str, Field(max_length=300)] | None = None


class ObservationAsked(_Asked):
    phenomenonTime: str | None = None
    resultTime: AwareDatetime | None = None
    result: float | None = None
    validTime: Annotated[str, Field(max_length=80)] | None = None
    resultQuality: Any = None
    parameters: Json | None = None
    Datastream: DatastreamAsked | None = None
    FeatureOfInterest: FeatureAsked | None = None

    @field_validator("result", mode="before")
    @classmethod
    def is_number(cls, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError("a number")
        return value

    @field_validator("phenomenonTime", "validTime")
    @classmethod
    def is_time(cls, value: str | None) -> str | None:
        for one in value.split("/") if value is not None else ():
            moment(one)
        return value


class DatastreamAsked(_Asked):
    name: Name | None = None
    description: Said | None = None
    observationType: Literal[MEASUREMENT] | None = None  # type: ignore[valid-type]
    unitOfMeasurement: UnitAsked | None = None
    properties: Json | None = None
    Thing: ThingAsked | None = None
    Sensor: SensorAsked | None = None
    ObservedProperty: ObservedPropertyAsked | None = None
    Observations: Annotated[list[ObservationAsked], Field(max_length=MOST_LISTED)] | None = None


class ThingAsked(_Asked):
    name: Name | None = None
    description: Said | None = None
    properties: Json | None = None
    Locations: Annotated[list[LocationAsked], Field(max_length=20)] | None = None
    Datastreams: Annotated[list[DatastreamAsked], Field(max_length=MOST_LISTED)] | None = None


class HistoricalLocationAsked(_Asked):
    time: AwareDatetime | None = None
    Thing: ThingAsked | None = None
    Locations: Annotated[list[LocationAsked], Field(max_length=20)] | None = None


class ArrayAsked(BaseModel):
    """Of one Datastream in CreateObservations."""

    model_config = ConfigDict(extra="forbid")
    Datastream: DatastreamAsked
    components: Annotated[list[str], Field(min_length=1, max_length=8)]
    count: int | None = Field(default=None, alias="dataArray@iot.count")
    dataArray: Annotated[list[list[Any]], Field(max_length=20_000)]


SHAPES: dict[Kind, type[_Asked]] = {
    Kind.THING: ThingAsked,
    Kind.LOCATION: LocationAsked,
    Kind.HISTORICAL_LOCATION: HistoricalLocationAsked,
    Kind.DATASTREAM: DatastreamAsked,
    Kind.SENSOR: SensorAsked,
    Kind.OBSERVED_PROPERTY: ObservedPropertyAsked,
    Kind.OBSERVATION: ObservationAsked,
    Kind.FEATURE_OF_INTEREST: FeatureAsked,
}
MUST_SAY: dict[Kind, tuple[str, ...]] = {
    Kind.THING: ("name", "description"),
    Kind.LOCATION: ("name", "description", "encodingType", "location"),
    Kind.HISTORICAL_LOCATION: ("time",),
    Kind.DATASTREAM: ("name", "description", "observationType", "unitOfMeasurement"),
    Kind.SENSOR: ("name", "description", "encodingType", "metadata"),
    Kind.OBSERVED_PROPERTY: ("name", "definition", "description"),
    Kind.OBSERVATION: ("result",),
    Kind.FEATURE_OF_INTEREST: ("name", "description", "encodingType", "feature"),
}


def read_entity(kind: Kind, body: bytes) -> Any:
    """Raises RequestError for what is none of this kind."""
    return _read(SHAPES[kind], body)


def read_arrays(body: bytes) -> list[ArrayAsked]:
    """Raises RequestError for what is no list of arrays."""

    class _Arrays(BaseModel):
        arrays: Annotated[list[ArrayAsked], Field(min_length=1, max_length=MOST_LISTED)]

    found: _Arrays = _read(_Arrays, b'{"arrays":' + body + b"}")
    return found.arrays


def _read(shape: type[BaseModel], body: bytes) -> Any:
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise refusal("bad_entity", part=[str(one) for one in first["loc"]], why=str(first["msg"])) from None


def must_say(kind: Kind, asked: Any) -> None:
    """Raises RequestError where a new entity lacks what it must say."""
    if missing := [name for name in MUST_SAY[kind] if getattr(asked, name) is None]:
        raise refusal("bad_entity", part=missing, why="missing")


def point_of(encoding: str | None, location: Any) -> tuple[float, float] | None:
    """Latitude and longitude of a GeoJSON point; None for another geometry or encoding. Raises RequestError for a point
    that is no place."""
    if encoding not in GEO_JSON or not isinstance(location, dict):
        return None
    if location.get("type") == "Feature" and isinstance(location.get("geometry"), dict):
        location = location["geometry"]
    if location.get("type") != "Point":
        return None
    match location.get("coordinates"):
        case [int() | float() as longitude, int() | float() as latitude, *_] if (
            abs(longitude) <= 180 and abs(latitude) <= 90
        ):
            return float(latitude), float(longitude)
    raise refusal("bad_place")
