"""The states of a shadow trial and the moves between them, as a table; what is not in it is refused.

draft → registered → running (blind) → stopped_harm | stopped_benefit | completed → unblinded → verdict
      → handed_over → accepted | refused → expired
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class TrialState(StrEnum):
    DRAFT = "draft"
    REGISTERED = "registered"
    RUNNING = "running"
    STOPPED_HARM = "stopped_harm"
    STOPPED_BENEFIT = "stopped_benefit"
    COMPLETED = "completed"
    UNBLINDED = "unblinded"
    VERDICT = "verdict"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class Mover(StrEnum):
    """Who may take a move. RUNNER: runs trials. EVALUATOR: registers and signs. OWNER: the receiving field owner.
    SYSTEM: the registered rule, when the monitor or the plan says so."""

    RUNNER = "runner"
    EVALUATOR = "evaluator"
    OWNER = "owner"
    SYSTEM = "system"


_WORDS = {
    TrialState.DRAFT: Text(ko="초안", en="Draft"),
    TrialState.REGISTERED: Text(ko="사전등록 완료", en="Registered"),
    TrialState.RUNNING: Text(ko="진행 중(눈가림)", en="Running, blind"),
    TrialState.STOPPED_HARM: Text(ko="열등 경계로 중단", en="Stopped: harm boundary"),
    TrialState.STOPPED_BENEFIT: Text(ko="우수 경계로 중단", en="Stopped: benefit boundary"),
    TrialState.COMPLETED: Text(ko="모집 완료", en="Completed"),
    TrialState.UNBLINDED: Text(ko="눈가림 해제", en="Unblinded"),
    TrialState.VERDICT: Text(ko="판정 완료", en="Verdict given"),
    TrialState.HANDED_OVER: Text(ko="인계 완료", en="Handed over"),
    TrialState.ACCEPTED: Text(ko="수용 완료", en="Accepted"),
    TrialState.REFUSED: Text(ko="수용하지 않음", en="Not accepted"),
    TrialState.EXPIRED: Text(ko="만료", en="Expired"),
}

_S = TrialState
TABLE = StateTable(
    title=Text(ko="그림자 시험", en="Shadow trial"),
    states=_WORDS,
    by={
        Mover.RUNNER: Text(ko="시험 운영자", en="runner"),
        Mover.EVALUATOR: Text(ko="평가 책임자", en="evaluator"),
        Mover.OWNER: Text(ko="인수 기관의 현업 책임자", en="receiving field owner"),
        Mover.SYSTEM: Text(ko="등록된 규칙", en="registered rule"),
    },
    moves={
        (_S.DRAFT, _S.REGISTERED): frozenset({Mover.EVALUATOR}),
        (_S.REGISTERED, _S.RUNNING): frozenset({Mover.RUNNER}),
        (_S.REGISTERED, _S.EXPIRED): frozenset({Mover.RUNNER, Mover.EVALUATOR}),
        (_S.RUNNING, _S.STOPPED_HARM): frozenset({Mover.SYSTEM}),
        (_S.RUNNING, _S.STOPPED_BENEFIT): frozenset({Mover.SYSTEM}),
        (_S.RUNNING, _S.COMPLETED): frozenset({Mover.SYSTEM, Mover.RUNNER}),
        (_S.STOPPED_HARM, _S.UNBLINDED): frozenset({Mover.EVALUATOR}),
        (_S.STOPPED_BENEFIT, _S.UNBLINDED): frozenset({Mover.EVALUATOR}),
        (_S.COMPLETED, _S.UNBLINDED): frozenset({Mover.EVALUATOR}),
        (_S.UNBLINDED, _S.VERDICT): frozenset({Mover.EVALUATOR}),
        (_S.VERDICT, _S.HANDED_OVER): frozenset({Mover.EVALUATOR}),
        (_S.VERDICT, _S.EXPIRED): frozenset({Mover.EVALUATOR}),
        (_S.HANDED_OVER, _S.ACCEPTED): frozenset({Mover.OWNER}),
        (_S.HANDED_OVER, _S.REFUSED): frozenset({Mover.OWNER}),
        (_S.ACCEPTED, _S.EXPIRED): frozenset({Mover.EVALUATOR, Mover.OWNER}),
        (_S.REFUSED, _S.EXPIRED): frozenset({Mover.EVALUATOR, Mover.OWNER}),
    },
)

STOPPED = frozenset({_S.STOPPED_HARM, _S.STOPPED_BENEFIT, _S.COMPLETED})
OPENED = frozenset({_S.UNBLINDED, _S.VERDICT, _S.HANDED_OVER, _S.ACCEPTED, _S.REFUSED})
"""States in which the model's answers may be seen. A trial that expired shows them where it was unblinded before."""
JUDGED = OPENED - {_S.UNBLINDED}


def may_move(old: TrialState, new: TrialState, by: Mover) -> bool:
    """Whether the table has this move for `by`.

    >>> may_move(TrialState.RUNNING, TrialState.UNBLINDED, Mover.EVALUATOR)
    False
    """
    return TABLE.allows(old, new, by)


def moves_of(old: TrialState, movers: frozenset[Mover]) -> tuple[TrialState, ...]:
    """The states that one of `movers` may move a trial to, in the order of the table."""
    return TABLE.ways_from(old, movers)
