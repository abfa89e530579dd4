"""The states of a case and the only ways between them.

    captured → read → candidate_chosen | nothing_close → notified → suspension_requested → suspended → appraised
             → decided → closed

lapsed: a term of the holder ran out. not_suspended: the holder makes no request or took it back, or customs refused.

A transition that is not in `TABLE` does not exist. Each state says whose turn it is; a transition says who may
take it. "system" is the clock or the reader, never a person.
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class State(StrEnum):
    CAPTURED = "captured"
    READ = "read"
    CANDIDATE_CHOSEN = "candidate_chosen"
    NOTHING_CLOSE = "nothing_close"
    NOTIFIED = "notified"
    SUSPENSION_REQUESTED = "suspension_requested"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    NOT_SUSPENDED = "not_suspended"
    APPRAISED = "appraised"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _TITLES[self]


ENDED = frozenset({State.CLOSED, State.WITHDRAWN})
"""Nothing waits for anybody here."""


class Turn(StrEnum):
    """Who has to act next."""

    OFFICER = "officer"
    HOLDER = "holder"
    IMPORTER = "importer"
    APPRAISER = "appraiser"
    SYSTEM = "system"
    NOBODY = "nobody"

    @property
    def words(self) -> Text:
        return _TURNS[self]


_TITLES: dict[State, Text] = {
    State.CAPTURED: Text(ko="촬영 완료", en="Captured"),
    State.READ: Text(ko="판독 완료", en="Read"),
    State.CANDIDATE_CHOSEN: Text(ko="후보 선택", en="Candidate chosen"),
    State.NOTHING_CLOSE: Text(ko="유사 디자인 없음", en="Nothing close"),
    State.NOTIFIED: Text(ko="통지 완료", en="Notified"),
    State.SUSPENSION_REQUESTED: Text(ko="통관보류 요청", en="Suspension requested"),
    State.SUSPENDED: Text(ko="통관보류 중", en="Suspended"),
    State.LAPSED: Text(ko="기한 경과", en="Lapsed"),
    State.NOT_SUSPENDED: Text(ko="통관보류 없음", en="No suspension"),
    State.APPRAISED: Text(ko="감정 완료", en="Appraised"),
    State.DECIDED: Text(ko="처분 결정", en="Decided"),
    State.CLOSED: Text(ko="종결", en="Closed"),
    State.WITHDRAWN: Text(ko="오접수 취소", en="Withdrawn as opened by mistake"),
}
_TURNS: dict[Turn, Text] = {
    Turn.OFFICER: Text(ko="세관", en="Customs"),
    Turn.HOLDER: Text(ko="권리자", en="Right holder"),
    Turn.IMPORTER: Text(ko="수입자", en="Importer"),
    Turn.APPRAISER: Text(ko="감정인", en="Appraiser"),
    Turn.SYSTEM: Text(ko="시스템", en="System"),
    Turn.NOBODY: Text(ko="없음", en="Nobody"),
}
TURN_OF: dict[State, Turn] = {
    State.CAPTURED: Turn.SYSTEM,
    State.READ: Turn.OFFICER,
    State.CANDIDATE_CHOSEN: Turn.OFFICER,
    State.NOTHING_CLOSE: Turn.OFFICER,
    State.NOTIFIED: Turn.HOLDER,
    State.SUSPENSION_REQUESTED: Turn.OFFICER,
    State.SUSPENDED: Turn.HOLDER,
    State.LAPSED: Turn.OFFICER,
    State.NOT_SUSPENDED: Turn.OFFICER,
    State.APPRAISED: Turn.OFFICER,
    State.DECIDED: Turn.OFFICER,
    State.CLOSED: Turn.NOBODY,
    State.WITHDRAWN: Turn.NOBODY,
}
"""Whose turn a case is, by its state. A case with an appraisal assigned waits for the appraiser; what a party sends
makes it the officer's turn until the officer has looked at it."""


