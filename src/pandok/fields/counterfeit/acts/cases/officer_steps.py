"""What an officer can do in a case now, and doing it: once for a form, and only while the case is as it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import clocks, deciding, suspending
from pandok.fields.counterfeit.acts.cases.moving import locked, no_reason
from pandok.fields.counterfeit.acts.cases.offered_reasons import check_can_be_true, suspension_requested
from pandok.fields.counterfeit.acts.cases.opening import attach_reading
from pandok.fields.counterfeit.acts.cases.seen_and_once import check_unchanged, take_form
from pandok.fields.counterfeit.acts.cases.withdrawing import withdraw_case
from pandok.fields.counterfeit.law import terms
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn, ways_from
from pandok.fields.designs.models import ReadingRecord

Kind = TypeVar("Kind", bound=StrEnum)


class Step(StrEnum):
    CHOOSE = "choose"
    NOTHING_CLOSE = "nothing_close"
    REOPEN = "reopen"
    READ_AGAIN = "read_again"
    ACKNOWLEDGE = "acknowledge"
    SUSPEND = "suspend"
    REFUSE_SUSPENSION = "refuse_suspension"
    EXTEND_SUIT = "extend_suit"
    GO_ON = "go_on"
    REFUSE_RELEASE = "refuse_release"
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
    Step.ACKNOWLEDGE: Text(ko="회신·의견 확인", en="Mark as seen"),
    Step.SUSPEND: Text(ko="통관보류 결정", en="Suspend the goods"),
    Step.REFUSE_SUSPENSION: Text(ko="통관보류 요청 불수용", en="Refuse the suspension"),
    Step.EXTEND_SUIT: Text(ko="제소 입증 기한 연장", en="Extend the term for a suit"),
    Step.GO_ON: Text(ko="권리자 회신에 따라 통관 진행", en="Go on as the holder answered"),
    Step.REFUSE_RELEASE: Text(ko="통관 허용 요청 불수용", en="Refuse the release"),
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
    Step.SUSPEND: State.SUSPENDED,
    Step.REFUSE_SUSPENSION: State.NOT_SUSPENDED,
    Step.GO_ON: State.NOT_SUSPENDED,
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
    return tuple(step for step in Step if _open_now(step, case))


def _open_now(step: Step, case: Case) -> bool:
    start = State(case.state)
    if step in _LEADS_TO and _LEADS_TO[step] not in ways_from(start, Turn.OFFICER):
        return False
    if step is Step.WITHDRAW:
        return not suspension_requested(case)
    if step is Step.REOPEN:
        return start is not State.READ
    if step is Step.READ_AGAIN:
        return start is State.READ and newer_reading(case) is not None
    if step is Step.ACKNOWLEDGE:
        return bool(clocks.running(case, clocks.LOOK_CLOCK))
    if step in (Step.SUSPEND, Step.REFUSE_SUSPENSION):
        return terms.pending_request(case) is not None
    if step is Step.EXTEND_SUIT:
        return any(not clock.extended_days for clock in clocks.running(case, clocks.SUIT_CLOCK))
    if step is Step.GO_ON:
        return terms.holders_own_word(case) is not None and terms.pending_request(case) is None
    if step is Step.REFUSE_RELEASE:
        return bool(clocks.running(case, clocks.REVIEW_CLOCK))
    if step is Step.DECIDE:
        waits = bool(clocks.running(case, clocks.REQUEST_CLOCK)) and terms.holders_own_word(case) is None
        return terms.pending_request(case) is None and not waits
    return True


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


def check_step(*, case: Case, step: Step, details: Details, actor: Account, reason: str, seen: str) -> None:
    """Whether a step may be asked for once more: all that can be told without taking it. Raises as `take_step`."""
    if Turn.OFFICER not in turns_in(actor, case):
        raise not_yours()
    check_unchanged(case, seen)
    if not reason.strip():
        raise no_reason()
    check_can_be_true(case, reason)
    if step is Step.DECIDE:
        _chosen(Disposition, details.disposition)


def newer_reading(case: Case) -> ReadingRecord | None:
    """A later reading of the same photographs that the case does not rest on yet."""
    newest = ReadingRecord.objects.filter(signal_id=case.signal_id).order_by("-read_at").defer("value").first()
    return newest if newest is not None and newest.id != case.reading_id else None


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
        return attach_reading(case=case, reading=reading, actor=actor, now=now, reason=reason) if reading else case
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
        Step.ACKNOWLEDGE: suspending.acknowledge,
        Step.SUSPEND: suspending.suspend,
        Step.REFUSE_SUSPENSION: suspending.refuse_suspension,
        Step.EXTEND_SUIT: suspending.extend_suit_term,
        Step.GO_ON: suspending.go_on,
        Step.REFUSE_RELEASE: suspending.refuse_release,
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
