"""An alert and its changes. One condition keeps one id from its onset until it is cleared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pandok.core.canonical import digest
from pandok.core.text import Text

Change = Literal["raised", "higher", "lower", "cleared", "again"]
CHANGES: dict[Change, Text] = {
    "raised": Text(ko="발령", en="raised"),
    "higher": Text(ko="상향", en="raised to a higher level"),
    "lower": Text(ko="하향", en="lowered"),
    "cleared": Text(ko="해제", en="cleared"),
    "again": Text(ko="재발령", en="raised again"),
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One change of one alert. `level` counts from 1, 0 where cleared; `score` is in the unit of the reader."""

    alert_id: str
    pole: str
    reader: str
    version: str
    onset_ms: int
    at_ms: int
    change: Change
    level: int
    level_words: Text
    score: float
    reason: Text


def alert_id(pole: str, reader: str, version: str, onset_ms: int) -> str:
    """The same for every worker, replay and restart: nothing but what happened goes into it. 32 hexadecimal digits."""
    return digest([pole, reader, version, onset_ms])[:32]
