"""The receiving site's own test of a proof: its states and the moves between them, as a table."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class AcceptanceState(StrEnum):
    REGISTERED = "registered"
    MEASURED = "measured"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class AcceptanceMover(StrEnum):
    """EVALUATOR: registers and measures. OWNER: the receiving field owner, another person."""

    EVALUATOR = "evaluator"
    OWNER = "owner"


_S = AcceptanceState
TABLE = StateTable(
    title=Text(ko="수용시험", en="Acceptance test"),
    states={
        _S.REGISTERED: Text(ko="사전등록 완료", en="Registered"),
        _S.MEASURED: Text(ko="측정 완료", en="Measured"),
        _S.ACCEPTED: Text(ko="수용", en="Accepted"),
        _S.REFUSED: Text(ko="수용하지 않음", en="Not accepted"),
    },
    by={
        AcceptanceMover.EVALUATOR: Text(ko="평가 책임자", en="evaluator"),
        AcceptanceMover.OWNER: Text(ko="인수 기관의 현업 책임자", en="receiving field owner"),
    },
    moves={
        (_S.REGISTERED, _S.MEASURED): frozenset({AcceptanceMover.EVALUATOR}),
        (_S.MEASURED, _S.ACCEPTED): frozenset({AcceptanceMover.OWNER}),
        (_S.MEASURED, _S.REFUSED): frozenset({AcceptanceMover.OWNER}),
    },
)
