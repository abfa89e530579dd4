"""The hashes of the ledger of training minutes: functions of values.

Each row's hash covers the row and the hash before it, so that a row that was changed, taken out or put in shows; and
each row covers the answers of its stretch, so that a changed answer shows too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """As it is kept. `answers_sha256`: `answers_hash` of the stretch."""

    trainee: str
    sequence: int
    sitting: str
    began_at: datetime
    ended_at: datetime
    seconds: int
    pictures: int
    first_number: int
    answers_sha256: str
    previous: str


@dataclass(frozen=True)
class Broken:
    """The first row that does not hold. `why`: "gap", "previous", "hash", "answers"."""

    sequence: int
    why: str


def row_hash(row: Row) -> str:
    """SHA-256 of the row as JSON in a fixed order."""
    said = [
        row.trainee,
        row.sequence,
        row.sitting,
        _moment(row.began_at),
        _moment(row.ended_at),
        row.seconds,
        row.pictures,
        row.first_number,
        row.answers_sha256,
        row.previous,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def answers_hash(answers: Iterable[Sequence[Any]]) -> str:
    """`answers`: number, picture, moments, what was said, marks, confidence of each, in order."""
    told = [[_moment(one) if isinstance(one, datetime) else one for one in answer] for answer in answers]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def told(answer: Any) -> Sequence[Any]:
    """What the hash of a stretch covers of one answer, a pandok.fields.academy.models.TrialAnswer."""
    return [
        answer.number,
        str(answer.picture_id),
        answer.shown_at,
        answer.said_at,
        answer.answered_at,
        answer.said,
        answer.marks,
        answer.located,
        answer.confidence,
    ]


def broken(rows: Sequence[tuple[Row, str]], answers: Sequence[str]) -> Broken | None:
    """`rows`: of one trainee in order, each with its kept hash; `answers`: the hash of the answers as they stand now,
    of each row. None where all of it holds."""
    previous = ""
    for place, ((row, kept), now) in enumerate(zip(rows, answers, strict=True), 1):
        if row.sequence != place:
            return Broken(place, "gap")
        if row.previous != previous:
            return Broken(place, "previous")
        if row_hash(row) != kept:
            return Broken(place, "hash")
        if row.answers_sha256 != now:
            return Broken(place, "answers")
        previous = kept
    return None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
