"""The hazard readers that this site runs on its poles, by what the sensors of a pole observe."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.fields.street.hazards import Hazard, Said, Seen
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.alerts.several_sensors import SeveralSensors
from pandok.readers.streetlights.flood_level import LEVELS, flood_level

LATENESS_S = 0.0
"""Alerts wait as long as readings may come out of order; a pole sends what it measured in order."""


class OfPole:
    """A pole's reader of one property, as ingest asks it."""

    def __init__(self, reader: PoleReader, observed: str):
        self._reader, self._observed = reader, observed

    @property
    def name(self) -> str:
        return self._reader.detector.name

    def take(self, seen: Seen) -> list[Said]:
        if seen.observed != self._observed:
            return []
        observation = Observation(seen.at_ms, {seen.observed: seen.value}, seen.sensor)
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

    def saved(self) -> str:
        return self._reader.saved().decode()

    def restore(self, saved: str) -> None:
        self._reader.restore(saved.encode())


def hazards_of_site(pole: str, observed: tuple[str, ...]) -> Sequence[Hazard]:
    count = observed.count("depth_cm")
    if not count:
        return []
    # A pole with one sensor does not wait for a second one to agree.
    detector: Detector = flood_level() if count == 1 else SeveralSensors(flood_level)
    reader = PoleReader(pole, detector, LEVELS, LATENESS_S)
    return [OfPole(reader, "depth_cm")]
