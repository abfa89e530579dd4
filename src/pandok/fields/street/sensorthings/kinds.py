"""The entities of SensorThings 1.1 and how they hang together (OGC 18-088, clause 8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Each with the name of its collection."""

    THING = "Things"
    LOCATION = "Locations"
    HISTORICAL_LOCATION = "HistoricalLocations"
    DATASTREAM = "Datastreams"
    SENSOR = "Sensors"
    OBSERVED_PROPERTY = "ObservedProperties"
    OBSERVATION = "Observations"
    FEATURE_OF_INTEREST = "FeaturesOfInterest"


@dataclass(frozen=True)
class Nav:
    """From one entity to others; `one`: to exactly one."""

    to: Kind
    one: bool = False


_K = Kind
NAVS: dict[Kind, dict[str, Nav]] = {
    _K.THING: {
        "Datastreams": Nav(_K.DATASTREAM),
        "Locations": Nav(_K.LOCATION),
        "HistoricalLocations": Nav(_K.HISTORICAL_LOCATION),
    },
    _K.LOCATION: {"Things": Nav(_K.THING), "HistoricalLocations": Nav(_K.HISTORICAL_LOCATION)},
    _K.HISTORICAL_LOCATION: {"Thing": Nav(_K.THING, one=True), "Locations": Nav(_K.LOCATION)},
    _K.DATASTREAM: {
        "Thing": Nav(_K.THING, one=True),
        "Sensor": Nav(_K.SENSOR, one=True),
        "ObservedProperty": Nav(_K.OBSERVED_PROPERTY, one=True),
        "Observations": Nav(_K.OBSERVATION),
    },
    _K.SENSOR: {"Datastreams": Nav(_K.DATASTREAM)},
    _K.OBSERVED_PROPERTY: {"Datastreams": Nav(_K.DATASTREAM)},
    _K.OBSERVATION: {
        "Datastream": Nav(_K.DATASTREAM, one=True),
        "FeatureOfInterest": Nav(_K.FEATURE_OF_INTEREST, one=True),
    },
    _K.FEATURE_OF_INTEREST: {"Observations": Nav(_K.OBSERVATION)},
}
PROPERTIES: dict[Kind, tuple[str, ...]] = {
    _K.THING: ("name", "description", "properties"),
    _K.LOCATION: ("name", "description", "encodingType", "location", "properties"),
    _K.HISTORICAL_LOCATION: ("time",),
    _K.DATASTREAM: ("name", "description", "observationType", "unitOfMeasurement", "properties"),
    _K.SENSOR: ("name", "description", "encodingType", "metadata", "properties"),
    _K.OBSERVED_PROPERTY: ("name", "definition", "description", "properties"),
    _K.OBSERVATION: ("phenomenonTime", "resultTime", "result", "validTime", "resultQuality", "parameters"),
    _K.FEATURE_OF_INTEREST: ("name", "description", "encodingType", "feature", "properties"),
}
IDS = frozenset({"id", "@iot.id"})
MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
GEO_JSON = frozenset({"application/vnd.geo+json", "application/geo+json"})
