"""The hazard readers that run on the poles of a site: the table's rows, as ingest asks them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from pandok.engines.encoders.model_store import SHIPPED, load_card
from pandok.engines.streetlights.flood_model import FloodModel, open_flood_model
from pandok.fields.street.hazards import Hazard, Hazards, PoleToRead, Said, Seen
from pandok.fields.street.reader_settings import ReaderSettings
from pandok.fields.street.reader_table import TABLE, Row, Site
from pandok.readers.streetlights.alerts import refusals
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.alerts.several_sensors import SeveralSensors
from pandok.settings import settings

MOST_WAITING = 64
"""Moments of which some properties have not come: the oldest are forgotten, as if nothing had been measured then."""


class OfPole:
    """A pole's reader of a few properties, as ingest asks it."""

    def __init__(self, reader: PoleReader, reads: frozenset[str], together: int = 0):
        """`together`: so many properties of one sensor and moment make one observation."""
        self._reader, self._reads, self._together = reader, reads, together
        self._waiting: dict[tuple[int, str], dict[str, float]] = {}

    @property
    def name(self) -> str:
        return self._reader.detector.name

    @property
    def left_out(self) -> int:
        return self._reader.order.too_late

    def take(self, seen: Seen) -> list[Said]:
        if seen.observed not in self._reads:
            return []
        observation = self._observation(seen)
        if observation is None:
            return []
        return [
            Said(
                one.alert_id,
                one.reader,
                one.version,
                one.onset_ms,
                one.at_ms,
                one.change,
                one.level,
                one.score,
                one.reason,
            )
            for one in self._reader.observe(observation)
        ]

    def _observation(self, seen: Seen) -> Observation | None:
        if not self._together:
            return Observation(seen.at_ms, {seen.observed: seen.value}, seen.sensor)
        moment = (seen.at_ms, seen.sensor)
        values = self._waiting.setdefault(moment, {})
        values.setdefault(seen.observed, seen.value)
        if len(values) == self._together:
            return Observation(seen.at_ms, self._waiting.pop(moment), seen.sensor)
        if len(self._waiting) > MOST_WAITING:
            del self._waiting[min(self._waiting)]
        return None

    def saved(self) -> str:
        saved = self._reader.saved().decode()
        if not self._together:
            return saved
        waiting = [[*moment, values] for moment, values in sorted(self._waiting.items())]
        return json.dumps({"waiting": waiting, "reader": saved})

    def restore(self, saved: str) -> None:
        if not self._together:
            self._reader.restore(saved.encode())
            return
        try:
            both: dict[str, Any] = json.loads(saved)
            waiting = {(int(at_ms), str(sensor)): dict(values) for at_ms, sensor, values in both["waiting"]}
            reader = str(both["reader"])
        except (ValueError, TypeError, KeyError) as wrong:
            raise refusals.damaged(f"{type(wrong).__name__}: {wrong}") from wrong
        self._reader.restore(reader.encode())
        self._waiting = waiting


def hazards_with(flood: FloodModel, *, lateness_s: float = 0.0) -> Hazards:
    """`lateness_s`: by how much a reading may be older than one that a pole numbered before it; alerts wait as long."""

    def of_pole(pole: PoleToRead) -> Sequence[Hazard]:
        site = Site(pole, ReaderSettings.model_validate(pole.settings), flood)
        return [made(row, site, lateness_s) for row in TABLE if row.is_for(pole)]

    return of_pole


def made(row: Row, site: Site, lateness_s: float) -> OfPole:
    """The reader of one row at one pole."""
    detector: Detector
    if row.agreeing:
        # A pole with one sensor does not wait for a second one to agree.
        agreeing = min(row.agreeing, max(site.pole.count(of) for of in row.decides))
        detector = SeveralSensors(lambda: row.make(site), agreeing, row.fresh_s, frozenset(row.helps))
    else:
        detector = row.make(site)
    reader = PoleReader(site.pole.key, detector, row.levels(site), lateness_s)
    return OfPole(reader, row.reads, len(row.decides) if row.together else 0)


@cache
def shipped_flood_model() -> FloodModel:
    return open_flood_model(load_card(SHIPPED / "pandok-flood" / "card.json"))


def hazards_of_site(pole: PoleToRead) -> Sequence[Hazard]:
    """As shipped: readings in the order in which a pole numbered them."""
    return hazards_with(shipped_flood_model())(pole)


def readers_of_site() -> Hazards:
    """As this site is set up."""
    return hazards_with(shipped_flood_model(), lateness_s=settings().street_lateness_s)
