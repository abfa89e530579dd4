"""What the lab's operator does with runs: cancel one that nobody has scored, run one again that the lab failed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.common.records.lifecycle import Overtaken
from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.fields.lab.acts.allowed import must
from pandok.fields.lab.acts.budget.budget import check_budget
from pandok.fields.lab.acts.runs.run_moves import move, queue_run
from pandok.fields.lab.models import Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState, may_move


def cancel_run(*, run: Run, reason: str, actor: Account, now: datetime) -> Run:
    """The run ends here and is not charged; a worker that holds it loses it. Raises RequestError."""
    must(actor, Action.OPERATE_LAB)
    reason = checked_reason(reason)
    if not may_move(run.stands, RunState.CANCELLED):
        raise _too_late(run)
    try:
        return move(run, RunState.CANCELLED, now=now, actor=actor, reason=reason, ended_at=now, charged=False)
    except Overtaken as error:
        raise _too_late(Run.objects.get(pk=run.pk)) from error


def run_again(*, run: Run, reason: str, actor: Account, now: datetime) -> Run:
    """A new run of the same submission on the same part, in place of one that the lab failed. Raises RequestError.

    The failed one stays as it is; asked twice, the second finds the first's run.
    """
    must(actor, Action.OPERATE_LAB)
    reason = checked_reason(reason)
    with transaction.atomic():
        run = locked(Run, run.pk)
        if run.stands is not RunState.FAILED_LAB:
            raise RequestError(
                Text(ko="실증랩 장애로 끝난 실행이 아닙니다.", en="This run did not end by a fault of the lab."),
                Text(ko="제출기관이 새로 제출하여야 합니다.", en="The submitter sends a new submission."),
                code="lab.run_again",
            )
        same = Run.objects.filter(submission=run.submission_id, registration=run.registration_id, part=run.part)
        later = same.exclude(state=RunState.FAILED_LAB.value).first()
        if later is not None:
            return later
        check_budget(registration=run.registration, submitter=run.submitter, part=Part(run.part))
        return queue_run(
            submission=run.submission,
            registration=run.registration,
            part=Part(run.part),
            actor=actor,
            reason=reason,
            now=now,
        )


def _too_late(run: Run) -> RequestError:
    return RequestError(
        Text(
            ko=f"이미 '{run.stands.words.ko}' 단계여서 취소할 수 없습니다.",
            en=f"It stands at “{run.stands.words.en}” and can no longer be cancelled.",
        ),
        Text(ko="화면을 새로 여십시오.", en="Load the page again."),
        code="lab.too_late",
    )
