"""The states of a case and the only ways between them.

    captured → read → candidate_chosen | nothing_close → notified → suspension_requested → suspended → appraised
             → decided → closed

lapsed: a term of the holder ran out. not_suspended: the holder makes no request or took it back, or customs refused.

A transition that is not in `TRANSITIONS` does not exist. Each state says whose turn it is; a transition says who may
take it. "system" is the clock or the reader, never a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True)
class Transition:
    start: State
    end: State
    by: frozenset[Turn]


def _way(start: State, end: State, *by: Turn) -> Transition:
    return Transition(start, end, frozenset(by))


_O, _H, _A, _S = Turn.OFFICER, Turn.HOLDER, Turn.APPRAISER, Turn.SYSTEM
TRANSITIONS: tuple[Transition, ...] = (
    _way(State.CAPTURED, State.READ, _S, _O),
    _way(State.READ, State.READ, _O),  # read again with another box or other filters
    _way(State.READ, State.CANDIDATE_CHOSEN, _O),
    _way(State.READ, State.NOTHING_CLOSE, _O),
    _way(State.CANDIDATE_CHOSEN, State.READ, _O),
    _way(State.CANDIDATE_CHOSEN, State.CANDIDATE_CHOSEN, _O),
    _way(State.CANDIDATE_CHOSEN, State.NOTHING_CLOSE, _O),
    _way(State.NOTHING_CLOSE, State.READ, _O),
    _way(State.NOTHING_CLOSE, State.CANDIDATE_CHOSEN, _O),
    _way(State.NOTHING_CLOSE, State.CLOSED, _O),
    _way(State.CANDIDATE_CHOSEN, State.NOTIFIED, _O),
    _way(State.NOTIFIED, State.READ, _H, _O),  # "not my right", or the notice was a mistake: choose again
    _way(State.NOTIFIED, State.SUSPENSION_REQUESTED, _H),
    _way(State.NOTIFIED, State.LAPSED, _S),  # a term ends by the clock, never by an officer
    _way(State.NOTIFIED, State.NOT_SUSPENDED, _H, _O),  # the officer: only on the holder's own recorded answer
    _way(State.NOTIFIED, State.APPRAISED, _H, _A, _O),
    _way(State.SUSPENSION_REQUESTED, State.SUSPENDED, _O),
    _way(State.SUSPENSION_REQUESTED, State.NOT_SUSPENDED, _H, _O),  # taken back, or refused with reasons
    _way(State.SUSPENSION_REQUESTED, State.APPRAISED, _H, _A, _O),
    _way(State.SUSPENDED, State.APPRAISED, _H, _A, _O),
    _way(State.SUSPENDED, State.LAPSED, _S),
    _way(State.SUSPENDED, State.NOT_SUSPENDED, _H),
    _way(State.SUSPENDED, State.DECIDED, _O),
    _way(State.LAPSED, State.NOTIFIED, _S),  # a holiday was declared late: the term had not ended
    _way(State.LAPSED, State.SUSPENDED, _S),
    _way(State.LAPSED, State.APPRAISED, _H, _A, _O, _S),
    _way(State.LAPSED, State.DECIDED, _O),
    _way(State.NOT_SUSPENDED, State.APPRAISED, _H, _A, _O),
    _way(State.NOT_SUSPENDED, State.DECIDED, _O),
    _way(State.APPRAISED, State.SUSPENSION_REQUESTED, _H),
    _way(State.APPRAISED, State.SUSPENDED, _O),  # a request made before the appraisal is granted
    _way(State.APPRAISED, State.NOT_SUSPENDED, _H, _O),
    _way(State.APPRAISED, State.LAPSED, _S),
    _way(State.APPRAISED, State.DECIDED, _O),
    _way(State.DECIDED, State.CLOSED, _O),
    # Opened by mistake: until the holder has made a request, which is to be decided on. The withdrawal can be undone.
    *(
        _way(start, State.WITHDRAWN, _O)
        for start in (State.READ, State.CANDIDATE_CHOSEN, State.NOTHING_CLOSE, State.NOTIFIED, State.LAPSED)
    ),
    _way(State.WITHDRAWN, State.READ, _O),
)
_BY_PAIR = {(way.start, way.end): way for way in TRANSITIONS}


def allowed(start: State, end: State, by: Turn) -> bool:
    """Whether `by` may lead a case from `start` to `end`."""
    way = _BY_PAIR.get((start, end))
    return way is not None and by in way.by


def ways_from(start: State, by: Turn) -> tuple[State, ...]:
    """The states that `by` may lead a case to, in the order of the table."""
    return tuple(way.end for way in TRANSITIONS if way.start is start and by in way.by)
