"""Tiles, boundaries and the list by place: what the map shows, read back as a browser reads it."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from pandok.core.errors import RequestError
from pandok.fields.street.acts.importing_boundaries import import_boundaries
from pandok.fields.street.acts.silencing import maintain
from pandok.fields.street.district_map.pole_states import PoleStanding
from pandok.fields.street.district_map.poles_now import forget, poles_now
from pandok.fields.street.district_map.tiles import SINGLE, PolesOnMap, mercator, tile
from pandok.fields.street.district_map.vector_tile import EXTENT, Point, tile_of
from pandok.fields.street.models import MapBoundaries, Pole, PoleState
from tests.fields.street.bed import raised
from tests.fields.street.tile_reader import features
from tests.roles import Role
from tests.world import Site

SQUARE = [[[126.9, 35.1], [126.92, 35.1], [126.92, 35.12], [126.9, 35.1]]]


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """Each test has poles of its own."""
    forget()


def made(count: int) -> PolesOnMap:
    chance = np.random.default_rng(7)
    x, y = mercator(35.10 + 0.1 * chance.random(count), 126.85 + 0.1 * chance.random(count))
    return PolesOnMap([f"p-{one}" for one in range(count)], x, y, np.zeros(count, np.uint8))


def where(poles: PolesOnMap, zoom: int) -> set[tuple[int, int]]:
    return set(zip((poles.x * 2**zoom).astype(int).tolist(), (poles.y * 2**zoom).astype(int).tolist(), strict=True))


def test_what_is_written_is_read_back() -> None:
    points = [Point(0, EXTENT, {"key": "가로등-1", "s": 4}), Point(-3, 300, {"key": "가로등-1", "n": 70_000})]
    assert features(tile_of({"poles": points, "none": []})) == {
        "poles": [(0, EXTENT, {"key": "가로등-1", "s": 4}), (-3, 300, {"key": "가로등-1", "n": 70_000})]
    }


@pytest.mark.parametrize("zoom", [6, 11, 14, 16])
def test_at_every_zoom_every_pole_is_counted_once(zoom: int) -> None:
    poles = made(3000)
    counted, single = 0, set()
    own = {key: (int(x * 2**zoom), int(y * 2**zoom)) for key, x, y in zip(poles.keys, poles.x, poles.y, strict=True)}
    for column, row in where(poles, zoom):
        found = features(tile(poles, zoom, column, row))
        counted += sum(of["n"] for _, _, of in found.get("heaps", []))
        single.update(of["key"] for *_, of in found.get("poles", []) if own[of["key"]] == (column, row))
        assert len(found.get("poles", [])) <= SINGLE
    assert counted + len(single) == 3000


def test_a_heap_is_marked_by_the_worst_of_its_poles() -> None:
    poles = made(3000)
    poles.standings[5], poles.standings[6] = PoleStanding.SERIOUS, PoleStanding.SILENT
    ((column, row),) = where(poles, 6)
    heaps = [of for *_, of in features(tile(poles, 6, column, row))["heaps"]]
    assert max(of["s"] for of in heaps) == PoleStanding.SERIOUS
    assert (sum(of["alerts"] for of in heaps), sum(of["silent"] for of in heaps)) == (1, 1)


def test_poles_stand_as_health_alerts_and_maintenance_say(site: Site) -> None:  # noqa: ARG001
    now = timezone.now()
    first = raised(now).pole
    assert first is not None
    for number in range(2, 5):
        Pole.objects.create(key=f"buk-{number}", test_bed=first.test_bed, added_at=now)
    Pole.objects.update(latitude=35.17, longitude=126.91, added_at=now)
    PoleState.objects.all().delete()
    Pole.objects.filter(key="buk-2").update(added_at=now - timedelta(hours=1))
    maintain("buk-3", until=now + timedelta(hours=1), actor=None, reason="정기 점검 중", now=now)
    poles = poles_now(now)
    assert dict(zip(poles.keys, poles.standings.tolist(), strict=True)) == {
        "buk-1": PoleStanding.SERIOUS,
        "buk-2": PoleStanding.SILENT,
        "buk-3": PoleStanding.MAINTENANCE,
        "buk-4": PoleStanding.HEARD,
    }


def test_the_page_its_tiles_and_the_list_by_place(site: Site) -> None:
    client = site.client(Role.CREW)
    assert "위도와 경도" in client.get("/street/map/").content.decode()
    raised(timezone.now())
    Pole.objects.update(latitude=35.17, longitude=126.91, feeder="feeder-7")
    forget()
    body = client.get("/street/map/").content.decode()
    assert "feeder-7" in body
    assert 'data-fly="126.910000,35.170000"' in body
    poles = poles_now(timezone.now())
    ((column, row),) = where(poles, 14)
    answer = client.get(f"/street/map/tiles/14/{column}/{row}.mvt")
    assert answer.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    ((_, _, told),) = features(answer.content)["poles"]
    assert told == {"key": "buk-1", "s": PoleStanding.SERIOUS}
    assert client.get("/street/map/tiles/14/16384/0.mvt").status_code == 404
    assert client.get("/street/map/tiles/99/0/0.mvt").status_code == 404


def test_boundaries_are_kept_with_their_credit_and_nothing_else_of_the_file(site: Site) -> None:
    now = timezone.now()
    shape = {"type": "Polygon", "coordinates": SQUARE}
    feature = {"type": "Feature", "properties": {"emd": "중흥동", "secret": "x"}, "geometry": shape}
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    import_boundaries(data, credit="국토지리정보원", actor=None, reason="지도 경계 준비", now=now)
    client = site.client(Role.CONTROL_ROOM)
    kept = client.get("/street/map/boundaries.json").json()
    assert [one["properties"] for one in kept["features"]] == [{"name": "중흥동"}]
    raised(now)
    Pole.objects.update(latitude=35.17, longitude=126.91)
    forget()
    assert "국토지리정보원" in client.get("/street/map/").content.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"{}", b'{"features": []}', b'{"features": [1]}', b"[" * 100_000,
        b'{"features": [{"geometry": null}]}',
        b'{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        b'{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[200, 35]]]}}]}',
        b'{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[NaN, 35]]]}}]}',
        b'{"features": [{"geometry": {"type": "Polygon", "coordinates": "abc"}}]}',
        b" " * 4_000_001,
    ],
)  # fmt: skip
def test_what_is_no_boundaries_is_refused(site: Site, data: bytes) -> None:  # noqa: ARG001
    with pytest.raises(RequestError) as refused:
        import_boundaries(data, credit="출처", actor=None, reason="지도 경계 준비", now=timezone.now())
    assert refused.value.error_code == "street.bad_boundaries"
    assert not MapBoundaries.objects.exists()
