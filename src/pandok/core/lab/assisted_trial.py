"""The protocol of an assisted trial: the same officers on the same goods, without and with what the model says.

Several readers, many cases, every case read twice by every reader. One after the other: first alone, the answer
locked, then with help. Or crossed: half of the goods with help in a first round, the other half in a second, days
later. Goods, order and help are fixed before the first reading.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from pandok.core.canonical import digest
from pandok.core.lab.problem import Aim
from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1000)]


class Arm(StrEnum):
    UNAIDED = "unaided"
    AIDED = "aided"

    @property
    def words(self) -> Text:
        return _ARMS[self]


class Rounds(StrEnum):
    """How the two readings of a case follow each other."""

    SEQUENTIAL = "sequential"
    CROSSED = "crossed"

    @property
    def words(self) -> Text:
        return _ROUNDS[self]


_ARMS = {
    Arm.UNAIDED: Text(ko="모델 도움 없이", en="Without the model's help"),
    Arm.AIDED: Text(ko="모델 도움을 보고", en="With the model's help"),
}
_ROUNDS = {
    Rounds.SEQUENTIAL: Text(
        ko="물품마다 먼저 혼자, 답을 잠근 뒤 도움을 보고", en="Each case alone first, locked, then with help"
    ),
    Rounds.CROSSED: Text(ko="두 회차로 나누어 교차(휴지기를 둠)", en="Crossed in two rounds, days apart"),
}


class AssistedProtocol(StrictValue):
    """No default for the margin and the plan: the field owner states them."""

    mode: Literal["assisted"] = "assisted"
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
    question: Sentence
    candidate: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    rounds: Rounds
    washout_days: int = Field(ge=0, le=365)
    """Between a reader's last answer of the first round and the first of the second; 0 exactly without rounds."""
    readers: tuple[Annotated[str, Field(min_length=1, max_length=150)], ...] = Field(min_length=3, max_length=50)
    """Accounts; once locked, codes, so that no proof names a person."""
    planned_n: int = Field(ge=10, le=1000)
    """Cases that every reader reads."""
    goods_since: date
    """Closed cases that were opened from this day, whose truth is known, are drawn from."""
    line_up: int = Field(ge=2, le=12)
    """Registered designs that stand beside the goods: the right one, where there is one, and those most alike."""
    aim: Aim
    margin: float = Field(ge=0, lt=1)
    margin_reason: Sentence
    alpha: float = Field(gt=0, le=0.1)
    """One-sided."""
    most_missing_share: float = Field(ge=0, le=0.5)
    """Of the planned readings; a reader who does not finish is left out whole, and counts here."""
    wrong_truth_share: float = Field(ge=0, le=0.2)
    exclusions: Sentence

    @model_validator(mode="after")
    def _fits(self) -> AssistedProtocol:
        if (self.aim is Aim.NON_INFERIORITY) != (self.margin > 0):
            raise ValueError("a margin stands exactly where the aim is non-inferiority")
        if (self.rounds is Rounds.CROSSED) != (self.washout_days > 0):
            raise ValueError("days between the rounds stand exactly where there are two")
        if len(set(self.readers)) != len(self.readers):
            raise ValueError("a reader stands there once")
        return self

    @property
    def line(self) -> float:
        """What the difference of aided and unaided must lie above."""
        return -self.margin

    @property
    def confidence(self) -> float:
        return 1 - 2 * self.alpha


@dataclass(frozen=True)
class PlannedReading:
    """`case`: number of the case; `round` 1 or 2; `place` of the reading in its round."""

    reader: str
    round: int
    place: int
    case: int
    arm: Arm


def drawn_order(seed: bytes, about: str, items: Sequence[str]) -> list[str]:
    """An order that nobody can choose and everybody can make again from the seed.

    >>> sorted(drawn_order(b"s", "x", ["1", "2", "3"])) == ["1", "2", "3"]
    True
    """
    return sorted(items, key=lambda item: hmac.new(seed, f"{about}|{item}".encode(), hashlib.sha256).digest())


def reading_plan(seed: bytes, *, readers: Sequence[str], cases: int, rounds: Rounds) -> list[PlannedReading]:
    """Every reading in its order. In crossed rounds half of each reader's cases are aided first, and the halves differ
    from reader to reader."""
    numbers, plan = [str(number) for number in range(cases)], []
    for reader in readers:
        first = [int(one) for one in drawn_order(seed, f"{reader}|1", numbers)]
        if rounds is Rounds.SEQUENTIAL:
            pairs = [(case, arm) for case in first for arm in (Arm.UNAIDED, Arm.AIDED)]
            plan += [PlannedReading(reader, 1, place, case, arm) for place, (case, arm) in enumerate(pairs)]
            continue
        aided_first = {int(one) for one in drawn_order(seed, f"{reader}|halves", numbers)[: cases // 2]}
        for number, order in ((1, first), (2, [int(one) for one in drawn_order(seed, f"{reader}|2", numbers)])):
            for place, case in enumerate(order):
                aided = (case in aided_first) == (number == 1)
                plan.append(PlannedReading(reader, number, place, case, Arm.AIDED if aided else Arm.UNAIDED))
    return plan


def order_digest(plan: Sequence[PlannedReading]) -> str:
    return digest([[one.reader, one.round, one.place, one.case, one.arm.value] for one in plan])


def line_up(seed: bytes, case: int, *, truth: str, lists: Sequence[Sequence[str]], count: int) -> tuple[str, ...]:
    """The designs beside the goods: the right one and then by turns the first of each list, in a drawn order.

    >>> sorted(line_up(b"s", 1, truth="d", lists=[["a", "b"], ["c"]], count=3))
    ['a', 'c', 'd']
    """
    chosen = dict.fromkeys([truth] if truth else [])
    for rank in range(max((len(one) for one in lists), default=0)):
        chosen |= dict.fromkeys(one[rank] for one in lists if rank < len(one))
    return tuple(drawn_order(seed, f"line-up|{case}", list(chosen)[:count]))
