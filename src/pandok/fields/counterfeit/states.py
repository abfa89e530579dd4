"""The states of a case: what each means wherever it is shown, listed, answered and counted, and the ways between them.

    captured → read → candidate_chosen | nothing_close → notified → suspension_requested → suspended → appraised
             → decided → closed

lapsed: a term of the holder ran out. not_suspended: the holder makes no request or took it back, or customs refused.

A transition that is not in `TABLE` does not exist; it says who may take it. "system" is the clock or the reader, never
a person. What officers do is declared in `steps`, terms in `law`; every other list of states is asked of `MEANINGS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
        return self.means.words

    @property
    def means(self) -> StateMeaning:
        return MEANINGS[self]


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


_TURNS: dict[Turn, Text] = {
    Turn.OFFICER: Text(ko="세관", en="Customs"),
    Turn.HOLDER: Text(ko="권리자", en="Right holder"),
    Turn.IMPORTER: Text(ko="수입자", en="Importer"),
    Turn.APPRAISER: Text(ko="감정인", en="Appraiser"),
    Turn.SYSTEM: Text(ko="시스템", en="System"),
    Turn.NOBODY: Text(ko="없음", en="Nobody"),
}


@dataclass(frozen=True, order=True)
class Stage:
    """One step of the way of a case, as its page shows it on top."""

    place: int
    words: Text


STAGES = tuple(
    Stage(place, words)
    for place, words in enumerate(
        (
            Text(ko="접수", en="Taken in"),
            Text(ko="판독", en="Read"),
            Text(ko="통지", en="Notified"),
            Text(ko="심사", en="Examined"),
            Text(ko="처분", en="Decided"),
            Text(ko="종결", en="Closed"),
        )
    )
)
TAKEN_IN, CHOOSING, NOTICE, EXAMINATION, DECISION, END = STAGES


@dataclass(frozen=True)
class StateMeaning:
    """What a state is. The stage says most: while choosing, the candidates stand open; from the notice on, parties know
    of the case; from the notice to the decision they are heard; from the decision on, the outcome stands on top; at the
    end nothing waits for anybody."""

    words: Text
    turn: Turn
    """Whose turn it is. What a party sends makes it the officer's turn until the officer has looked at it."""
    stage: Stage
    to_do: Text
    """What the page of the case tells the officer."""
    event: Text | None = None
    """How the history tells that a case came here; None: by its words."""
    next_step: str = ""
    """The step (`steps.Step`) that stands first among the buttons."""
    may_ask_appraisal: bool = False
    late: bool = False
    """It stands among what is near or over the term, although no term runs."""
    taken_back: bool = False
    """The case was a mistake: parties know no more of it, it counts in no statistics, and it has no outcome."""

    @property
    def choosing(self) -> bool:
        return self.stage is CHOOSING

    @property
    def told(self) -> bool:
        return self.stage >= NOTICE and not self.taken_back

    @property
    def heard(self) -> bool:
        return self.stage in (NOTICE, EXAMINATION)

    @property
    def decided(self) -> bool:
        return self.stage >= DECISION and not self.taken_back

    @property
    def over(self) -> bool:
        return self.stage is END


