"""The mention pack: will the coming hour bring at least twice the usual mentions of a firm?

Usual is the median of the same hour of the seven days before, at least ten. A case is asked at a whole hour and knows
the hours until then. Four firms are public and until 31 March; two answer feedback, four confirm, both from 9 April on:
no firm and no day stands in two parts. Today's rule: as much as in the last hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from statistics import median

from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.source_rows import moment_of, number_of, source_rows

FIRMS = {
    "AAPL": "public", "CRM": "public", "GOOG": "public", "UPS": "public",
    "FB": "feedback", "PFE": "feedback",
    "AMZN": "confirm", "CVS": "confirm", "IBM": "confirm", "KO": "confirm",
}  # fmt: skip
COLUMNS = ("times_1h", "times_2h", "times_3h", "times_24h_most", "usual_next", "usual_last", "hour", "weekday")
PUBLIC_UNTIL, SEALED_FROM = datetime(2015, 4, 1), datetime(2015, 4, 9)
DAYS, LEAST_USUAL, BURST = 7, 10.0, 2.0
Counts = dict[datetime, float]


@dataclass(frozen=True)
class Asked:
    """`values`: as COLUMNS. `last_times`: the last hour against its usual."""

    at: datetime
    values: tuple[float, ...]
    bursts: bool

    @property
    def last_times(self) -> float:
        return self.values[0]


def build_mentions(folder: Path, data: Path) -> None:
    with writing(folder, "mention-bursts", COLUMNS) as pack:
        for firm, part in FIRMS.items():
            source = data / "nab" / "realTweets" / f"Twitter_volume_{firm}.csv"
            for asked in hours_of(hourly(source)):
                if (asked.at < PUBLIC_UNTIL) if part == "public" else (asked.at >= SEALED_FROM):
                    pack.query(
                        f"t{firm.lower()}{asked.at:%Y%m%d%H}",
                        part,
                        truth=str(int(asked.bursts)),
                        practice=f"{asked.last_times:.4f}",
                        cluster=f"{asked.at:%Y-%m-%d}",
                        site=firm,
                        cells={name: f"{value:.4f}" for name, value in zip(COLUMNS, asked.values, strict=True)},
                    )


def hourly(path: Path) -> Counts:
    """Mentions by whole hour; the first and the last hour are not whole and left out."""
    rows = source_rows(path, {"timestamp": moment_of, "value": number_of})
    hours = {
        start: sum(row["value"] for row in of_hour)
        for start, of_hour in groupby(rows, key=lambda row: row["timestamp"].replace(minute=0, second=0))
    }
    return {start: hours[start] for start in sorted(hours)[1:-1]}


def usual(counts: Counts, hour: datetime) -> float | None:
    """None where one of the seven days before is not measured."""
    before = [counts.get(hour - timedelta(days=back)) for back in range(1, DAYS + 1)]
    known = [one for one in before if one is not None]
    return max(LEAST_USUAL, median(known)) if len(known) == DAYS else None


def hours_of(counts: Counts) -> Iterator[Asked]:
    times = {hour: count / of for hour, count in counts.items() if (of := usual(counts, hour)) is not None}
    for hour in times:
        last = [hour - timedelta(hours=back) for back in range(1, 25)]
        if any(one not in times for one in last):
            continue
        usual_next, usual_last = usual(counts, hour), usual(counts, last[0])
        assert usual_next is not None
        assert usual_last is not None
        known = [times[one] for one in last]
        values = (*known[:3], max(known), usual_next, usual_last, float(hour.hour), float(hour.weekday()))
        yield Asked(hour, values, times[hour] >= BURST)
