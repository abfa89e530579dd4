"""Deletion that two persons agree on: its states and the moves between them, as a table."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class DeletionState(StrEnum):
    PLANNED = "planned"
    """Proposed by one person; a second one must confirm."""
    CONFIRMED = "confirmed"
    """Two persons agreed; what it names is being erased, or erasing was interrupted and goes on."""
    DONE = "done"
    WITHDRAWN = "withdrawn"


class DeletionMover(StrEnum):
    """SECOND: who did not propose it. RULE: the term that was agreed before, and the program that erases."""

    FIRST = "first"
    SECOND = "second"
    RULE = "rule"


_S = DeletionState
STATES = {
    _S.PLANNED: Text(ko="두 번째 사람의 확인 대기", en="Waiting for a second person"),
    _S.CONFIRMED: Text(ko="삭제 중", en="Files are being erased"),
    _S.DONE: Text(ko="완료", en="Done"),
    _S.WITHDRAWN: Text(ko="철회", en="Withdrawn"),
}
TABLE = StateTable(
    title=Text(ko="삭제", en="Deletion"),
    states=STATES,
    by={
        DeletionMover.FIRST: Text(ko="제안한 사람", en="who proposed it"),
        DeletionMover.SECOND: Text(ko="두 번째 사람", en="second person"),
        DeletionMover.RULE: Text(ko="정해진 기간", en="agreed term"),
    },
    moves={
        (_S.PLANNED, _S.CONFIRMED): frozenset({DeletionMover.SECOND}),
        (_S.PLANNED, _S.WITHDRAWN): frozenset({DeletionMover.FIRST, DeletionMover.SECOND, DeletionMover.RULE}),
        (_S.CONFIRMED, _S.DONE): frozenset({DeletionMover.RULE}),
    },
)


def stage_before(new: DeletionState) -> DeletionState:
    """The stage that a deletion must be at to come to `new`."""
    return next(start for start, end in TABLE.moves if end is new)
