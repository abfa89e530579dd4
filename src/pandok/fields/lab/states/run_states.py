"""The states of a run and the moves between them, as a table; what is not in it is refused."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class RunState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    CHECKING = "checking"
    RUNNING = "running"
    SCORING = "scoring"
    AWAITING_RELEASE = "awaiting_release"
    RELEASED = "released"
    WITHHELD = "withheld"
    REFUSED = "refused"
    FAILED_LAB = "failed_lab"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def ended(self) -> bool:
        return not MOVES[self]


_WORDS = {
    RunState.QUEUED: Text(ko="대기 중", en="Waiting its turn"),
    RunState.LEASED: Text(ko="실행기가 맡음", en="Taken by a worker"),
    RunState.CHECKING: Text(ko="점검 중", en="Being checked"),
    RunState.RUNNING: Text(ko="봉인 자료로 실행 중", en="Running on sealed data"),
    RunState.SCORING: Text(ko="채점 중", en="Being scored"),
    RunState.AWAITING_RELEASE: Text(ko="공개 승인 대기", en="Awaiting release"),
    RunState.RELEASED: Text(ko="결과 공개", en="Released"),
    RunState.WITHHELD: Text(ko="결과 비공개 결정", en="Result withheld"),
    RunState.REFUSED: Text(ko="거절", en="Refused"),
    RunState.FAILED_LAB: Text(ko="실증랩 장애", en="The lab failed"),
    RunState.TIMED_OUT: Text(ko="시간 초과", en="Timed out"),
    RunState.CANCELLED: Text(ko="취소", en="Cancelled"),
}

_BACK = {RunState.QUEUED}  # a worker died: the lease ran out and another takes it up
MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.LEASED, RunState.CANCELLED}),
    RunState.LEASED: frozenset({RunState.CHECKING, RunState.FAILED_LAB, RunState.CANCELLED} | _BACK),
    RunState.CHECKING: frozenset(
        {RunState.RUNNING, RunState.REFUSED, RunState.TIMED_OUT, RunState.FAILED_LAB, RunState.CANCELLED} | _BACK
    ),
    RunState.RUNNING: frozenset(
        {RunState.SCORING, RunState.REFUSED, RunState.TIMED_OUT, RunState.FAILED_LAB, RunState.CANCELLED} | _BACK
    ),
    RunState.SCORING: frozenset({RunState.AWAITING_RELEASE, RunState.FAILED_LAB} | _BACK),
    # Who sees a score cannot make it not have been: two release it, or two withhold it, and either stays on record.
    RunState.AWAITING_RELEASE: frozenset({RunState.RELEASED, RunState.WITHHELD}),
    RunState.RELEASED: frozenset(),
    RunState.WITHHELD: frozenset(),
    RunState.REFUSED: frozenset(),
    RunState.FAILED_LAB: frozenset(),
    RunState.TIMED_OUT: frozenset(),
    RunState.CANCELLED: frozenset(),
}


def may_move(old: RunState, new: RunState) -> bool:
    return new in MOVES[old]
