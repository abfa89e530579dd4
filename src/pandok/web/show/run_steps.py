"""A run as a timeline for its submitter: what is done, what goes on, what comes; nothing of a sealed case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.lab.problem import Part
from pandok.core.lab.run_states import RunState
from pandok.core.text import Text
from pandok.lab.models import Run
from pandok.lab.runs.queue_view import time_left, waiting
from pandok.lab.submissions.reasons import Explained, explained
from pandok.web.show.spans import span_words

DONE, NOW, LATER, FAILED = "done", "now", "later", "failed"
MARKS = {
    DONE: Text(ko="마침", en="Done"),
    NOW: Text(ko="진행 중", en="Under way"),
    LATER: Text(ko="다음", en="To come"),
    FAILED: Text(ko="멈춤", en="Stopped"),
}
PARTS = {
    Part.FEEDBACK: Text(ko="피드백 세트 실행", en="Run on the feedback set"),
    Part.CONFIRM: Text(ko="확인 세트 실행", en="Run on the confirm set"),
}
_STEPS: tuple[tuple[RunState, Text], ...] = (
    (RunState.QUEUED, Text(ko="대기 중", en="Waiting its turn")),
    (RunState.CHECKING, Text(ko="공개 사례로 점검", en="Checked on public cases")),
    (RunState.RUNNING, Text(ko="봉인 자료로 실행", en="Run on sealed data")),
    (RunState.SCORING, Text(ko="채점", en="Scored")),
    (RunState.AWAITING_RELEASE, Text(ko="두 사람의 공개 승인", en="Release by two people")),
    (RunState.RELEASED, Text(ko="결과 공개", en="Result released")),
)
_PLACE = {state: place for place, (state, _) in enumerate(_STEPS)} | {RunState.LEASED: 0}


@dataclass(frozen=True)
class Step:
    """`mark` is one of MARKS; `note` says how it stands."""

    words: Text
    mark: str
    at: datetime | None = None
    note: Text | None = None

    @property
    def said(self) -> Text:
        return MARKS[self.mark]


@dataclass(frozen=True)
class RunPage:
    run: Run
    title: Text
    words: Text
    steps: list[Step]
    refusals: list[Explained]
    ended_badly: bool
    under_way: bool


def run_page(run: Run, now: datetime) -> RunPage:
    state = run.stands
    badly = state.ended and state is not RunState.RELEASED
    return RunPage(
        run=run,
        title=PARTS[Part(run.part)],
        words=state.words,
        steps=_steps(run, now, badly=badly),
        refusals=[explained(one) for one in run.refusals],
        ended_badly=badly,
        under_way=not state.ended and state is not RunState.AWAITING_RELEASE,
    )


def _steps(run: Run, now: datetime, *, badly: bool) -> list[Step]:
    times = {event.to_state: event.at for event in run.events.all()}
    here = _PLACE.get(run.stands, _died_in(run))
    steps = []
    for place, (state, words) in enumerate(_STEPS):
        reached = times.get(state.value)
        if place < here or run.stands is RunState.RELEASED:
            steps.append(Step(words, DONE, reached))
        elif place > here:
            steps.append(Step(words, LATER))
        elif badly:
            steps.append(Step(words, FAILED, run.ended_at, run.stands.words))
        else:
            steps.append(Step(words, NOW, reached, _note(run, now)))
    return steps


def _died_in(run: Run) -> int:
    try:
        return _PLACE[RunState(run.died_at)]
    except (ValueError, KeyError):
        return 0


def _note(run: Run, now: datetime) -> Text | None:
    state = run.stands
    if state is RunState.QUEUED:
        place = waiting(run, now)
        if place is None:
            return None
        starts, ends = span_words(place.starts), span_words(place.ends)
        return Text(
            ko=f"{place.position}번째입니다. {place.why.ko} 시작까지 {starts.ko}, 끝까지 {ends.ko}.",
            en=f"Number {place.position} in the queue. {place.why.en} Until it starts: {starts.en}; "
            f"until it ends: {ends.en}.",
        )
    left = span_words(time_left(run, now))
    if state is RunState.RUNNING and run.total:
        share = 100 * run.done // run.total
        return Text(ko=f"{share}% 마쳤습니다. 남은 시간: {left.ko}.", en=f"{share} % done. Time left: {left.en}.")
    if state is RunState.AWAITING_RELEASE:
        return Text(
            ko="점수는 두 사람이 승인한 뒤에 보입니다.", en="The result is shown once two people have released it."
        )
    return Text(ko=f"남은 시간: {left.ko}.", en=f"Time left: {left.en}.")
