"""A round trip with frost-sta-client, the client by the makers of FROST-Server, against the running site."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.fields.street.sensorthings.service import ROOT, token_of
from tests.roles import Role


def client() -> Any:
    try:
        import frost_sta_client
    except ImportError:
        if os.environ.get("PANDOK_TESTS_REQUIRE_ALL"):
            raise
        pytest.skip("frost-sta-client is not installed")
    return frost_sta_client


def test_what_a_client_creates_it_finds_changes_and_deletes(transactional_db: None, live_server: Any) -> None:  # noqa: ARG001
    fsc = client()
    sign_in = fsc.service.auth_handler.AuthHandler("street-program", token_of(Role.STREET_OPERATOR))
    service = fsc.SensorThingsService(live_server.url + ROOT, auth_handler=sign_in)
    import geojson

    place = fsc.Location(
        name="place", description="a place", location=geojson.Point((126.9, 35.2)), encoding_type="application/geo+json"
    )
    thing = fsc.Thing("client thing", "made by a client", properties={"owner": "district"})
    thing.locations = fsc.model.ext.entity_list.EntityList(
        entity_class="frost_sta_client.model.location.Location", entities=[place]
    )
    service.create(thing)
    assert isinstance(thing.id, int)

    sensor = fsc.Sensor("gauge", "a gauge", encoding_type="application/pdf", metadata="https://example.org/gauge.pdf")
    service.create(sensor)
    observed = fsc.ObservedProperty("Water level", "http://example.org/level", "height of water")
    service.create(observed)
    unit = fsc.UnitOfMeasurement("metre", "m", "http://qudt.org/vocab/unit/M")
    kind = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
    stream = fsc.Datastream("level", "level of water", observation_type=kind, unit_of_measurement=unit)
    stream.thing, stream.sensor, stream.observed_property = thing, sensor, observed
    service.create(stream)
    for n in range(5):
        at = f"2026-01-01T00:0{n}:00Z"
        service.create(fsc.Observation(phenomenon_time=at, result=n / 2, datastream=stream))

    found = service.datastreams().find(stream.id)
    assert (found.name, found.unit_of_measurement.symbol) == ("level", "m")
    seen = found.get_observations().query().orderby("phenomenonTime", "DESC").top(2).list()
    assert [one.result for one in seen.entities] == [2, 1.5]
    whole = service.observations().query().filter(f"Datastream/id eq {stream.id} and result gt 0.5").list()
    assert sorted(one.result for one in whole) == [1, 1.5, 2]
    # Pages follow one another.
    paged = service.observations().query().orderby("result", "ASC").top(2).list()
    assert [one.result for one in paged] == [0, 0.5, 1, 1.5, 2]
    assert service.things().query().count().list().count == 1
    along = service.things().query().expand("Locations,Datastreams").list().entities[0]
    assert along.locations.entities[0].location["coordinates"] == [126.9, 35.2]
    assert along.datastreams.entities[0].id == stream.id

    thing.description = "changed by a client"
    service.update(thing)
    assert service.things().find(thing.id).description == "changed by a client"
    seen.entities[0].result = 2.25
    service.update(seen.entities[0])
    assert service.observations().find(seen.entities[0].id).result == 2.25

    service.delete(seen.entities[0])
    assert len(found.get_observations().query().list().entities) == 4
    service.delete(stream)
    service.delete(thing)
    assert service.things().query().list().entities == []