_O, _H, _A, _S = Turn.OFFICER, Turn.HOLDER, Turn.APPRAISER, Turn.SYSTEM
TABLE = StateTable(
    title=Text(ko="사건", en="Case"),
    states=_TITLES,
    by=_TURNS,
    moves={
        (State.CAPTURED, State.READ): frozenset({_S, _O}),
        (State.READ, State.READ): frozenset({_O}),  # read again with another box or other filters
        (State.READ, State.CANDIDATE_CHOSEN): frozenset({_O}),
        (State.READ, State.NOTHING_CLOSE): frozenset({_O}),
        (State.CANDIDATE_CHOSEN, State.READ): frozenset({_O}),
        (State.CANDIDATE_CHOSEN, State.CANDIDATE_CHOSEN): frozenset({_O}),
        (State.CANDIDATE_CHOSEN, State.NOTHING_CLOSE): frozenset({_O}),
        (State.NOTHING_CLOSE, State.READ): frozenset({_O}),
        (State.NOTHING_CLOSE, State.CANDIDATE_CHOSEN): frozenset({_O}),
        (State.NOTHING_CLOSE, State.CLOSED): frozenset({_O}),
        (State.CANDIDATE_CHOSEN, State.NOTIFIED): frozenset({_O}),
        (State.NOTIFIED, State.READ): frozenset({_H, _O}),  # "not my right", or the notice was a mistake: choose again
        (State.NOTIFIED, State.SUSPENSION_REQUESTED): frozenset({_H}),
        (State.NOTIFIED, State.LAPSED): frozenset({_S}),  # a term ends by the clock, never by an officer
        # the officer: only on the holder's own recorded answer
        (State.NOTIFIED, State.NOT_SUSPENDED): frozenset({_H, _O}),
        (State.NOTIFIED, State.APPRAISED): frozenset({_H, _A, _O}),
        (State.SUSPENSION_REQUESTED, State.SUSPENDED): frozenset({_O}),
        (State.SUSPENSION_REQUESTED, State.NOT_SUSPENDED): frozenset({_H, _O}),  # taken back, or refused with reasons
        (State.SUSPENSION_REQUESTED, State.APPRAISED): frozenset({_H, _A, _O}),
        (State.SUSPENDED, State.APPRAISED): frozenset({_H, _A, _O}),
        (State.SUSPENDED, State.LAPSED): frozenset({_S}),
        (State.SUSPENDED, State.NOT_SUSPENDED): frozenset({_H}),
        (State.SUSPENDED, State.DECIDED): frozenset({_O}),
        (State.LAPSED, State.NOTIFIED): frozenset({_S}),  # a holiday was declared late: the term had not ended
        (State.LAPSED, State.SUSPENDED): frozenset({_S}),
        (State.LAPSED, State.APPRAISED): frozenset({_H, _A, _O, _S}),
        (State.LAPSED, State.DECIDED): frozenset({_O}),
        (State.NOT_SUSPENDED, State.APPRAISED): frozenset({_H, _A, _O}),
        (State.NOT_SUSPENDED, State.DECIDED): frozenset({_O}),
        (State.APPRAISED, State.SUSPENSION_REQUESTED): frozenset({_H}),
        (State.APPRAISED, State.SUSPENDED): frozenset({_O}),  # a request made before the appraisal is granted
        (State.APPRAISED, State.NOT_SUSPENDED): frozenset({_H, _O}),
        (State.APPRAISED, State.LAPSED): frozenset({_S}),
        (State.APPRAISED, State.DECIDED): frozenset({_O}),
        (State.DECIDED, State.CLOSED): frozenset({_O}),
        # Opened by mistake: until the holder has made a request, which is to be decided on. It can be undone.
        **{
            (start, State.WITHDRAWN): frozenset({_O})
            for start in (State.READ, State.CANDIDATE_CHOSEN, State.NOTHING_CLOSE, State.NOTIFIED, State.LAPSED)
        },
        (State.WITHDRAWN, State.READ): frozenset({_O}),
    },
)


def allowed(start: State, end: State, by: Turn) -> bool:
    """Whether `by` may lead a case from `start` to `end`."""
    return TABLE.allows(start, end, by)


def ways_from(start: State, by: Turn) -> tuple[State, ...]:
    """The states that `by` may lead a case to, in the order of the table."""
    return TABLE.ways_from(start, frozenset({by}))
