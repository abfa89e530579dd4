"""Customs on the requests of both sides: suspension granted or refused, its term extended, release refused; and going
on with clearance where the holder's own word allows it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases import clocks, terms
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move, note
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State, Turn

SUSPENDED = State.SUSPENDED.value
SUSPENSION_REFUSED, RELEASE_REFUSED = "suspension_refused", "release_refused"
ON_HOLDERS_WORD, TERM_EXTENDED = "went_on", "term_extended"


def suspend(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """Grant the holder's request. Both sides are told; the term for a suit counts from the day the holder is."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        _needs_request(case)
        move(case, State.SUSPENDED, by=Turn.OFFICER, actor=actor, reason=reason, now=now)
        return case


def refuse_suspension(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """Refuse it; both sides are told the reason and the remedies."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        _needs_request(case)
        move(
            case,
            State.NOT_SUSPENDED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            kind=SUSPENSION_REFUSED,
        )
        return case


def go_on(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """Go on with clearance before the holder's term ends, on the holder's own recorded answer. Raises RequestError
    where it gave none that allows this."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        word = terms.holders_own_word(case)
        if word is None:
            raise RequestError(
                Text(
                    ko="권리자가 통관을 계속해도 된다고 회신한 기록이 없습니다.",
                    en="The holder has recorded no answer that lets clearance go on.",
                ),
                Text(
                    ko="기한이 지나거나 권리자가 '정품임' 또는 요청하지 않음을 회신할 때까지 기다리십시오.",
                    en="Wait for the end of the term, or for the holder's own answer.",
                ),
                code="case.no_word",
            )
        if terms.pending_request(case) is not None:
            raise terms.request_waits()
        move(
            case,
            State.NOT_SUSPENDED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            kind=ON_HOLDERS_WORD,
            data={"answer": word},
        )
        return case


def extend_suit_term(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """Add the days of the law to the term for a suit, once, where the holder asked for it and could not sue in time."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        law = law_version(case.law_version)
        rule = law.clock(clocks.SUIT_CLOCK)
        clock = next(iter(clocks.running(case, rule.id)), None)
        if clock is None or clock.due_at <= now or clock.extended_days or not rule.extension_days:
            raise RequestError(
                Text(ko="연장할 수 있는 기한이 없습니다.", en="There is no term that can be extended."),
                Text(
                    ko=f"진행 중인 제소 입증 기한만 한 번, {rule.extension_days}일 연장할 수 있습니다.",
                    en="Only the running term for a suit can be extended, once, by "
                    f"{counted(rule.extension_days, 'day')}.",
                ),
                code="suit.no_extension",
            )
        before = clock.due_at
        clock.extended_days = rule.extension_days
        clock.due_at = clocks.end_of(clock, rule, office_days(law))
        clock.save(update_fields=["extended_days", "due_at"])
        note(
            case,
            TERM_EXTENDED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"rule": rule.id, "due_before": before.isoformat(), "due_at": clock.due_at.isoformat()},
            changes={"due_at": clocks.next_due(case)},
        )
        return case


def refuse_release(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """Refuse the importer's request for release; both sides are told the reason and the remedies."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        asked = clocks.running(case, clocks.REVIEW_CLOCK)
        if not asked:
            raise RequestError(
                Text(ko="심사할 통관 허용 요청이 없습니다.", en="There is no request for release to decide."),
                Text(ko="수입자의 의견과 기한을 확인하십시오.", en="Look at the importer's statements and the terms."),
                code="release.none",
            )
        for clock in asked:
            clocks.stop(clock, clocks.MET, now)
        note(
            case,
            RELEASE_REFUSED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            changes={"due_at": clocks.next_due(case), "turn": resting_turn(case).value},
        )
        return case


def acknowledge(*, case: Case, actor: Account, now: datetime, reason: str = "") -> Case:
    """The officer has looked at what came in: it is again the turn of whom the case waits for."""
    with transaction.atomic():
        case = locked(case.id)
        came_in = clocks.running(case, clocks.LOOK_CLOCK)
        if not came_in:
            raise RequestError(
                Text(ko="새로 들어온 회신이나 의견이 없습니다.", en="Nothing new has come in."),
                Text(ko="이력에서 지금 상태를 확인하십시오.", en="See the history for how the case stands."),
                code="case.nothing_new",
            )
        for clock in came_in:
            clocks.stop(clock, clocks.MET, now)
        note(
            case,
            "acknowledged",
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            changes={"due_at": clocks.next_due(case), "turn": resting_turn(case).value},
        )
        return case


def resting_turn(case: Case) -> Turn:
    """Whom the case waits for once the officer has seen everything that came in."""
    if clocks.running(case, clocks.REVIEW_CLOCK, clocks.DECISION_CLOCK):
        return Turn.OFFICER
    return terms.turn_of(case)


def _needs_request(case: Case) -> None:
    if terms.pending_request(case) is None:
        raise RequestError(
            Text(ko="결정할 통관보류 요청이 없습니다.", en="There is no request for suspension to decide."),
            Text(ko="권리자가 요청한 뒤에 결정하십시오.", en="Decide once the holder has made a request."),
            code="suspension.none",
        )
