"""States of what the academy teaches with, and of a sitting.

article, lesson:  draft → in_review → in_use → retired      who reviews did not make it
retirement:       proposed → retired | withdrawn            who confirms did not propose it
sitting:          running ⇄ paused → ended | abandoned
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class LessonState(StrEnum):
    """Of an article, and of a lesson from a closed case."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    IN_USE = "in_use"
    RETIRED = "retired"

    @property
    def words(self) -> Text:
        return _LESSONS[self]


class LessonMover(StrEnum):
    """MAKER: who made it. REVIEWER: somebody else."""

    MAKER = "maker"
    REVIEWER = "reviewer"


class RetirementState(StrEnum):
    PROPOSED = "proposed"
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _RETIREMENTS[self]


class RetirementMover(StrEnum):
    PROPOSER = "proposer"
    SECOND = "second"


class SittingState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    ABANDONED = "abandoned"

    @property
    def words(self) -> Text:
        return _SITTINGS[self]


class SittingMover(StrEnum):
    TRAINEE = "trainee"
    CLOCK = "clock"


_L, _LM = LessonState, LessonMover
_R, _RM = RetirementState, RetirementMover
_S, _SM = SittingState, SittingMover
_LESSONS = {
    _L.DRAFT: Text(ko="작성 중", en="Being made"),
    _L.IN_REVIEW: Text(ko="검토 중", en="In review"),
    _L.IN_USE: Text(ko="사용 중", en="In use"),
    _L.RETIRED: Text(ko="사용 중지", en="Retired"),
}
_RETIREMENTS = {
    _R.PROPOSED: Text(ko="사용 중지 제안", en="Retirement proposed"),
    _R.RETIRED: Text(ko="사용 중지", en="Retired"),
    _R.WITHDRAWN: Text(ko="제안 철회", en="Withdrawn"),
}
_SITTINGS = {
    _S.RUNNING: Text(ko="진행 중", en="Running"),
    _S.PAUSED: Text(ko="멈춤", en="Paused"),
    _S.ENDED: Text(ko="마침", en="Ended"),
    _S.ABANDONED: Text(ko="중단", en="Abandoned"),
}
OPEN = frozenset({_S.RUNNING, _S.PAUSED})
"""A sitting that can go on."""

LESSONS = StateTable(
    title=Text(ko="학습 자료", en="Lesson"),
    states=_LESSONS,
    by={_LM.MAKER: Text(ko="만든 사람", en="its maker"), _LM.REVIEWER: Text(ko="다른 검토자", en="another reviewer")},
    moves={
        (_L.DRAFT, _L.IN_REVIEW): frozenset({_LM.MAKER}),
        (_L.IN_REVIEW, _L.DRAFT): frozenset({_LM.MAKER, _LM.REVIEWER}),
        (_L.IN_REVIEW, _L.IN_USE): frozenset({_LM.REVIEWER}),
        (_L.IN_REVIEW, _L.RETIRED): frozenset({_LM.REVIEWER}),
        (_L.IN_USE, _L.RETIRED): frozenset({_LM.MAKER, _LM.REVIEWER}),
    },
)
RETIREMENTS = StateTable(
    title=Text(ko="학습 영상의 사용 중지", en="Retirement of a picture"),
    states=_RETIREMENTS,
    by={
        _RM.PROPOSER: Text(ko="제안한 사람", en="who proposed it"),
        _RM.SECOND: Text(ko="두 번째 사람", en="a second person"),
    },
    moves={
        (_R.PROPOSED, _R.RETIRED): frozenset({_RM.SECOND}),
        (_R.PROPOSED, _R.WITHDRAWN): frozenset({_RM.PROPOSER, _RM.SECOND}),
    },
)
SITTINGS = StateTable(
    title=Text(ko="학습·시험", en="Sitting"),
    states=_SITTINGS,
    by={_SM.TRAINEE: Text(ko="교육생", en="trainee"), _SM.CLOCK: Text(ko="시계", en="clock")},
    moves={
        (_S.RUNNING, _S.PAUSED): frozenset({_SM.TRAINEE, _SM.CLOCK}),
        (_S.PAUSED, _S.RUNNING): frozenset({_SM.TRAINEE}),
        (_S.RUNNING, _S.ENDED): frozenset({_SM.TRAINEE, _SM.CLOCK}),
        (_S.PAUSED, _S.ENDED): frozenset({_SM.TRAINEE}),
        (_S.RUNNING, _S.ABANDONED): frozenset({_SM.CLOCK}),
        (_S.PAUSED, _S.ABANDONED): frozenset({_SM.CLOCK}),
    },
)
