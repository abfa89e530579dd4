"""A replay as a table: what is not known is a dash, never a zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pandok.core.lab.comparison import Comparison
from pandok.core.text import Text
from pandok.fields.street.models import Replay
from pandok.fields.street.readers_in_words import reader_words
from pandok.fields.street.replay.candidate import changes_in_words
from pandok.fields.street.web.shown.figure_rows import NONE
from pandok.proof.verdict import Verdict

AS_IT_RUNS = Text(ko="현재 설정", en="As it runs")


@dataclass(frozen=True)
class ReplayRow:
    reader: Text
    changed: Text
    alerts: int
    missed: str
    false: str
    ahead: str
    equal: bool
    pace: str


@dataclass(frozen=True)
class ReplayTable:
    """`verdict` and `said`: of one that answers a registration."""

    replay: Replay
    first: date
    last: date
    rows: list[ReplayRow]
    verdict: Text | None = None
    said: tuple[Text, ...] = ()


def replay_tables(found: Iterable[Replay]) -> list[ReplayTable]:
    return [
        ReplayTable(
            one,
            date.fromisoformat(one.result["period"]["first"]),
            date.fromisoformat(one.result["period"]["last"]),
            [_row(each) for each in one.result["candidates"]],
            *_answer(one),
        )
        for one in found
    ]


def _answer(one: Replay) -> tuple[Text | None, tuple[Text, ...]]:
    if one.registered_id is None:
        return None, ()
    comparison = Comparison.model_validate(one.result["comparison"])
    return Verdict(comparison.verdict).words, comparison.said


def _row(one: dict[str, Any]) -> ReplayRow:
    ahead, pace = one["median_minutes_ahead"], one["times_real_time"]
    return ReplayRow(
        reader_words(one["reader"]),
        changes_in_words(one["settings"], one["rises_at"]) or AS_IT_RUNS,
        one["alerts"],
        f"{one['missed']} / {one['events_on_record']}",
        NONE if one["false"] is None else str(one["false"]),
        NONE if ahead is None else f"{ahead:,.1f}",
        one["equal_to_live"],
        NONE if pace is None else f"{pace:,}",
    )
