"""POST, PATCH and DELETE of SensorThings."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from pandok.core.errors import RequestError
from pandok.fields.street.acts.sensorthings.entities_changed import (
    change_entity,
    correct_observation,
    take_down,
    take_observation_back,
)
from pandok.fields.street.acts.sensorthings.entities_made import EntityMaker, there
from pandok.fields.street.acts.sensorthings.observed import ObservationSent, take_observations
from pandok.fields.street.lists.sensorthings.found import find, number_of
from pandok.fields.street.models import Sensor
from pandok.fields.street.refusals import refusal as refused
from pandok.fields.street.sensorthings.asked_entities import (
    SHAPES,
    ArrayAsked,
    ObservationAsked,
    must_say,
    read_arrays,
    read_entity,
)
from pandok.fields.street.sensorthings.kinds import NAVS, Kind
from pandok.fields.street.sensorthings.query_options import Options
from pandok.fields.street.sensorthings.resource_path import Asked
from pandok.web.api.refusals import refusal

_BACK = {
    (Kind.THING, "Datastreams"): "Thing",
    (Kind.THING, "Locations"): "Things",
    (Kind.THING, "HistoricalLocations"): "Thing",
    (Kind.LOCATION, "Things"): "Locations",
    (Kind.LOCATION, "HistoricalLocations"): "Locations",
    (Kind.DATASTREAM, "Observations"): "Datastream",
    (Kind.SENSOR, "Datastreams"): "Sensor",
    (Kind.OBSERVED_PROPERTY, "Datastreams"): "ObservedProperty",
    (Kind.FEATURE_OF_INTEREST, "Observations"): "FeatureOfInterest",
}
"""What an entity that is created below another one links to."""


def create(asked: Asked, body: bytes, maker: EntityMaker) -> int:
    sent = read_entity(asked.kind, body)
    if len(asked.steps) > 1:
        above = Asked(asked.steps[:-1])
        page = find(above, Options())
        back = _BACK.get((above.kind, asked.steps[-1].nav))
        if page is None or back is None:
            raise refusal(404)
        link = SHAPES[above.kind].model_validate({"@iot.id": number_of(above.kind, page.entities[0])})
        is_one = back in NAVS[asked.kind] and NAVS[asked.kind][back].one
        sent = sent.model_copy(update={back: link if is_one else [link]})
    return maker.make(asked.kind, sent)


def change(asked: Asked, body: bytes, maker: EntityMaker, *, whole: bool) -> int:
    """`whole`: PUT, which says all that must be said."""
    sent = read_entity(asked.kind, body)
    if whole:
        must_say(asked.kind, sent)
    number = _number(asked)
    if asked.kind is Kind.OBSERVATION:
        correct_observation(number, _sensor_of(asked), sent, maker)
    else:
        change_entity(asked.kind, number, sent, maker)
    return number


def delete(asked: Asked, maker: EntityMaker) -> None:
    number = _number(asked)
    if asked.kind is Kind.OBSERVATION:
        take_observation_back(number, _sensor_of(asked), maker)
    else:
        take_down(asked.kind, number, maker)


def _number(asked: Asked) -> int:
    page = find(asked, Options())
    if page is None:
        raise refusal(404)
    return number_of(asked.kind, page.entities[0])


def _sensor_of(asked: Asked) -> Sensor:
    page = find(asked, Options())
    if page is None:
        raise refusal(404)
    return Sensor.objects.get(pk=page.entities[0]["datastream"])


def create_observations(body: bytes, maker: EntityMaker, root: str) -> list[str]:
    """The address of each, or `error` and why it was not taken, in their order."""
    sent: list[ObservationSent | RequestError] = [one for array in read_arrays(body) for one in _of_array(array)]
    taken = iter(
        take_observations(
            [one for one in sent if isinstance(one, ObservationSent)],
            actor=maker.actor,
            now=maker.now,
            hazards=maker.hazards,
        )
    )
    found = [next(taken) if isinstance(one, ObservationSent) else one for one in sent]
    return [f"{root}/Observations({one})" if isinstance(one, int) else f"error: {_why(one)}" for one in found]


def _of_array(array: ArrayAsked) -> list[ObservationSent | RequestError]:
    if not array.Datastream.is_link:
        raise refused("bad_entity", part=["Datastream"], why="@iot.id")
    sensor = there(Kind.DATASTREAM, array.Datastream.id or 0)
    made: list[ObservationSent | RequestError] = []
    for line in array.dataArray:
        try:
            made.append(_of_line(sensor, array.components, line))
        except RequestError as error:
            made.append(error)
    return made


def _of_line(sensor: Sensor, components: list[str], line: list[Any]) -> ObservationSent:
    if len(line) != len(components):
        raise refused("bad_observation", why="components")
    said = dict(zip(components, line, strict=True))
    feature = said.pop("FeatureOfInterest/id", said.pop("FeatureOfInterest/@iot.id", None))
    try:
        asked = ObservationAsked.model_validate(said)
    except ValidationError as error:
        raise refused("bad_observation", why=str(error.errors()[0]["msg"])) from None
    named = there(Kind.FEATURE_OF_INTEREST, feature) if isinstance(feature, int) else None
    return ObservationSent(sensor, asked, named)


def _why(error: RequestError) -> str:
    return str(error.fields.get("why") or error.what.en)
