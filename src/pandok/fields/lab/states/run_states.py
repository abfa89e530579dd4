"""The states of a run and the moves between them, as a table; what is not in it is refused."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
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
        return TABLE.ends_at(self)


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


class RunMover(StrEnum):
    """WORKER: who holds the run. CLOCK: a lease that ran out. PERSON: the lab's people and the submitter."""

    WORKER = "worker"
    CLOCK = "clock"
    PERSON = "person"


_R, _W, _C, _P = RunState, RunMover.WORKER, RunMover.CLOCK, RunMover.PERSON
_IN_HANDS = (_R.LEASED, _R.CHECKING, _R.RUNNING, _R.SCORING)
TABLE = StateTable(
    title=Text(ko="모델 실행", en="Run of a model"),
    states=_WORDS,
    by={_W: Text(ko="실행기", en="worker"), _C: Text(ko="시계", en="clock"), _P: Text(ko="사람", en="person")},
    moves={
        (_R.QUEUED, _R.LEASED): frozenset({_W}),
        (_R.LEASED, _R.CHECKING): frozenset({_W}),
        (_R.CHECKING, _R.RUNNING): frozenset({_W}),
        (_R.RUNNING, _R.SCORING): frozenset({_W}),
        (_R.SCORING, _R.AWAITING_RELEASE): frozenset({_W}),
        # Who sees a score cannot make it not have been: two release it, or two withhold it, and either stays on record.
        (_R.AWAITING_RELEASE, _R.RELEASED): frozenset({_P}),
        (_R.AWAITING_RELEASE, _R.WITHHELD): frozenset({_P}),
        **{(one, _R.REFUSED): frozenset({_W}) for one in (_R.CHECKING, _R.RUNNING)},
        **{(one, _R.TIMED_OUT): frozenset({_W}) for one in (_R.CHECKING, _R.RUNNING)},
        **{(one, _R.CANCELLED): frozenset({_P}) for one in (_R.QUEUED, _R.LEASED, _R.CHECKING, _R.RUNNING)},
        **{(one, _R.FAILED_LAB): frozenset({_W}) for one in _IN_HANDS},
        # A worker died: the lease ran out and another takes it up.
        **{(one, _R.QUEUED): frozenset({_W, _C}) for one in _IN_HANDS},
    },
)


def may_move(old: RunState, new: RunState) -> bool:
    return TABLE.has(old, new)
