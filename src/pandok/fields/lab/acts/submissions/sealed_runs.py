"""Sealed runs are asked for within the budget: of the feedback part on receipt, of the confirm set once, on request."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.fields.lab.acts.allowed import must
from pandok.fields.lab.acts.budget.budget import check_budget
from pandok.fields.lab.acts.budget.company_lock import one_after_another
from pandok.fields.lab.acts.budget.earlier_openings import opened_before
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.runs.run_moves import queue_run
from pandok.fields.lab.models import LockedRegistration, ProblemPack, Run, Submission
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState


def ask_confirmation(*, submission: Submission, actor: Account, now: datetime) -> Run:
    """Queue the run on the confirm set. Raises RequestError where it may not be, or not yet."""
    must(actor, Action.SUBMIT_MODELS)
    if submission.submitter != organisation_of(actor).key or not submission.accepted:
        raise _no_confirmation()
    scored = submission.runs.filter(part=Part.FEEDBACK.value, state=RunState.RELEASED.value).exists()
    if not scored:
        raise _no_confirmation()
    with transaction.atomic():
        return ask_run(submission, registration_of(submission.pack), Part.CONFIRM, actor, now)


def ask_run(submission: Submission, registration: LockedRegistration, part: Part, actor: Account, now: datetime) -> Run:
    """Two uploads at one moment wait for each other here, so that neither overdraws."""
    one_after_another()
    check_budget(registration=registration, submitter=submission.submitter, part=part, now=now)
    if part is Part.CONFIRM:
        _check_fresh(registration)
    return queue_run(submission=submission, registration=registration, part=part, actor=actor, reason="", now=now)


def _check_fresh(registration: LockedRegistration) -> None:
    """The same cases may stand in two registrations that were both locked before either was opened."""
    before = opened_before(registration.pack)
    if before.opened and before.fresh < registration.registration.problem.planned_n:
        raise RequestError(
            Text(
                ko="확인 세트의 사례가 그 사이 다른 과제에서 열려, 새 사례가 계획한 수보다 적습니다.",
                en="Confirm cases were opened under another problem since; fewer fresh ones are left than planned.",
            ),
            Text(
                ko="새 확인 자료로 다시 등록하도록 평가기관에 요청하십시오.",
                en="Ask the evaluator for a registration with fresh confirm cases.",
            ),
            code="lab.confirm_seen",
            opened=before.opened,
            of=before.of,
        )


def registration_of(pack: ProblemPack) -> LockedRegistration:
    """Raises RequestError where the protocol was not locked yet."""
    registration = pack.locked
    if registration is None:
        raise RequestError(
            Text(ko="아직 평가 계획이 등록되지 않은 과제입니다.", en="The protocol of this problem is not registered."),
            Text(ko="등록이 끝나면 제출할 수 있습니다.", en="Models can be submitted once it is."),
            code="lab.not_registered",
        )
    return registration


def _no_confirmation() -> RequestError:
    return RequestError(
        Text(ko="확인 세트로 실행할 수 없는 제출입니다.", en="This submission cannot be run on the confirm set."),
        Text(
            ko="공개된 결과가 있는 자기 기관의 제출만 확인 세트로 실행합니다.",
            en="Only your own submission with a released result goes to the confirm set.",
        ),
        code="lab.no_confirmation",
    )
