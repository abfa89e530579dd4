"""A case as its page shows it: whose turn, which clock, what to do next, and how it came here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pandok.core.declaration import OF_CASE
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of, time_left
from pandok.fields.counterfeit.acts.notices.serving import WAYS
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseClock, NoticeService
from pandok.fields.counterfeit.outcomes import Answer
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.steps import Step
from pandok.fields.counterfeit.web.case_forms import StepForm
from pandok.fields.designs.web.shown.reading_page import Badge

NEAR_DAYS = 2
_STOPPED: dict[str, Text] = {
    "met": Text(ko="기한 안에 이행", en="Met"),
    "expired": Text(ko="기한 경과", en="Expired"),
    "withdrawn": Text(ko="취소", en="Withdrawn"),
    "unserved": Text(ko="송달되지 않음", en="Not served"),
    "given_up": Text(ko="당사자의 의사표시로 종료", en="Ended by the party itself"),
    "overtaken": Text(ko="사건 처리에 따라 종료", en="Ended as the case went on"),
}


@dataclass(frozen=True)
class ShownClock:
    title: str
    owner: str
    ours: bool
    """Customs has to keep it."""
    left: str
    badge: Badge
    bar: float
    """Share of the term that is used, 0 to 100."""
    last_day: date
    source: str
    links: list[tuple[str, str]]
    """Each article with the address of its official text."""
    unverified: list[str]
    """What nobody has compared with the official text yet."""
    law: str
    running: bool


@dataclass(frozen=True)
class ShownStep:
    id: str
    title: str
    form: StepForm
    primary: bool
    remark: str
    """What this step will do, where it cannot be taken back or others are told the reason."""


@dataclass(frozen=True)
class Statement:
    """The plain words on top: whose turn, what to do, how long."""

    turn: str
    mine: bool
    what_to_do: str
    state: str
    clock: ShownClock | None


def statement(case: Case, clocks: Sequence[ShownClock], *, mine: bool, language: str) -> Statement:
    state = State(case.state)
    running = [clock for clock in clocks if clock.running]
    return Statement(
        turn=Turn(case.turn).words.in_language(language),
        mine=mine and case.turn == Turn.OFFICER.value,
        what_to_do=_what_to_do(case, state).in_language(language),
        state=state.words.in_language(language),
        clock=running[0] if running else None,
    )


def _what_to_do(case: Case, state: State) -> Text:
    """What the state asks for; what was done is said only where it stands on the record."""
    if state is State.SUSPENDED and case.events.filter(kind="suit_confirmed").exists():
        return Text(
            ko="통관보류 중입니다. 권리자의 제소·조사신청 사실을 확인했습니다."
            " 감정과 법원·무역위원회의 판단을 기다립니다.",
            en="The goods are suspended, and the suit or application is confirmed. An appraisal and the decision of the"
            " court or the Trade Commission are awaited.",
        )
    if state is State.WITHDRAWN:
        told = case.notices.filter(template="choice_withdrawn").values_list("party__name", flat=True)
        names = ", ".join(sorted(set(told)))
        if names:
            also = Text(ko=f"{names}에 철회를 통지했습니다.", en=f"Told that the notice is withdrawn: {names}.")
        elif case.notices.exists():
            also = Text(ko="통지한 당사자에게 철회 통지를 보낼 예정입니다.", en="The notified parties will be told.")
        else:
            also = Text(ko="통지한 당사자가 없습니다.", en="Nobody had been notified.")
        said = state.means.to_do
        return Text(ko=f"{said.ko} {also.ko}", en=f"{said.en} {also.en}")
    return state.means.to_do


def shown_clock(clock: CaseClock, case: Case, now: datetime, language: str) -> ShownClock:
    law = law_version(case.law_version)
    rule = law.clock(clock.rule)
    end = clock.stopped_at or now
    used = (end - clock.started_at) / (clock.due_at - clock.started_at)
    if clock.stopped_at:
        left = _STOPPED[clock.stopped_by]
        badge = Badge("plain", left.in_language(language))
    else:
        days = time_left(clock, case.law_version, now)
        left = _left(days.business_days, days.over)
        tone = "bad" if days.over else "unsure" if days.business_days <= NEAR_DAYS else "good"
        word = (
            Text(ko="지남", en="Over")
            if days.over
            else Text(ko="임박", en="Near")
            if tone == "unsure"
            else Text(ko="여유 있음", en="In time")
        )
        badge = Badge(tone, word.in_language(language))
    return ShownClock(
        title=rule.title.in_language(language),
        owner=Turn(clock.owner).words.in_language(language),
        ours=clock.owner == Turn.OFFICER.value,
        left=left.in_language(language),
        badge=badge,
        bar=round(min(1.0, max(0.0, used)) * 100, 1),
        last_day=last_day_of(clock.due_at),
        source=rule.source.in_language(language),
        links=[(one.words.in_language(language), one.url) for one in rule.sources],
        unverified=[one.unverified.in_language(language) for one in rule.sources if one.unverified],
        law=law.version,
        running=clock.stopped_at is None,
    )


_NOTHING = Text(ko="", en="")


def remark_of(step: Step, case: Case) -> Text:
    if step is Step.REOPEN and State(case.state) is State.NOTIFIED:
        return Text(
            ko="보낸 통지를 철회합니다. 권리자의 기한도 끝나며, 적으신 사유와 함께 당사자들에게 알립니다.",
            en="The notice is withdrawn and the holder's term ends; the parties are told, with your reason.",
        )
    return step.means.remark or _NOTHING


def shown_steps(forms: Mapping[Step, StepForm], case: Case, language: str) -> list[ShownStep]:
    """The steps that can be taken, the one that comes next first."""
    first = State(case.state).means.next_step
    shown = [
        ShownStep(
            id=step.value,
            title=step.words.in_language(language),
            form=form,
            primary=step == first,
            remark=remark_of(step, case).in_language(language),
        )
        for step, form in forms.items()
    ]
    return sorted(shown, key=lambda one: not one.primary)


@dataclass(frozen=True)
class ShownService:
    at: datetime
    way: Text
    proof: str


def shown_service(service: NoticeService | None) -> ShownService | None:
    return ShownService(service.served_at, WAYS[service.way], service.proof) if service else None


def declared(case: Case, language: str) -> list[tuple[str, str]]:
    """What was declared, as the page lists it."""
    return [(one.words.in_language(language), one.shown(getattr(case, one.name))) for one in OF_CASE]


def answer_title(answer: str, language: str) -> str:
    return Answer(answer).words.in_language(language)


def _left(days: int, over: bool) -> Text:
    if over:
        return Text(ko=f"{-days}영업일 지났습니다", en=f"{counted(-days, 'business day')} over")
    if days == 0:
        return Text(ko="오늘까지입니다", en="Ends today")
    return Text(ko=f"{days}영업일 남았습니다", en=f"{counted(days, 'business day')} left")
