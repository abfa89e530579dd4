"""A run as a timeline: for the lab's people with every step, for its submitter as far as it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pandok.core.lab.problem import Part
from pandok.core.text import Text, counted
from pandok.fields.lab.acts.budget.disclosed_runs import Told, told_run
from pandok.fields.lab.acts.explained import Explained, explained
from pandok.fields.lab.lists.queue import time_left, waiting
from pandok.fields.lab.models import Run
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.web.shown.spans import span_words

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
_PLACE[RunState.WITHHELD] = _PLACE[RunState.AWAITING_RELEASE]


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
    day: date | None = None
    charged: bool = True
    released: bool = False


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


TOLD_STEPS = (
    Text(ko="접수", en="Received"),
    Text(ko="점검, 봉인 자료로 실행, 채점", en="Checked, run on sealed data, scored"),
    Text(ko="두 사람의 공개 승인", en="Release by two people"),
    Text(ko="결과 공개", en="Result released"),
)


def told_page(run: Run, now: datetime, longest: timedelta) -> RunPage:
    """The page of a submitter, the same for every pace that a run may have (`acts/budget/disclosed_runs`)."""
    seen = told_run(run, now, longest)
    badly = seen.told not in (Told.UNDER_WAY, Told.RELEASED)
    here = {Told.UNDER_WAY: 1, Told.RELEASED: 4, Told.WITHHELD: 2}.get(seen.told, 1)
    steps = []
    for place, words in enumerate(TOLD_STEPS):
        if place < here:
            steps.append(Step(words, DONE, run.queued_at if place == 0 else None))
        elif place > here:
            steps.append(Step(words, LATER))
        else:
            mark, note = (FAILED, seen.told.words) if badly else (NOW, _under_way(longest))
            steps.append(Step(words, mark, None, note))
    return RunPage(
        run=run,
        title=PARTS[Part(run.part)],
        words=seen.told.words,
        steps=steps,
        refusals=[explained(one) for one in seen.refusals],
        ended_badly=badly,
        under_way=seen.told is Told.UNDER_WAY,
        day=seen.day,
        charged=seen.charged,
        released=seen.told is Told.RELEASED,
    )


def _under_way(longest: timedelta) -> Text:
    minutes = round(longest.total_seconds() / 60)
    most = Text(ko=f"{minutes}분", en=f"{counted(minutes, 'minute')}")
    if minutes >= 120 and minutes % 60 == 0:
        most = Text(ko=f"{minutes // 60}시간", en=f"{counted(minutes // 60, 'hour')}")
    return Text(
        ko="봉인 자료의 성질이 새지 않도록 진행률과 단계별 시각은 보여 드리지 않습니다. "
        f"실행은 길어도 {most.ko} 안에 끝나며, 결과는 두 사람이 승인한 뒤에 보입니다.",
        en="Progress and times of steps are not shown, so that nothing of the sealed data leaks. A run takes at "
        f"most {most.en}; the result is shown once two people have released it.",
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
