"""The street floods of `floodnet_nyc`, as a pole's reader meets them: in order of time, minute by minute."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.flood_forecast import AHEAD_MIN, LINE_CM, FloodForecast

CM_PER_INCH = 2.54
JUDGED_MIN = 240
"""A flood is judged each minute of its first four hours, until it has reached the line."""


@dataclass(frozen=True)
class Flood:
    """`at_s` after `begin_ms`, `depth_cm` as measured; `day`: local date and time of the beginning."""

    sensor: str
    day: str
    begin_ms: int
    tidal: bool
    at_s: tuple[int, ...]
    depth_cm: tuple[float, ...]

    def reaches(self, line_cm: float = LINE_CM) -> bool:
        return max(self.depth_cm) >= line_cm

    def minute_of_line(self, line_cm: float = LINE_CM) -> float:
        return next(at for at, depth in zip(self.at_s, self.depth_cm, strict=True) if depth >= line_cm) / 60

    def reaches_within(self, minute: int, line_cm: float = LINE_CM) -> bool:
        until = (minute + AHEAD_MIN) * 60
        return any(
            minute * 60 < at <= until and depth >= line_cm for at, depth in zip(self.at_s, self.depth_cm, strict=True)
        )


def floods(folder: Path) -> list[Flood]:
    """All floods in order of their beginning. Raises OSError where the data set is not there."""
    with (folder / "sensor-metadata.csv").open(encoding="utf-8-sig", newline="") as file:
        tidal = {row["sensor_id"]: row["tidally_influenced"].lower().startswith("y") for row in csv.DictReader(file)}
    with (folder / "flood-events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Flood(
            row["sensor_id"],
            row["flood_start_time"],
            round(datetime.fromisoformat(row["flood_start_time"]).replace(tzinfo=UTC).timestamp() * 1000),
            tidal.get(row["sensor_id"], False),
            tuple(int(at) for at in json.loads(row["flood_profile_time_secs"])),
            tuple(float(depth) * CM_PER_INCH for depth in json.loads(row["flood_profile_depth_inches"])),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.begin_ms, one.sensor))


@dataclass(frozen=True)
class Minute:
    """One minute that is judged: what the reader that has seen all before it is asked."""

    flood: Flood
    minute: int
    reader: FloodForecast

    @property
    def asked(self) -> Observation:
        return Observation(self.flood.begin_ms + self.minute * 60_000, {})


def judged(
    all_floods: list[Flood], make: Callable[[bool], FloodForecast], last_line_cm: float = LINE_CM
) -> Iterator[Minute]:
    """Every minute of every flood until `last_line_cm` was reached; `make(tidal)` gives a reader for each sensor.
    The reader learns all of a flood, also what is not judged, so that it knows the place at the next."""
    of_sensor: dict[str, list[Flood]] = defaultdict(list)
    for one in all_floods:
        of_sensor[one.sensor].append(one)
    for sensor in sorted(of_sensor):
        reader = make(of_sensor[sensor][0].tidal)
        for one in of_sensor[sensor]:
            yield from _minutes(one, reader, last_line_cm)


def _minutes(flood: Flood, reader: FloodForecast, last_line_cm: float) -> Iterator[Minute]:
    number, highest = 0, 0.0
    for minute in range(min(flood.at_s[-1] // 60 + 1, JUDGED_MIN)):
        while number < len(flood.at_s) and flood.at_s[number] <= minute * 60:
            reader.learn_one(
                Observation(flood.begin_ms + flood.at_s[number] * 1000, {"depth_cm": flood.depth_cm[number]})
            )
            highest = max(highest, flood.depth_cm[number])
            number += 1
        if number and highest < last_line_cm:
            yield Minute(flood, minute, reader)
    for at, depth in zip(flood.at_s[number:], flood.depth_cm[number:], strict=True):
        reader.learn_one(Observation(flood.begin_ms + at * 1000, {"depth_cm": depth}))
