"""`pandok street figures`, `records`: how good alerts are, and what others recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text


def figures(
    first: Annotated[str, typer.Option("--first", help="시작일 · First day, as 2026-07-01.")] = "",
    last: Annotated[str, typer.Option("--last", help="종료일 · Last day.")] = "",
) -> None:
    """기간 안 경보 통계를 JSON으로 출력합니다 · Print figures of alerts within a period as JSON."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.lists.figures import figures_between
    from pandok.fields.street.periods import period_of

    now = datetime.now(UTC)
    period = period_of(first, last, now=now)
    rows = [
        {
            "hazard": one.kind.value if one.kind else None,
            "alerts": one.alerts,
            "real": one.real,
            "false": one.false,
            "unknown": one.unknown,
            "waiting": one.waiting,
            "merged": one.merged,
            "tests": one.tests,
            "median_minutes_to_confirmed": one.median_min,
            "nine_of_ten_minutes_to_confirmed": one.ninth_min,
            "device_days": one.device_days,
            "false_a_device_day": one.false_a_device_day,
            "outside": one.outside,
            "missed": one.missed,
            "median_minutes_ahead": one.median_lead_min,
        }
        for one in figures_between(period.begins, period.ends, now=now)
    ]
    print_json({"first": period.first.isoformat(), "last": period.last.isoformat(), "figures": rows})


def records(
    table: Annotated[Path, typer.Argument(help="CSV 파일 · CSV file.", exists=True, dir_okay=False)],
) -> None:
    """외부 기록을 표에서 입력합니다 · Enter what others recorded, from a table."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.acts.outside_records import MOST_BYTES, enter_table

    with table.open("rb") as file:
        new = enter_table(file.read(MOST_BYTES + 1), actor=None, now=datetime.now(UTC))
    console().print(say(Text(ko=f"새 기록 {new}건.", en=f"New records: {new:,}.")))
