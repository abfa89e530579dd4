"""What an officer can do in a case now, and doing it: once for a form, and only while the case is as it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from pandok.core.cases.outcomes import Disposition, Finding
from pandok.core.cases.states import State, Turn, ways_from
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.desk.cases import deciding
from pandok.desk.cases.forms import check_unchanged, take_form
from pandok.desk.cases.moving import locked, move
from pandok.desk.cases.offered_reasons import suspension_requested
from pandok.desk.cases.opening import attach_reading
from pandok.desk.cases.visible import turns_in
from pandok.desk.cases.withdrawing import withdraw_case
from pandok.desk.models import Account, Case, ReadingRecord

Kind = TypeVar("Kind", bound=StrEnum)


class Step(StrEnum):
    CHOOSE = "choose"
    NOTHING_CLOSE = "nothing_close"
    REOPEN = "reopen"
    READ_AGAIN = "read_again"
    LAPSE = "lapse"
    APPRAISE = "appraise"
    DECIDE = "decide"
    CLOSE = "close"
    WITHDRAW = "withdraw"

    @property
    def words(self) -> Text:
        return _TITLES[self]


_TITLES: dict[Step, Text] = {
    Step.CHOOSE: Text(ko="이 후보를 고르기", en="Choose this candidate"),
    Step.NOTHING_CLOSE: Text(ko="유사 디자인 없음", en="Nothing close"),
    Step.REOPEN: Text(ko="후보 다시 고르기", en="Choose the candidate again"),
    Step.READ_AGAIN: Text(ko="새 판독으로 바꾸기", en="Take the newer reading"),
    Step.LAPSE: Text(ko="기한 경과로 처리", en="Let it lapse"),
    Step.APPRAISE: Text(ko="감정 결과 기록", en="Record the appraisal"),
    Step.DECIDE: Text(ko="처분 결정", en="Decide on the goods"),
    Step.CLOSE: Text(ko="사건 종결", en="Close the case"),
    Step.WITHDRAW: Text(ko="오접수로 취소", en="Withdraw: opened by mistake"),
}
_LEADS_TO: dict[Step, State] = {
    Step.CHOOSE: State.CANDIDATE_CHOSEN,
    Step.NOTHING_CLOSE: State.NOTHING_CLOSE,
    Step.REOPEN: State.READ,
    Step.READ_AGAIN: State.READ,
    Step.LAPSE: State.LAPSED,
    Step.APPRAISE: State.APPRAISED,
    Step.DECIDE: State.DECIDED,
    Step.CLOSE: State.CLOSED,
    Step.WITHDRAW: State.WITHDRAWN,
}


@dataclass(frozen=True)
class Details:
    """What a step needs beside its reason; each only for its own step."""

    design_id: str = ""
    finding: str = ""
    disposition: str = ""


def steps_for(account: Account, case: Case) -> tuple[Step, ...]:
    """The steps that this person may take now, in the order of the loop; the table of states is the only source."""
    if Turn.OFFICER not in turns_in(account, case):
        return ()
    start = State(case.state)
    ways = ways_from(start, Turn.OFFICER)
    steps = [step for step in Step if _LEADS_TO[step] in ways]
    if start is State.READ:
        steps.remove(Step.REOPEN)
    if start is not State.READ or newer_reading(case) is None:
        steps = [step for step in steps if step is not Step.READ_AGAIN]
    if suspension_requested(case):
        steps = [step for step in steps if step is not Step.WITHDRAW]
    return tuple(steps)


def take_step(
    *,
    case: Case,
    step: Step,
    details: Details,
    actor: Account,
    reason: str,
    now: datetime,
    seen: str,
    form: UUID,
) -> Case:
    """Take one step. The same `form` again changes nothing and gives the case as it is.

    Raises RequestError: case.not_yours, case.moved where it is no longer as `seen` (a stamp), and what the step raises.
    """
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        if not take_form(form, actor, now):
            return case
        check_unchanged(case, seen)
        return _take(case, step, details, actor, reason, now)


def newer_reading(case: Case) -> ReadingRecord | None:
    """A later reading of the same photographs that the case does not rest on yet."""
    newest = ReadingRecord.objects.filter(signal_id=case.signal_id).order_by("-read_at").defer("value").first()
    return newest if newest is not None and newest.id != case.reading_id else None


def let_lapse(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """The officer ends a term early, because the holder said that nothing will come."""
    with transaction.atomic():
        case = locked(case.id)
        move(case, State.LAPSED, by=Turn.OFFICER, actor=actor, reason=reason, now=now)
        return case


def not_yours() -> RequestError:
    return RequestError(
        Text(ko="이 사건을 맡고 있지 않습니다.", en="This case is not yours."),
        Text(ko="담당자나 감독자에게 요청하십시오.", en="Ask the officer in charge, or a supervisor."),
        code="case.not_yours",
    )


def _take(case: Case, step: Step, details: Details, actor: Account, reason: str, now: datetime) -> Case:
    if step is Step.CHOOSE:
        return deciding.choose_candidate(
            case=case, design_id=details.design_id.strip(), actor=actor, reason=reason, now=now
        )
    if step is Step.READ_AGAIN:
        reading = newer_reading(case)
        return attach_reading(case=case, reading=reading, actor=actor, now=now) if reading else case
    if step is Step.APPRAISE:
        finding = _chosen(Finding, details.finding)
        return deciding.record_appraisal(
            case=case, finding=finding, by=Turn.OFFICER, actor=actor, reason=reason, now=now
        )
    if step is Step.DECIDE:
        disposition = _chosen(Disposition, details.disposition)
        return deciding.decide(case=case, disposition=disposition, actor=actor, reason=reason, now=now)
    plain = {
        Step.NOTHING_CLOSE: deciding.say_nothing_close,
        Step.REOPEN: deciding.reopen_choice,
        Step.LAPSE: let_lapse,
        Step.CLOSE: deciding.close_case,
        Step.WITHDRAW: withdraw_case,
    }
    return plain[step](case=case, actor=actor, reason=reason, now=now)


def _chosen(kind: type[Kind], value: str) -> Kind:
    try:
        return kind(value)
    except ValueError as error:
        raise RequestError(
            Text(ko="결과를 고르지 않았습니다.", en="No outcome was chosen."),
            Text(ko="목록에서 하나를 고르십시오.", en="Choose one of the list."),
            code="case.no_outcome",
        ) from error
