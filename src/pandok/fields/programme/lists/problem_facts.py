"""A problem in words: its facts in the order of the form, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.dates import day_short
from pandok.core.text import Text
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.problem_text import LABELS
from pandok.fields.programme.states import ProblemState

_NOT_COUNTED = Text(ko="아직 센 적이 없음", en="not counted yet")
_TOLD = ("who_suffers", "place", "how_often", "today_value", "counted_on", "counted_how", "decision", "data_there",
         "operator", "legal_limits")  # fmt: skip


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    who: str
    words: Text
    reason: str
    before: list[tuple[Text, str]]
    """What it said before, where this changed it."""


def facts_of(problem: FieldProblem) -> list[tuple[Text, Text]]:
    """Label and what is said of it, without what was left empty; the number always, also where there is none."""
    found = []
    for name in _TOLD:
        value = getattr(problem, name)
        if name == "today_value":
            words = _NOT_COUNTED if value is None else _same(f"{value:.12g} {problem.today_unit}".strip())
        elif name == "counted_on":
            words = day_short(value) if value else _same("")
        else:
            words = _same(value)
        if words.ko:
            found.append((LABELS[name], words))
    return found


def history_of(problem: FieldProblem) -> list[HistoryRow]:
    """The newest first."""
    rows = problem.events.select_related("actor").order_by("-sequence")
    return [
        HistoryRow(
            at=one.at,
            who=one.actor.shown_name if one.actor else "",
            words=ProblemState(one.to_state).words,
            reason=one.reason,
            before=[
                (LABELS[name], str(value))
                for name, value in one.wording.items()
                if name in LABELS and str(value or "") and value != _now(problem, name)
            ],
        )
        for one in rows
    ]


def _now(problem: FieldProblem, name: str) -> object:
    return problem.said.as_json()[name]


def _same(words: str) -> Text:
    return Text(ko=words, en=words)
