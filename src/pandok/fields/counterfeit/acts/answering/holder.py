"""The holder's side: an answer with a reason, a request for suspension with security."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.answering.acting_party import acting_party, in_time
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move, note
from pandok.fields.counterfeit.acts.cases.clocks import REQUEST_CLOCK
from pandok.fields.counterfeit.acts.cases.done_before import done_before
from pandok.fields.counterfeit.acts.cases.opening import no_choice
from pandok.fields.counterfeit.acts.cases.refusals import too_far
from pandok.fields.counterfeit.acts.cases.terms import request_stands
from pandok.fields.counterfeit.acts.notices.follow_up import ANSWERED
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, HolderAnswer
from pandok.fields.counterfeit.outcomes import Answer
from pandok.fields.counterfeit.states import State, Turn

LONGEST_REASON = 4000
MOST_VALUE_KRW = 10**12
DECLINED, WITHDRAWN = "suspension_declined", "request_withdrawn"


def answer_notice(*, case: Case, answer: Answer, actor: Account, reason: str, now: datetime, nonce: str) -> Case:
    """The holder answers. "Not my right" leads a notified case back to the officer; other answers move nothing, but
    every answer makes it the officer's turn.

    The last answer counts. Raises RequestError for who is not the holder, without a reason, after the decision.
    """
    with transaction.atomic():
        case = locked(case.id)
        if done_before(case, nonce):
            return case
        party = acting_party(case, actor, Turn.HOLDER)
        reason = given_words(reason)
        data = {"nonce": nonce, "answer": answer.value, "party": party.name}
        if answer is Answer.NOT_MY_RIGHT:
            if State(case.state) is not State.NOTIFIED:
                raise _too_far(case)
            move(
                case,
                State.READ,
                by=Turn.HOLDER,
                actor=actor,
                reason=reason,
                now=now,
                kind=ANSWERED,
                data=data,
                changes=no_choice(case),
            )
        else:
            note(case, ANSWERED, by=Turn.HOLDER, actor=actor, reason=reason, now=now, data=data)
        HolderAnswer.objects.create(
            case=case, party=party, answer=answer.value, reason=reason, answered_by=actor, at=now
        )
        return case


def security_krw(value_krw: int, percent: int) -> int:
    """The security for goods of this value, rounded up to a whole won.

    >>> security_krw(1001, 120)
    1202
    """
    return -(-value_krw * percent // 100)


def request_suspension(
    *, case: Case, value_krw: int, undertakes: bool, actor: Account, reason: str, now: datetime, nonce: str
) -> Case:
    """The holder requests suspension and undertakes to provide security in the share that the law names."""
    with transaction.atomic():
        case = locked(case.id)
        if done_before(case, nonce):
            return case
        party = acting_party(case, actor, Turn.HOLDER)
        in_time(case, REQUEST_CLOCK, now)
        reason = given_words(reason)
        percent = law_version(case.law_version).security_percent
        if not undertakes:
            raise _no_undertaking(percent)
        if not 1 <= value_krw <= MOST_VALUE_KRW:
            raise _no_value()
        move(
            case,
            State.SUSPENSION_REQUESTED,
            by=Turn.HOLDER,
            actor=actor,
            reason=reason,
            now=now,
            data={
                "nonce": nonce,
                "party": party.name,
                "value_krw": value_krw,
                "security_percent": percent,
                "security_krw": security_krw(value_krw, percent),
            },
        )
        return case


def make_no_request(*, case: Case, actor: Account, reason: str, now: datetime, nonce: str) -> Case:
    """The holder says that it requests no suspension, or takes its request back: its own word ends its own term."""
    with transaction.atomic():
        case = locked(case.id)
        if done_before(case, nonce):
            return case
        party = acting_party(case, actor, Turn.HOLDER)
        reason = given_words(reason)
        move(
            case,
            State.NOT_SUSPENDED,
            by=Turn.HOLDER,
            actor=actor,
            reason=reason,
            now=now,
            kind=WITHDRAWN if request_stands(case) else DECLINED,
            data={"nonce": nonce, "party": party.name},
        )
        return case


def _too_far(case: Case) -> RequestError:
    return too_far(
        Text(
            ko=f"사건이 이미 '{State(case.state).words.ko}' 상태입니다.",
            en=f"The case is '{State(case.state).words.en}' already.",
        ),
        Text(
            ko="다른 답변을 고르거나, 감정 결과에 '다른 권리에 해당'을 고르십시오.",
            en="Choose another answer, or an appraisal with the finding 'Concerns another right'.",
        ),
    )


def _no_undertaking(percent: int) -> RequestError:
    return RequestError(
        Text(
            ko=f"물품 가격의 {percent}퍼센트 담보 제공에 동의하지 않으셨습니다.",
            en=f"The undertaking of security of {percent} per cent is missing.",
        ),
        Text(ko="담보 제공에 동의하고 다시 요청하십시오.", en="Tick the undertaking and request again."),
        code="suspension.no_undertaking",
    )


def _no_value() -> RequestError:
    return RequestError(
        Text(ko="물품 가격이 올바르지 않습니다.", en="The value of the goods is not right."),
        Text(ko="원 단위의 숫자로 적으십시오.", en="Write it in whole won."),
        code="suspension.no_value",
    )