MEANINGS: dict[State, StateMeaning] = {
    State.CAPTURED: StateMeaning(
        words=Text(ko="촬영 완료", en="Captured"),
        turn=Turn.SYSTEM,
        stage=TAKEN_IN,
        to_do=Text(ko="판독 결과를 기다리고 있습니다.", en="The reading is awaited."),
    ),
    State.READ: StateMeaning(
        words=Text(ko="판독 완료", en="Read"),
        turn=Turn.OFFICER,
        stage=CHOOSING,
        to_do=Text(
            ko="후보를 고르거나 유사 디자인이 없다고 정하십시오.", en="Choose a candidate, or say nothing is close."
        ),
    ),
    State.CANDIDATE_CHOSEN: StateMeaning(
        words=Text(ko="후보 선택", en="Candidate chosen"),
        turn=Turn.OFFICER,
        stage=CHOOSING,
        to_do=Text(ko="권리자와 수입자에게 통지하십시오.", en="Notify the holder and the importer."),
    ),
    State.NOTHING_CLOSE: StateMeaning(
        words=Text(ko="유사 디자인 없음", en="Nothing close"),
        turn=Turn.OFFICER,
        stage=CHOOSING,
        to_do=Text(ko="사건을 종결하거나 후보를 다시 고르십시오.", en="Close the case, or choose again."),
        next_step="close",
    ),
    State.NOTIFIED: StateMeaning(
        words=Text(ko="통지 완료", en="Notified"),
        turn=Turn.HOLDER,
        stage=NOTICE,
        to_do=Text(ko="권리자의 회신을 기다리고 있습니다.", en="The holder's answer is awaited."),
        event=Text(ko="권리자·수입자 통지", en="Holder and importer notified"),
        may_ask_appraisal=True,
    ),
    State.SUSPENSION_REQUESTED: StateMeaning(
        words=Text(ko="통관보류 요청", en="Suspension requested"),
        turn=Turn.OFFICER,
        stage=EXAMINATION,
        to_do=Text(
            ko="권리자가 통관보류를 요청했습니다. 보류 여부를 결정하십시오.",
            en="The holder requested suspension. Decide on it.",
        ),
        next_step="suspend",
        may_ask_appraisal=True,
    ),
    State.SUSPENDED: StateMeaning(
        words=Text(ko="통관보류 중", en="Suspended"),
        turn=Turn.HOLDER,
        stage=EXAMINATION,
        to_do=Text(
            ko="통관보류 중입니다. 권리자의 제소 증명과 감정을 기다립니다.",
            en="The goods are suspended. Proof of a suit and an appraisal are awaited.",
        ),
        event=Text(ko="통관보류 결정", en="Suspension granted"),
        may_ask_appraisal=True,
    ),
    State.LAPSED: StateMeaning(
        words=Text(ko="기한 경과", en="Lapsed"),
        turn=Turn.OFFICER,
        stage=EXAMINATION,
        to_do=Text(
            ko="권리자의 기한이 지났습니다. 처분을 결정하십시오.", en="The holder's term is over. Decide on the goods."
        ),
        next_step="decide",
        may_ask_appraisal=True,
        late=True,
    ),
    State.NOT_SUSPENDED: StateMeaning(
        words=Text(ko="통관보류 없음", en="No suspension"),
        turn=Turn.OFFICER,
        stage=EXAMINATION,
        to_do=Text(
            ko="통관보류 없이 진행합니다. 처분을 결정하십시오.",
            en="Clearance goes on without a suspension. Decide on the goods.",
        ),
        next_step="decide",
        may_ask_appraisal=True,
    ),
    State.APPRAISED: StateMeaning(
        words=Text(ko="감정 완료", en="Appraised"),
        turn=Turn.OFFICER,
        stage=EXAMINATION,
        to_do=Text(ko="감정 결과를 확인하고 처분을 결정하십시오.", en="Look at the appraisal and decide on the goods."),
        event=Text(ko="감정 결과 기록", en="Appraisal recorded"),
        next_step="decide",
    ),
    State.DECIDED: StateMeaning(
        words=Text(ko="처분 결정", en="Decided"),
        turn=Turn.OFFICER,
        stage=DECISION,
        to_do=Text(ko="처분을 집행한 뒤 사건을 종결하십시오.", en="Carry the decision out, then close the case."),
        next_step="close",
    ),
    State.CLOSED: StateMeaning(
        words=Text(ko="종결", en="Closed"),
        turn=Turn.NOBODY,
        stage=END,
        to_do=Text(ko="종결된 사건입니다.", en="This case is closed."),
    ),
    State.WITHDRAWN: StateMeaning(
        words=Text(ko="오접수 취소", en="Withdrawn as opened by mistake"),
        turn=Turn.NOBODY,
        stage=END,
        to_do=Text(ko="오접수로 취소한 사건입니다.", en="This case was withdrawn as opened by mistake."),
        taken_back=True,
    ),
}


def states_that(hold: Callable[[StateMeaning], bool]) -> frozenset[State]:
    """The states of which something holds; their values compare equal to what a record keeps.

    >>> sorted(states_that(lambda meaning: meaning.over))
    [<State.CLOSED: 'closed'>, <State.WITHDRAWN: 'withdrawn'>]
    """
    return frozenset(state for state, meaning in MEANINGS.items() if hold(meaning))


CHOOSES = states_that(lambda meaning: meaning.choosing)
"""The candidates stand open with their buttons."""
TOLD = states_that(lambda meaning: meaning.told)
"""Parties know of the case; each only if a notice was issued to it."""
HEARD = states_that(lambda meaning: meaning.heard)
"""Parties are heard: from the notice until the decision."""
ENDED = states_that(lambda meaning: meaning.over)
"""Nothing waits for anybody here."""
TURN_OF: dict[State, Turn] = {state: meaning.turn for state, meaning in MEANINGS.items()}
LATE = states_that(lambda meaning: meaning.late)
TAKEN_BACK = states_that(lambda meaning: meaning.taken_back)


_O, _H, _A, _S = Turn.OFFICER, Turn.HOLDER, Turn.APPRAISER, Turn.SYSTEM
TABLE = StateTable(
    title=Text(ko="사건", en="Case"),
    states={state: meaning.words for state, meaning in MEANINGS.items()},
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
    """Whether `by` may move a case from `start` to `end`."""
    return TABLE.allows(start, end, by)


def ways_from(start: State, by: Turn) -> tuple[State, ...]:
    """The states that `by` may move a case to, in the order of the table."""
    return TABLE.ways_from(start, frozenset({by}))
