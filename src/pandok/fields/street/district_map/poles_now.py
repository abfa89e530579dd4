"""All poles with a place, and how each stands: read once and kept, since every tile asks for them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import connection
from django.db.models import Count, Max, QuerySet, Sum
from numpy.typing import NDArray

from pandok.fields.street.district_map.pole_states import PoleStanding, standing_of
from pandok.fields.street.district_map.tiles import PolesOnMap, mercator
from pandok.fields.street.lists.silent_poles import silent_poles
from pandok.fields.street.models import Alert, Pole
from pandok.fields.street.states import OPEN

FRESH = timedelta(seconds=2)
"""So old may be what a tile shows: a screen asks for a dozen tiles at once."""


@dataclass
class _Kept:
    mark: tuple[object, ...] = ()
    pks: NDArray[np.int64] | None = None
    keys: tuple[str, ...] = ()
    x: NDArray[np.float64] | None = None
    y: NDArray[np.float64] | None = None
    at: datetime | None = None
    poles: PolesOnMap | None = None


_kept, _lock = _Kept(), threading.Lock()


def poles_now(now: datetime) -> PolesOnMap:
    """As they stand at most FRESH before `now`."""
    with _lock:
        database = str(connection.settings_dict["NAME"])
        fresh = _kept.at is not None and _kept.at <= now < _kept.at + FRESH
        if _kept.poles is not None and fresh and _kept.mark[0] == database:
            return _kept.poles
        # Asked of every pole: once in a while, never for a tile.
        mark = _mark(database)
        if mark != _kept.mark:
            _read_places(mark)
        _kept.poles, _kept.at = _with_standings(now), now
        return _kept.poles


def forget() -> None:
    """For whoever changes poles behind its back and looks again within FRESH."""
    with _lock:
        _kept.at = None


def placed() -> QuerySet[Pole]:
    return Pole.objects.filter(gone_at=None, latitude__isnull=False, longitude__isnull=False)


def bounds(poles: PolesOnMap) -> list[float] | None:
    """West, south, east, north in degrees; None without a pole."""
    if not len(poles.x):
        return None
    west, east = float(poles.x.min()) * 360 - 180, float(poles.x.max()) * 360 - 180
    north, south = (
        float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * one))))) for one in (poles.y.min(), poles.y.max())
    )
    return [west, south, east, north]


def _mark(database: str) -> tuple[object, ...]:
    """Of this database and of where poles stand: they are added, and moved where somebody corrects a place."""
    found = placed().aggregate(
        last=Max("pk"), count=Count("pk"), north=Sum("latitude"), east=Sum("longitude"), added=Max("added_at")
    )
    return (database, *found.values())


def _read_places(mark: tuple[object, ...]) -> None:
    rows = list(placed().order_by("pk").values_list("pk", "key", "latitude", "longitude"))
    places = np.array([(latitude, longitude) for _, _, latitude, longitude in rows], np.float64).reshape(-1, 2)
    _kept.x, _kept.y = mercator(places[:, 0], places[:, 1])
    _kept.pks, _kept.keys = np.array([one[0] for one in rows], np.int64), tuple(one[1] for one in rows)
    _kept.mark, _kept.poles = mark, None


def _with_standings(now: datetime) -> PolesOnMap:
    assert _kept.pks is not None
    assert _kept.x is not None
    assert _kept.y is not None
    standings = np.zeros(len(_kept.pks), np.uint8)
    _raise(standings, silent_poles(now).order_by().values_list("pk", flat=True), PoleStanding.SILENT)
    mended = Pole.objects.filter(maintenance_until__gt=now).values_list("pk", flat=True)
    _raise(standings, mended, PoleStanding.MAINTENANCE, instead=True)
    levels = Alert.objects.filter(state__in=[one.value for one in OPEN], case_level__gt=0, pole__isnull=False)
    for level in (1, 3):
        found = levels.filter(case_level__gte=level).values_list("pole", flat=True)
        _raise(standings, found, standing_of(level))
    return PolesOnMap(_kept.keys, _kept.x, _kept.y, standings)


def _raise(
    standings: NDArray[np.uint8], pks: QuerySet[Pole, int | None] | QuerySet[Alert, int | None],
    to: PoleStanding, *, instead: bool = False,
) -> None:  # fmt: skip
    """Where they stand lower; `instead`: whatever they are, since somebody works there."""
    assert _kept.pks is not None
    asked = np.array(sorted({pk for pk in pks if pk is not None}), np.int64)
    places = np.searchsorted(_kept.pks, asked)
    there = places < len(_kept.pks)
    places = places[there][_kept.pks[places[there]] == asked[there]]
    standings[places] = to if instead else np.maximum(standings[places], np.uint8(to))
