"""The solar pack: how much power does a roof give in the coming hour?

A case is asked at a whole hour of the day, for an hour in which the roof gave power on the day before, and knows the
means of the hours until then. Parts follow whole days, with a day left out between them. Today's rule: as much as at
that hour of the day before, in the measure in which the last hour differs from its own day before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.source_rows import moment_of, number_of, source_rows

FILE = "serf_east_hourly.csv"
COLUMNS = ("hour", "last_kw", "before_last_kw", "yesterday_last_kw", "yesterday_next_kw", "days_best_kw")
FEEDBACK_FROM, CONFIRM_FROM = date(2016, 8, 22), date(2016, 9, 12)
LEAST_KW = 0.2
MOST_TIMES = 3.0
DAYS = 3
"""Days before, among which the best of the same hour is known."""
Powers = dict[datetime, float]


@dataclass(frozen=True)
class Asked:
    """`values`: as COLUMNS; the power of the hour that begins `at` is asked for."""

    at: datetime
    values: tuple[float, ...]
    gives_kw: float

    @property
    def practice_kw(self) -> float:
        _, last, _, yesterday_last, yesterday_next, _ = self.values
        return yesterday_next * min(MOST_TIMES, last / max(LEAST_KW, yesterday_last))


def build_solar(folder: Path, data: Path) -> None:
    with writing(folder, "solar-hours", COLUMNS) as pack:
        for asked in hours_of(powers(data / FILE)):
            if (part := part_of(asked.at.date())) is not None:
                pack.query(
                    f"s{asked.at:%Y%m%d%H}",
                    part,
                    truth=f"{asked.gives_kw:.4f}",
                    practice=f"{asked.practice_kw:.4f}",
                    cluster=f"{asked.at:%Y-%m-%d}",
                    cells={"hour": f"{asked.at.hour}"}
                    | {name: f"{value:.4f}" for name, value in list(zip(COLUMNS, asked.values, strict=True))[1:]},
                )


def build_shipped_solar(folder: Path, data: Path) -> None:
    """From the hours that come with Pandok; `data` is not looked at."""
    del data
    with as_file(files("pandok.demo.packs") / "solar-hours") as shipped:
        build_solar(folder, shipped)


def powers(path: Path) -> Powers:
    """kW, means of whole hours; below nothing is nothing."""
    rows = source_rows(path, {"hour": moment_of, "mean_w": number_of})
    return {row["hour"]: max(0.0, row["mean_w"] / 1000) for row in rows}


def hours_of(known: Powers) -> list[Asked]:
    found = []
    for at, gives in known.items():
        back = [at - timedelta(hours=one) for one in (1, 2, 25, 24)]
        days = [at - timedelta(days=one) for one in range(1, DAYS + 1)]
        if all(one in known for one in (*back, *days)) and known[back[3]] >= LEAST_KW:
            values = (float(at.hour), *(known[one] for one in back), max(known[one] for one in days))
            found.append(Asked(at, values, gives))
    return found


def part_of(day: date) -> str | None:
    """None for the days whose memory reaches into the part before."""
    if day < FEEDBACK_FROM:
        return "public"
    if day < CONFIRM_FROM:
        return "feedback" if day >= FEEDBACK_FROM + timedelta(days=DAYS) else None
    return "confirm" if day >= CONFIRM_FROM + timedelta(days=DAYS) else None
