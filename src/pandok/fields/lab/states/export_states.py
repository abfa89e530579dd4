"""How files leave the lab: states and moves as a table, and the rule of two other persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text
from pandok.core.two_persons import VOTES_NEEDED


class ExportState(StrEnum):
    PENDING = "pending"
    SUBMITTED = "submitted"
    PARTIALLY_REVIEWED = "partially_reviewed"
    APPROVED = "approved"
    RELEASED = "released"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def ended(self) -> bool:
        return TABLE.ends_at(self)

    @property
    def changeable(self) -> bool:
        """Whether the author may still put files in and take them out."""
        return self in (ExportState.PENDING, ExportState.RETURNED)

    @property
    def in_review(self) -> bool:
        return self in (ExportState.SUBMITTED, ExportState.PARTIALLY_REVIEWED)


_WORDS = {
    ExportState.PENDING: Text(ko="작성 중", en="Being written"),
    ExportState.SUBMITTED: Text(ko="심사 대기", en="Awaiting review"),
    ExportState.PARTIALLY_REVIEWED: Text(ko="한 사람이 심사함", en="Reviewed by one"),
    ExportState.APPROVED: Text(ko="승인 완료, 반출 대기", en="Approved, awaiting release"),
    ExportState.RELEASED: Text(ko="반출 완료", en="Released"),
    ExportState.RETURNED: Text(ko="보완 요청", en="Returned to the author"),
    ExportState.REJECTED: Text(ko="불허", en="Rejected"),
    ExportState.WITHDRAWN: Text(ko="철회", en="Withdrawn"),
}


class ExportMover(StrEnum):
    """AUTHOR: who asks. CHECKER: another person who looks at every file."""

    AUTHOR = "author"
    CHECKER = "checker"


_S, _A, _C = ExportState, ExportMover.AUTHOR, ExportMover.CHECKER
_ASKED = (_S.SUBMITTED, _S.PARTIALLY_REVIEWED, _S.APPROVED)
TABLE = StateTable(
    title=Text(ko="반출 요청", en="Request for an export"),
    states=_WORDS,
    by={_A: Text(ko="요청자", en="author"), _C: Text(ko="심사자", en="checker")},
    moves={
        **{(one, _S.SUBMITTED): frozenset({_A}) for one in (_S.PENDING, _S.RETURNED)},
        (_S.SUBMITTED, _S.PARTIALLY_REVIEWED): frozenset({_C}),
        (_S.PARTIALLY_REVIEWED, _S.APPROVED): frozenset({_C}),
        (_S.APPROVED, _S.RELEASED): frozenset({_C}),
        **{(one, _S.RETURNED): frozenset({_C}) for one in _ASKED},
        **{(one, _S.REJECTED): frozenset({_C}) for one in _ASKED},
        **{(one, _S.WITHDRAWN): frozenset({_A}) for one in (_S.PENDING, _S.RETURNED, *_ASKED)},
    },
)


class Choice(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"

    @property
    def words(self) -> Text:
        return _CHOICES[self]


_CHOICES = {
    Choice.APPROVE: Text(ko="승인", en="Approve"),
    Choice.RETURN: Text(ko="보완 요청", en="Return for changes"),
    Choice.REJECT: Text(ko="불허", en="Reject"),
}


@dataclass(frozen=True)
class Vote:
    """One checker's answer to one state of the files. `models`: also that the model files may go, each looked at."""

    voter: str
    sums: str
    choice: Choice
    models: bool = False


def approved(votes: Iterable[Vote], *, author: str, sums: str, has_model: bool) -> bool:
    """Whether two persons other than the author approve of exactly these files, and of the models among them.

    >>> two = [Vote("a", "s", Choice.APPROVE), Vote("b", "s", Choice.APPROVE)]
    >>> approved(two, author="c", sums="s", has_model=False), approved(two, author="a", sums="s", has_model=False)
    (True, False)
    >>> approved(two, author="c", sums="other", has_model=False), approved(two, author="c", sums="s", has_model=True)
    (False, False)
    """
    told = [vote for vote in votes if vote.sums == sums and vote.voter != author]
    if any(vote.choice is not Choice.APPROVE for vote in told):
        return False
    agreeing = {vote.voter for vote in told if vote.models or not has_model}
    return len(agreeing) >= VOTES_NEEDED
