"""OGC SensorThings 1.1: a test for each requirement that the service claims (OGC 18-088)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

import pytest

from pandok.common.models import AuditEntry
from pandok.fields.street.models import Pole
from pandok.fields.street.sensorthings.claimed import CLAIMED
from pandok.fields.street.sensorthings.kinds import NAVS, PROPERTIES, Kind
from tests.fields.street.sensorthings.service import (
    ROOT,
    Service,
    datastream,
    location,
    observation,
    operator,
    thing,
    whole_thing,
)

pytestmark = pytest.mark.django_db
MUST = {kind: set(names) for kind, names in PROPERTIES.items()} | {
    Kind.OBSERVATION: {"phenomenonTime", "resultTime", "result"}
}


@pytest.fixture
def service() -> Service:
    return operator()


@pytest.fixture
def number(service: Service) -> int:
    return service.made("Things", whole_thing())


def names(found: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in found]


def test_every_claim_has_its_test_and_the_landing_page_claims_no_more(service: Service) -> None:
    said = service.get("")
    assert [one["name"] for one in said["value"]] == [kind.value for kind in Kind]
    assert said["serverSettings"]["conformance"] == list(CLAIMED)
    for claim in CLAIMED:
        name = "test_" + claim.rpartition("/req/")[2].replace("/", "_").replace("-", "_")
        assert any(one.startswith(name) for one in globals()), name


def test_datamodel_every_entity_has_its_properties_and_links(service: Service, number: int) -> None:
    assert number
    for kind in Kind:
        one = service.values(kind.value)[0]
        assert MUST[kind] <= set(one), kind
        assert isinstance(one["@iot.id"], int)
        assert one["@iot.selfLink"].endswith(f"{ROOT}/{kind.value}({one['@iot.id']})")
        for nav in NAVS[kind]:
            path = one[f"{nav}@iot.navigationLink"].partition(ROOT + "/")[2]
            assert service.call("GET", path).status_code == 200


def test_resource_path_resource_path_to_entities(service: Service, number: int) -> None:
    stream = service.values(f"Things({number})/Datastreams")[0]["@iot.id"]
    assert service.get(f"Things({number})/Datastreams({stream})/Thing")["@iot.id"] == number
    place = service.values(f"Things({number})/Locations")[0]["@iot.id"]
    assert service.get(f"Locations({place})/encodingType") == {"encodingType": "application/vnd.geo+json"}
    assert service.get(f"Datastreams({stream})/unitOfMeasurement/symbol") == {"symbol": "lm"}
    raw = service.call("GET", f"Things({number})/name/$value")
    assert (raw.content, raw.headers["Content-Type"]) == (b"thing 1", "text/plain; charset=utf-8")
    links = service.values(f"Things({number})/Datastreams/$ref")
    assert [set(one) for one in links] == [{"@iot.selfLink"}] * 2
    seen = service.values(f"Datastreams({stream})/Observations")[0]["@iot.id"]
    assert service.get(f"Observations({seen})/Datastream/Thing/Locations")["value"][0]["@iot.id"] == place
    assert service.get(f"Observations({seen})/FeatureOfInterest")["feature"] == location()["location"]
    assert service.get(f"Datastreams({stream})/Observations({seen})/result") == {"result": 1}
    for wrong in ("Things(999)", f"Things({number})/Datastreams(999)", "Nothings", f"Things({number})/colour",
                  "Things/name", f"Things({number})/Datastreams/name", "Observations(7)"):  # fmt: skip
        service.get(wrong, 404)


def test_request_data_order(service: Service, number: int) -> None:
    """Filter, count, order, skip and top follow one another, whatever their order in the address."""
    assert number
    path = "Observations?$top=1&$skip=1&$orderby=result desc&$filter=result gt 1&$count=true"
    found = service.get(path)
    assert (found["@iot.count"], [one["result"] for one in found["value"]]) == (3, [11])


def test_request_data_expand(service: Service, number: int) -> None:
    path = f"Things({number})?$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc),Sensor;"
    found = service.get(path + "$select=name,unitOfMeasurement),Locations")
    streams = found["Datastreams"]
    assert [one["Observations"][0]["result"] for one in streams] == [11, 12]
    assert streams[0]["Sensor"]["metadata"] == "Light flux sensor"
    assert set(streams[0]) == {"name", "unitOfMeasurement", "Sensor", "Observations", "Observations@iot.nextLink"}
    assert found["Locations"][0]["name"] == "place"
    deep = service.get("Observations?$top=1&$expand=Datastream/Thing,FeatureOfInterest")["value"][0]
    assert deep["Datastream"]["Thing"]["@iot.id"] == number
    assert deep["FeatureOfInterest"]["name"] == "place"


def test_request_data_select(service: Service, number: int) -> None:
    assert service.get(f"Things({number})?$select=name") == {"name": "thing 1"}
    found = service.get(f"Things({number})?$select=id,description,Locations")
    assert set(found) == {"@iot.id", "@iot.selfLink", "description", "Locations@iot.navigationLink"}


def test_request_data_status_code(service: Service, number: int) -> None:
    assert service.call("GET", f"Things({number})").status_code == 200
    assert service.call("GET", "Things(999999)").status_code == 404
    assert service.call("POST", f"Things({number})", thing()).status_code == 405
    assert service.call("DELETE", "Things").status_code == 405


@pytest.mark.parametrize(
    "query",
    ["$top=-1", "$top=x", "$skip=1.5", "$count=maybe", "$orderby=colour", "$filter=", "$filter=name",
     "$filter=(name eq 1",
     "$filter=name eq", "$filter=colour eq 1", "$filter=name eq 'x' name", "$filter=result eq", "$select=colour",
     "$expand=Colours", "$expand=Datastreams($top=x)", "$nothing=1", "$top=1&$top=2", "$filter=name gt 3",
     "$filter=" + "(" * 50 + "1", "$filter=name eq '" + "x" * 3000 + "'", "$resultFormat=csv"],
)  # fmt: skip
def test_request_data_query_status_code(service: Service, query: str) -> None:
    answer = service.call("GET", f"Things?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "street.bad_query")


def test_request_data_orderby(service: Service) -> None:
    for name in ("b", "a", "c"):
        service.made("Things", thing(name))
    assert names(service.values("Things?$orderby=name desc")) == ["c", "b", "a"]
    assert names(service.values("Things?$orderby=length(name),name asc")) == ["a", "b", "c"]


def test_request_data_top(service: Service, number: int) -> None:
    assert number
    assert len(service.values("Observations?$top=3")) == 3
    assert service.values("Observations?$top=0") == []


def test_request_data_skip(service: Service, number: int) -> None:
    assert number
    assert [one["result"] for one in service.values("Observations?$orderby=result&$skip=2")] == [11, 12]


def test_request_data_count(service: Service, number: int) -> None:
    assert service.get("Observations?$count=true&$top=1")["@iot.count"] == 4
    assert "@iot.count" not in service.get("Observations?$count=false")
    found = service.get(f"Things({number})?$expand=Datastreams($count=true;$top=1)")
    assert (found["Datastreams@iot.count"], len(found["Datastreams"])) == (2, 1)


FILTERS = {
    "Things?$filter=name eq 'thing 1'": 1,
    "Things?$filter=name ne 'thing 1'": 1,
    "Things?$filter=startswith(tolower(name),'thing') and not endswith(name,'2')": 1,
    "Things?$filter=substringof('thing',name) or id lt 0": 2,
    "Things?$filter=length(name) eq 7": 2,
    "Things?$filter=indexof(name,'2') ge 0": 1,
    "Things?$filter=substring(name,6) eq '1'": 1,
    "Things?$filter=properties/reference eq 'thing 2'": 1,
    "Things?$filter=Datastreams/name eq 'stream 2'": 1,
    "Things?$filter=Datastreams/Observations/result gt 11": 1,
    "Things?$filter=Datastreams/ObservedProperty/name eq 'Luminous Flux' and Locations/name eq 'place'": 1,
    "Datastreams?$filter=unitOfMeasurement/symbol eq 'lm'": 2,
    "Datastreams?$filter=Thing/name eq 'thing 1' and Observations/phenomenonTime lt 2015-03-03T12:00:00Z": 2,
    "Sensors?$filter=metadata eq null": 0,
    "HistoricalLocations?$filter=time le now()": 1,
    "HistoricalLocations?$filter=year(time) ge 2020": 1,
    "FeaturesOfInterest?$filter=Observations/result lt 2": 1,
    "Observations?$filter=result add 1 eq 2": 1,
    "Observations?$filter=result mod 2 eq 0": 2,
    "Observations?$filter=phenomenonTime ge 2015-03-04T00:00:00Z": 2,
    "Observations?$filter=phenomenonTime ge 2015-03-04T09:00:00+09:00": 2,
    "Observations?$filter=day(phenomenonTime) eq 3": 2,
    "Observations?$filter=Datastream/Thing/name eq 'thing 1' and round(result) gt 10": 2,
    "Observations?$filter=resultTime eq null": 4,
    "Observations?$filter=result gt 1 and (result lt 11 or result eq 12)": 2,
}


@pytest.mark.parametrize("path", sorted(FILTERS))
def test_request_data_filter(service: Service, number: int, path: str) -> None:
    assert number
    service.made("Things", thing("thing 2"))
    found = service.get(f"{path}&$count=true")
    assert (found["@iot.count"], len(found["value"])) == (FILTERS[path],) * 2


@pytest.mark.parametrize("kind", ["Things", "Observations"])
def test_request_data_built_in_filter_operations(service: Service, number: int, kind: str) -> None:
    assert number
    for word in ("b", "c"):
        service.made("Things", thing(word))
    (one, a, b), column = ((1, 2, 11), "result") if kind == "Observations" else (("'b'", "'c'", "'thing 1'"), "name")
    for operation, count in {"eq": 1, "ne": -1, "gt": -2, "ge": -1, "lt": 1, "le": 2}.items():
        found = len(service.values(f"{kind}?$filter={column} {operation} {a}"))
        assert found == (count if count > 0 else len(service.values(kind)) + count), operation
    assert len(service.values(f"{kind}?$filter={column} eq {one} or {column} eq {b}")) == 2
    assert service.values(f"{kind}?$filter={column} eq {one} and {column} eq {b}") == []
    assert (
        len(service.values(f"{kind}?$filter=not ({column} eq {one} or {column} eq {b})"))
        == len(service.values(kind)) - 2
    )
    numeric = "result" if kind == "Observations" else "length(name)"
    for text, value in {"add 1": 2, "sub 1": 0, "mul 3": 3, "div 2": 0.5, "mod 1": 0}.items():
        assert len(service.values(f"{kind}?$filter={numeric} eq 1 and {numeric} {text} eq {value}")) == len(
            service.values(f"{kind}?$filter={numeric} eq 1")
        )


def test_request_data_pagination(service: Service) -> None:
    for n in range(7):
        service.made("Things", thing(f"t{n}"))
    seen: list[str] = []
    path = "Things?$top=3&$orderby=name&$filter=startswith(name,'t')"
    while path:
        found = service.get(path)
        seen += names(found["value"])
        path = unquote_plus(found.get("@iot.nextLink", "").partition(ROOT + "/")[2])
    assert seen == [f"t{n}" for n in range(7)]


def test_create_update_delete_create_entity(service: Service) -> None:
    place = service.made("Locations", location())
    one = service.made("Things", thing(Locations=[{"@iot.id": place}]))
    sensor = service.made("Sensors", datastream()["Sensor"])
    observed = service.made("ObservedProperties", datastream()["ObservedProperty"])
    links = {"Thing": {"@iot.id": one}, "Sensor": {"@iot.id": sensor}, "ObservedProperty": {"@iot.id": observed}}
    stream = service.made("Datastreams", datastream() | links)
    feature = service.made(
        "FeaturesOfInterest", {k: v for k, v in location().items() if k != "location"} | {"feature": {}}
    )
    seen = service.made(
        "Observations",
        observation(10, resultTime="2015-03-03T00:00:01Z", parameters={"gain": 2}, Datastream={"@iot.id": stream},
                    FeatureOfInterest={"@iot.id": feature}),
    )  # fmt: skip
    said = service.get(f"Observations({seen})")
    assert (said["result"], said["resultTime"]) == (10, "2015-03-03T00:00:01.000Z")
    assert isinstance(said["result"], int)
    assert said["parameters"] == {"gain": 2}
    assert service.get(f"Observations({seen})/FeatureOfInterest")["@iot.id"] == feature
    line = {"time": "2014-01-01T00:00:00Z", "Thing": {"@iot.id": one}, "Locations": [{"@iot.id": place}]}
    assert service.get(f"HistoricalLocations({service.made('HistoricalLocations', line)})/Thing")["@iot.id"] == one
    assert AuditEntry.objects.filter(action="entity.created", object=f"datastream:{stream}").exists()


def test_create_update_delete_link_to_existing_entities(service: Service, number: int) -> None:
    stream = service.values("Datastreams")[0]["@iot.id"]
    sensor = service.get(f"Datastreams({stream})/Sensor")["@iot.id"]
    body = datastream("third", Sensor={"@iot.id": sensor})
    made = service.made(f"Things({number})/Datastreams", body)
    assert service.get(f"Datastreams({made})/Sensor")["@iot.id"] == sensor
    assert service.get(f"Datastreams({made})/Thing")["@iot.id"] == number
    before = len(service.values("Observations"))
    answer = service.call("POST", "Observations", observation(Datastream={"@iot.id": 999}))
    assert (answer.status_code, len(service.values("Observations"))) == (400, before)
    seen = service.made(f"Datastreams({made})/Observations", {"result": 4})
    assert service.get(f"Observations({seen})/Datastream")["@iot.id"] == made


def test_create_update_delete_deep_insert(service: Service, number: int) -> None:
    assert len(service.values(f"Things({number})/Datastreams")) == 2
    assert len(service.values("Observations")) == 4
    # The place of the pole is what its observations are of; it is made once.
    assert len(service.values("FeaturesOfInterest")) == 1
    bad = whole_thing()
    bad["Datastreams"][1]["ObservedProperty"] = {"@iot.id": 999}
    assert service.call("POST", "Things", bad).status_code == 400
    assert len(service.values("Things")) == 1


def test_create_update_delete_deep_insert_status_code(service: Service) -> None:
    answer = service.call("POST", "Things", whole_thing())
    assert answer.status_code == 201
    assert "Datastreams" not in answer.json()
    without = whole_thing()
    del without["Datastreams"][0]["Sensor"]
    assert service.call("POST", "Things", without).status_code == 400


def test_create_update_delete_update_entity(service: Service, number: int) -> None:
    def patched(path: str, body: Any) -> dict[str, Any]:
        answer = service.call("PATCH", path, body)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = service.get(path)
        return found

    said = patched(f"Things({number})", {"description": "new", "properties": {"a": {"b": 1}}})
    assert (said["name"], said["description"], said["properties"]) == ("thing 1", "new", {"a": {"b": 1}})
    stream = service.values("Datastreams")[0]["@iot.id"]
    unit = {"name": "Candela", "symbol": "cd", "definition": "http://qudt.org/vocab/unit/CD"}
    assert patched(f"Datastreams({stream})", {"unitOfMeasurement": unit})["unitOfMeasurement"] == unit
    seen = service.values(f"Datastreams({stream})/Observations")[0]["@iot.id"]
    body = {"result": 20, "phenomenonTime": "2015-07-01T00:40:00Z"}
    said = patched(f"Observations({seen})", body)
    assert (said["result"], said["phenomenonTime"]) == (20, "2015-07-01T00:40:00.000Z")
    assert [one["@iot.id"] for one in service.values("Observations?$filter=result eq 20")] == [seen]
    newest = service.get(f"Datastreams({stream})?$expand=Observations($top=1;$orderby=phenomenonTime desc)")
    assert newest["Observations"][0]["@iot.id"] == seen
    for kind in ("Sensors", "ObservedProperties", "Locations", "FeaturesOfInterest"):
        one = next(one for one in service.values(kind) if one["name"] in ("sensor 1", "Luminous Flux", "place"))
        assert patched(f"{kind}({one['@iot.id']})", {"name": "renamed"})["name"] == "renamed"
    assert service.call("PUT", f"Things({number})", {"name": "alone"}).status_code == 400
    assert service.call("PUT", f"Things({number})", {"name": "whole", "description": "d"}).status_code == 200
    assert service.call("PATCH", f"Things({number})", {"name": None}).status_code == 400
    assert service.call("PATCH", f"Things({number})", {"Datastreams": [datastream()]}).status_code == 400
    assert service.call("PATCH", f"Things({number})", {"colour": "red"}).status_code == 400


def test_create_update_delete_delete_entity(service: Service, number: int) -> None:
    first, second = (one["@iot.id"] for one in service.values("Datastreams"))
    seen = service.values(f"Datastreams({first})/Observations")[0]["@iot.id"]
    assert service.call("DELETE", f"Observations({seen})").status_code == 200
    service.get(f"Observations({seen})", 404)
    assert len(service.values(f"Datastreams({first})/Observations")) == 1
    assert service.call("DELETE", f"Datastreams({first})").status_code == 200
    assert [one["@iot.id"] for one in service.values(f"Things({number})/Datastreams")] == [second]
    assert len(service.values("Observations")) == 2
    assert service.call("DELETE", f"Things({number})").status_code == 200
    for kind in ("Things", "Datastreams", "Observations", "HistoricalLocations"):
        assert service.values(kind) == []
    assert service.call("DELETE", f"Things({number})").status_code == 404
    # The pole's key and its history stay.
    assert Pole.objects.get(pk=number).gone_at is not None
    assert AuditEntry.objects.filter(action="entity.deleted").count() == 3


def test_create_update_delete_historical_location_auto_creation(service: Service, number: int) -> None:
    stream = service.values("Datastreams")[0]["@iot.id"]
    old = service.values(f"Datastreams({stream})/Observations")[0]["@iot.id"]
    moved = service.made(f"Things({number})/Locations", location(127.0, 35.3))
    lines = service.values(f"Things({number})/HistoricalLocations?$orderby=time desc&$expand=Locations")
    assert [one["Locations"][0]["@iot.id"] == moved for one in lines] == [True, False]
    assert [one["@iot.id"] for one in service.values(f"Things({number})/Locations")] == [moved]
    pole = Pole.objects.get(pk=number)
    assert (pole.latitude, pole.longitude) == (35.3, 127.0)
    # What was observed before was observed there.
    new = service.made(f"Datastreams({stream})/Observations", {"result": 5})
    features = [service.get(f"Observations({one})/FeatureOfInterest")["feature"]["coordinates"] for one in (old, new)]
    assert features == [[126.9, 35.2], [127.0, 35.3]]


def test_data_array_data_array(service: Service, number: int) -> None:
    assert number
    stream, other = (one["@iot.id"] for one in service.values("Datastreams"))
    body = [
        {
            "Datastream": {"@iot.id": stream},
            "components": ["phenomenonTime", "result"],
            "dataArray@iot.count": 3,
            "dataArray": [["2015-05-01T00:00:00Z", 7], ["2015-05-02T00:00:00Z", "much"], ["2015-05-03T00:00:00Z", 9]],
        },
        {"Datastream": {"@iot.id": other}, "components": ["result"], "dataArray": [[1], [2, 3]]},
    ]
    answer = service.call("POST", "CreateObservations", body)
    assert answer.status_code == 201
    said = answer.json()
    assert [one.startswith("error") for one in said] == [False, True, False, False, True]
    assert service.get(said[0].partition(ROOT + "/")[2])["result"] == 7
    arrays = service.values(
        f"Observations?$resultFormat=dataArray&$filter=Datastream/id eq {stream}&$orderby=result desc"
    )
    assert arrays[0]["components"] == ["id", "phenomenonTime", "resultTime", "result"]
    assert [line[3] for line in arrays[0]["dataArray"]] == [11, 9, 7, 1]
    assert arrays[0]["dataArray@iot.count"] == 4
    assert arrays[0]["Datastream@iot.navigationLink"].endswith(f"/Datastreams({stream})")
    chosen = service.values("Observations?$resultFormat=dataArray&$select=result&$top=1")
    assert (chosen[0]["components"], len(chosen[0]["dataArray"][0])) == (["result"], 1)
