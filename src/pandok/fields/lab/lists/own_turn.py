"""What waits for one person in the lab: each step that only this role can take now, the longest wait first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pandok.common.models import Account
from pandok.core.deletion import DeletionState
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.scoring.releasing import has_a_part_in
from pandok.fields.lab.models import (
    AcceptanceTest,
    Deposit,
    ExportRequest,
    ProblemPack,
    ProofRecord,
    Run,
    ShadowTrial,
    Submission,
    VaultDeletion,
)
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.acceptance_states import AcceptanceState
from pandok.fields.lab.states.export_states import ExportState
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.states.trial_states import JUDGED, TrialState

LOOKED_AT = 200
"""Of each kind; more than one person has in hand."""
EXPIRES_SOON = timedelta(days=30)
REFUSED_LATELY = timedelta(days=14)


class Step(StrEnum):
    """What there is to do; the page knows where."""

    LOCK = "lock"
    VOTE_RESULT = "vote_result"
    PROVE = "prove"
    PROVE_TRIAL = "prove_trial"
    VOTE_EXPORT = "vote_export"
    RELEASE_EXPORT = "release_export"
    MEND_EXPORT = "mend_export"
    DECIDE_ACCEPTANCE = "decide_acceptance"
    REGISTER_TRIAL = "register_trial"
    START_TRIAL = "start_trial"
    UNBLIND_TRIAL = "unblind_trial"
    JUDGE_TRIAL = "judge_trial"
    HAND_OVER_TRIAL = "hand_over_trial"
    ANSWER_TRIAL = "answer_trial"
    CONFIRM_DELETION = "confirm_deletion"
    EXPIRING = "expiring"
    FAILED_RUN = "failed_run"
    MEND_SUBMISSION = "mend_submission"
    ASK_CONFIRM = "ask_confirm"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Step.LOCK: Text(ko="평가 계획을 사전등록할 과제", en="A protocol to lock"),
    Step.VOTE_RESULT: Text(ko="공개 여부를 심사할 결과", en="A result to vote on"),
    Step.PROVE: Text(ko="입증서를 만들 결과", en="A released result without proof"),
    Step.PROVE_TRIAL: Text(ko="입증서를 만들 시험", en="A judged trial without proof"),
    Step.VOTE_EXPORT: Text(ko="심사할 반출 신청", en="An export to review"),
    Step.RELEASE_EXPORT: Text(ko="승인되어 내보낼 반출", en="An approved export to release"),
    Step.MEND_EXPORT: Text(ko="보완 요청을 받은 반출 신청", en="An export that was returned to you"),
    Step.DECIDE_ACCEPTANCE: Text(ko="수용 여부를 결정할 입증서", en="An acceptance test to decide"),
    Step.REGISTER_TRIAL: Text(ko="사전등록할 시험", en="A trial to register"),
    Step.START_TRIAL: Text(ko="시작할 시험", en="A trial to start"),
    Step.UNBLIND_TRIAL: Text(ko="눈가림을 해제할 시험", en="A trial to unblind"),
    Step.JUDGE_TRIAL: Text(ko="판정할 시험", en="A trial to judge"),
    Step.HAND_OVER_TRIAL: Text(ko="인계할 시험", en="A trial to hand over"),
    Step.ANSWER_TRIAL: Text(ko="수용 여부를 답할 시험", en="A trial result to accept or refuse"),
    Step.CONFIRM_DELETION: Text(ko="두 번째로 확인할 파기", en="A deletion to confirm as the second person"),
    Step.EXPIRING: Text(ko="기한이 다가오는 기탁 자료", en="A deposit whose term ends soon"),
    Step.FAILED_RUN: Text(ko="실증랩 장애로 멈춘 실행", en="A run that the lab failed"),
    Step.MEND_SUBMISSION: Text(ko="고쳐서 다시 제출할 모델", en="A submission to correct"),
    Step.ASK_CONFIRM: Text(ko="확인 세트 실행을 요청할 수 있는 모델", en="A model whose confirm run may be asked for"),
}


@dataclass(frozen=True)
class Waits:
    """`about` names the thing, `id` is what its page is found by."""

    step: Step
    about: Text
    id: str
    since: datetime


def own_turn(account: Account, now: datetime) -> list[Waits]:
    """Everything that waits for `account`, the oldest first. Nothing that the account may not see or do."""
    found: list[Waits] = []
    for action, steps in _BY_ACTION:
        if account.may(action):
            found += steps(account, now)
    return sorted(found, key=lambda one: one.since)


def _to_lock(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    packs = ProblemPack.objects.filter(registrations=None).exclude(owner=account)
    for pack in packs[:LOOKED_AT]:
        yield Waits(Step.LOCK, pack.problem.title, str(pack.pk), pack.brought_at)


def _to_vote(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    waiting = Run.objects.filter(state=RunState.AWAITING_RELEASE.value).exclude(release_votes__by=account)
    for run in waiting.select_related("submission", "registration__pack").order_by("state_since")[:LOOKED_AT]:
        if not has_a_part_in(run, account):
            yield Waits(Step.VOTE_RESULT, _of_run(run), str(run.pk), run.state_since)


def _to_prove(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    released = Run.objects.filter(
        state=RunState.RELEASED.value, part=Part.CONFIRM.value, comparison__isnull=False
    ).select_related("submission", "registration__pack")
    made = set(ProofRecord.objects.filter(origin=ProofRecord.MADE).values_list("run_id", flat=True))
    for run in released.order_by("state_since")[:LOOKED_AT]:
        if str(run.pk) not in made and not has_a_part_in(run, account):
            yield Waits(Step.PROVE, _of_run(run), str(run.pk), run.state_since)


def _trials_to_prove(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    judged = ShadowTrial.objects.filter(state__in=[state.value for state in JUDGED]).exclude(report={})
    made = set(ProofRecord.objects.filter(origin=ProofRecord.MADE).values_list("run_id", flat=True))
    for trial in judged.order_by("state_since")[:LOOKED_AT]:
        if str(trial.pk) not in made:
            yield Waits(Step.PROVE_TRIAL, _plain(trial.any_plan.title), str(trial.pk), trial.state_since)


def _exports_to_review(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    open_ones = ExportRequest.objects.exclude(author=account).filter(
        state__in=[ExportState.SUBMITTED.value, ExportState.PARTIALLY_REVIEWED.value]
    )
    for one in open_ones.prefetch_related("votes").order_by("state_since")[:LOOKED_AT]:
        if not any(vote.voter_id == account.pk and vote.sums == one.sums for vote in one.votes.all()):
            yield Waits(Step.VOTE_EXPORT, _plain(f"{one.number} {one.title}"), str(one.pk), one.state_since)
    approved = ExportRequest.objects.exclude(author=account).filter(state=ExportState.APPROVED.value)
    for one in approved.order_by("state_since")[:LOOKED_AT]:
        yield Waits(Step.RELEASE_EXPORT, _plain(f"{one.number} {one.title}"), str(one.pk), one.state_since)


def _own_exports(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    for one in ExportRequest.objects.filter(author=account, state=ExportState.RETURNED.value)[:LOOKED_AT]:
        yield Waits(Step.MEND_EXPORT, _plain(f"{one.number} {one.title}"), str(one.pk), one.state_since)


def _to_decide(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    measured = AcceptanceTest.objects.filter(state=AcceptanceState.MEASURED).select_related("proof")
    for test in measured.order_by("measured_at")[:LOOKED_AT]:
        since = test.measured_at or test.registered_at
        yield Waits(Step.DECIDE_ACCEPTANCE, test.proof.statement.title, str(test.proof_id), since)
    yield from _trials({TrialState.HANDED_OVER: Step.ANSWER_TRIAL})


def _trials_of_evaluators(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    yield from _trials({TrialState.DRAFT: Step.REGISTER_TRIAL}, but_of=account)
    yield from _trials(
        {
            TrialState.REGISTERED: Step.START_TRIAL,
            TrialState.STOPPED_HARM: Step.UNBLIND_TRIAL,
            TrialState.STOPPED_BENEFIT: Step.UNBLIND_TRIAL,
            TrialState.COMPLETED: Step.UNBLIND_TRIAL,
            TrialState.UNBLINDED: Step.JUDGE_TRIAL,
            TrialState.VERDICT: Step.HAND_OVER_TRIAL,
        }
    )


def _trials(steps: dict[TrialState, Step], *, but_of: Account | None = None) -> Iterator[Waits]:
    found = ShadowTrial.objects.filter(state__in=[state.value for state in steps]).order_by("state_since")
    if but_of is not None:
        found = found.exclude(author=but_of)
    for trial in found[:LOOKED_AT]:
        yield Waits(steps[TrialState(trial.state)], _plain(trial.any_plan.title), str(trial.pk), trial.state_since)


def _deletions(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    planned = VaultDeletion.objects.filter(state=DeletionState.PLANNED).exclude(planned_by=account)
    for one in planned.select_related("deposit")[:LOOKED_AT]:
        yield Waits(Step.CONFIRM_DELETION, _plain(f"{one.number} {one.deposit.name}"), str(one.pk), one.planned_at)


def _expiring(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    soon = Deposit.objects.filter(keys_destroyed_at=None, expires_at__gt=now, expires_at__lte=now + EXPIRES_SOON)
    for one in soon.order_by("expires_at")[:LOOKED_AT]:
        yield Waits(Step.EXPIRING, _plain(one.name), str(one.pk), one.expires_at - EXPIRES_SOON)


def _failed(account: Account, now: datetime) -> Iterator[Waits]:  # noqa: ARG001
    failed = Run.objects.filter(state=RunState.FAILED_LAB.value).select_related("submission", "registration__pack")
    for run in failed.order_by("state_since")[:LOOKED_AT]:
        later = run.submission.runs.filter(part=run.part, queued_at__gt=run.queued_at).exists()
        if not later:
            yield Waits(Step.FAILED_RUN, _of_run(run), str(run.pk), run.state_since)


def _of_submitters(account: Account, now: datetime) -> Iterator[Waits]:
    own = Submission.objects.filter(submitter=organisation_of(account).key).select_related("pack")
    refused = own.exclude(refusals=[]).filter(received_at__gt=now - REFUSED_LATELY)
    for one in refused[:LOOKED_AT]:
        if not own.filter(pack=one.pack, received_at__gt=one.received_at).exists():
            yield Waits(Step.MEND_SUBMISSION, _of_submission(one), str(one.pk), one.received_at)
    confirmed = set(own.filter(runs__part=Part.CONFIRM.value).values_list("pack_id", flat=True))
    released = own.filter(runs__part=Part.FEEDBACK.value, runs__state=RunState.RELEASED.value).distinct()
    for one in released.exclude(pack_id__in=confirmed)[:LOOKED_AT]:
        yield Waits(Step.ASK_CONFIRM, _of_submission(one), str(one.pk), one.received_at)


_BY_ACTION = (
    (Action.REGISTER_PROTOCOLS, _to_lock),
    (Action.RELEASE_RESULTS, _to_vote),
    (Action.MAKE_PROOFS, _to_prove),
    (Action.MAKE_PROOFS, _trials_to_prove),
    (Action.REVIEW_EXPORTS, _exports_to_review),
    (Action.REQUEST_EXPORTS, _own_exports),
    (Action.DEFINE_PROBLEMS, _to_decide),
    (Action.REGISTER_PROTOCOLS, _trials_of_evaluators),
    (Action.WITNESS_VAULT_DELETION, _deletions),
    (Action.DEPOSIT_DATA, _expiring),
    (Action.OPERATE_LAB, _failed),
    (Action.SUBMIT_MODELS, _of_submitters),
)


def _of_run(run: Run) -> Text:
    title = run.registration.pack.problem.title
    model = f"{run.submission.name} {run.submission.version}"
    return Text(ko=f"{title.ko} · {model}", en=f"{title.en} · {model}")


def _of_submission(one: Submission) -> Text:
    title, model = one.pack.problem.title, f"{one.name} {one.version}".strip() or "–"
    return Text(ko=f"{title.ko} · {model}", en=f"{title.en} · {model}")


def _plain(words: str) -> Text:
    return Text(ko=words, en=words)
