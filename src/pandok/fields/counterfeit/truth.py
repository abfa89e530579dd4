"""What a closed case teaches: was the chosen design the right one? The rule that makes cases labelled pairs.

Sources, the strongest first:

1. found later        what somebody with the right to say so recorded after the case was closed;
2. appraisal          INFRINGES: the goods were compared with the chosen design and concern it. DOES_NOT_INFRINGE says
                      so only where the holder recognised the right as its own (GENUINE or NOT_GENUINE): goods that
                      show another design do not infringe either. OTHER_RIGHT: another right, so not the chosen one;
3. holder's answer    GENUINE and NOT_GENUINE are said of one's own design; NOT_MY_RIGHT: not the chosen one.
                      NEED_THE_GOODS says nothing. The last answer counts.

Everything else stays unknown, also a case that was closed from "nothing close": nobody looked any further. Whether the
goods infringe does not matter here; whether the reader named the right design does.
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.reading import Value
from pandok.core.text import Text
from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.states import State


class Verdict(StrEnum):
    RIGHT_DESIGN = "right_design"
    """`Truth.design_id` is what the photographs show."""
    NOT_IN_REGISTER = "not_in_register"
    UNKNOWN = ""


class Source(StrEnum):
    LATER = "later"
    APPRAISAL = "appraisal"
    ANSWER = "answer"
    NONE = ""

    @property
    def words(self) -> Text:
        return _SOURCES[self]


_SOURCES = {
    Source.LATER: Text(ko="사후 확인", en="Found later"),
    Source.APPRAISAL: Text(ko="감정 결과", en="Appraisal"),
    Source.ANSWER: Text(ko="권리자 회신", en="Holder's answer"),
    Source.NONE: Text(ko="없음", en="None"),
}


class CaseFacts(Value):
    """What is known of one case. `answers` of the holders, oldest first."""

    state: State
    design_id: str = ""
    finding: Finding | None = None
    answers: tuple[Answer, ...] = ()
    notified: bool = False
    """A holder was told."""
    later_design_id: str | None = None
    """Found later; "" is: in no registered design; None: nothing was found later."""


class Truth(Value):
    verdict: Verdict
    design_id: str = ""
    source: Source = Source.NONE


class NoticeVerdict(Value):
    """`judged`: a holder was told and it is known whether rightly. `wrong`: some holder was told of what it is not."""

    judged: bool
    wrong: bool


OWN = frozenset({Answer.GENUINE, Answer.NOT_GENUINE})
UNKNOWN = Truth(verdict=Verdict.UNKNOWN)


def truth_of(facts: CaseFacts) -> Truth:
    """The label of a case; UNKNOWN before it is closed."""
    if facts.state is not State.CLOSED:
        return UNKNOWN
    if facts.later_design_id is not None:
        verdict = Verdict.RIGHT_DESIGN if facts.later_design_id else Verdict.NOT_IN_REGISTER
        return Truth(verdict=verdict, design_id=facts.later_design_id, source=Source.LATER)
    if not facts.design_id:
        return UNKNOWN
    last = _last_word(facts.answers)
    if facts.finding is Finding.OTHER_RIGHT or last is Answer.NOT_MY_RIGHT:
        return UNKNOWN
    if facts.finding is Finding.INFRINGES or (facts.finding is Finding.DOES_NOT_INFRINGE and last in OWN):
        return Truth(verdict=Verdict.RIGHT_DESIGN, design_id=facts.design_id, source=Source.APPRAISAL)
    if last in OWN:
        return Truth(verdict=Verdict.RIGHT_DESIGN, design_id=facts.design_id, source=Source.ANSWER)
    return UNKNOWN


def notice_of(facts: CaseFacts) -> NoticeVerdict:
    """Was a holder told rightly? Known as soon as it is answered or appraised, also before the case is closed."""
    if not facts.notified:
        return NoticeVerdict(judged=False, wrong=False)
    wrong = Answer.NOT_MY_RIGHT in facts.answers or facts.finding is Finding.OTHER_RIGHT
    right = _last_word(facts.answers) in OWN or facts.finding is Finding.INFRINGES
    return NoticeVerdict(judged=wrong or right, wrong=wrong)


def _last_word(answers: tuple[Answer, ...]) -> Answer | None:
    """The last answer that says whose right it is."""
    saying = [answer for answer in answers if answer is not Answer.NEED_THE_GOODS]
    return saying[-1] if saying else None
