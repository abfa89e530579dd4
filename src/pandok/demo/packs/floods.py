"""The street flood pack: from the first ten minutes of a flood, will it reach 15 cm within the next thirty?

A window holds what was known at each whole minute: the last measured depth and its age. Floods that ended before the
tenth minute or had reached 15 cm by then ask no question. Parts follow time: public before 2024, feedback the first
half of 2024, confirm from July 2024.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pandok.demo.packs.pack_folder import writing

MINUTES, AHEAD = 10, 30
LINE_CM = 15.0
CM_PER_INCH = 2.54
RISE_OVER = 5
"""Minutes over which the rule of practice measures the rise."""


@dataclass(frozen=True)
class Window:
    """`depth_cm` and `age_s` at minutes 0 … 10; `reaches`: whether 15 cm came within the next 30 minutes."""

    depth_cm: tuple[float, ...]
    age_s: tuple[int, ...]
    reaches: bool

    @property
    def forecast_cm(self) -> float:
        """Today's rule: the rise of the last five minutes goes on for thirty."""
        rise = (self.depth_cm[-1] - self.depth_cm[-1 - RISE_OVER]) / RISE_OVER
        return self.depth_cm[-1] + AHEAD * rise


def build_floods(folder: Path, data: Path) -> None:
    source = data / "floodnet_nyc"
    events = sorted(_rows(source / "flood-events.csv"), key=lambda one: (one["flood_start_time"], one["sensor_id"]))
    tidal = {row["sensor_id"]: row["tidally_influenced"].lower() for row in _rows(source / "sensor-metadata.csv")}
    with writing(folder, "street-floods", ("tidal",)) as pack:
        for number, (event, window) in enumerate(_asked(events)):
            case_id = f"f{number:04d}"
            day = event["flood_start_time"][:10]
            pack.query(
                case_id,
                part_of(day),
                truth=str(int(window.reaches)),
                practice=f"{window.forecast_cm:.3f}",
                cluster=day,
                site=event["sensor_id"],
                path=pack.file(f"{case_id}.csv", as_csv(window)),
                cells={"tidal": tidal.get(event["sensor_id"], "unknown")},
            )


def part_of(day: str) -> str:
    if day < "2024-01-01":
        return "public"
    return "feedback" if day < "2024-07-01" else "confirm"


def window_of(depths_inch: list[float], seconds: list[int]) -> Window | None:
    """The window of one flood; None where there is nothing left to ask."""
    known = [(at, depth * CM_PER_INCH) for at, depth in zip(seconds, depths_inch, strict=True)]
    until = MINUTES * 60
    if (
        not known
        or known[0][0] > 0
        or known[-1][0] < until
        or max(depth for at, depth in known if at <= until) >= LINE_CM
    ):
        return None
    depth_cm, age_s = [], []
    for minute in range(MINUTES + 1):
        at, depth = [one for one in known if one[0] <= minute * 60][-1]
        depth_cm.append(round(depth, 2))
        age_s.append(minute * 60 - at)
    reaches = any(depth >= LINE_CM for at, depth in known if until < at <= until + AHEAD * 60)
    return Window(tuple(depth_cm), tuple(age_s), reaches)


def as_csv(window: Window) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["minute", "depth_cm", "age_s"])
    for minute, (depth, age) in enumerate(zip(window.depth_cm, window.age_s, strict=True)):
        writer.writerow([minute, f"{depth:.2f}", age])
    return text.getvalue().encode()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _asked(events: list[dict[str, str]]) -> Iterator[tuple[dict[str, str], Window]]:
    """Each question once: two floods with the very same first minutes would tie parts together."""
    seen = set()
    for event in events:
        depths = json.loads(event["flood_profile_depth_inches"])
        window = window_of(depths, json.loads(event["flood_profile_time_secs"]))
        if window is not None and (window.depth_cm, window.age_s) not in seen:
            seen.add((window.depth_cm, window.age_s))
            yield event, window
