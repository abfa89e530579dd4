"""A shadow trial in the form of a proof: its registration as a problem, and its cases without anything of the goods."""

from __future__ import annotations

from typing import Any

from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.problem import (
    EndpointSpec,
    InputKind,
    InputSpec,
    Metric,
    OutputSpec,
    PracticeSpec,
    Problem,
    Task,
    TruthSpec,
)
from pandok.core.lab.registration import Manifest, Registration
from pandok.core.lab.trial import TrialProtocol, TrialRegistration
from pandok.core.text import Text

PART = "confirm"
_TRUTH = Text(
    ko="통관 결과와 권리자 회신, 추첨한 무작위 확인으로 알게 된 것. 열어 보지 않은 물품은 맞은 것으로 세지 않습니다.",
    en="What clearance, the holder's answer and drawn random checks showed; goods that nobody opened count as nothing.",
)
_HOW = {
    "blind": Text(
        ko="같은 물품에서, 모델의 답을 보지 않고 업무 중에 결정함",
        en="On the same goods, at work, without seeing the model",
    ),
    "assisted": Text(
        ko="같은 담당자들이 같은 물품을 모델 도움 없이 읽고, 그 답을 잠금",
        en="The same officers read the same goods without the model, and the answer is locked",
    ),
}
_ALONE = Text(ko="담당자가 모델 도움 없이 낸 답", en="The officers' answers without the model's help")
_CLOSED = Text(
    ko="종결된 사건의 통관 결과, 감정, 권리자 회신, 사후 확인으로 알려진 것",
    en="What clearance, appraisal, the holder's answer or a later finding showed of closed cases",
)
_UNREAD = Text(
    ko="모두 읽지 못한 담당자는 통째로 빼고, 그 판독을 결측으로 셉니다.",
    en="A reader who does not finish is left out whole; those readings count as missing.",
)
_AT_THE_END = Text(
    ko="모든 판독이 끝나면 멈추며, 그때까지 아무도 결과를 보지 않습니다.",
    en="It stops when all readings are done; until then nobody sees a result.",
)
_STOPPING = Text(
    ko="등록한 경계를 넘거나 계획한 건수에 이르면 멈추며, 그때까지 아무도 모델의 답을 보지 않습니다.",
    en="It stops at a registered boundary or at the planned number; until then nobody sees what the model said.",
)
_PLAN = Text(ko="시험 계획에 적은 대로", en="As stated in the protocol of the trial")


def problem_of(trial: TrialRegistration) -> Problem:
    """The same problem whoever computes it: nothing in it comes from anywhere else than the locked registration."""
    plan = trial.protocol
    return Problem(
        id=f"trial-{trial.sha256[:24]}",
        title=_both(plan.title),
        question=_both(plan.question),
        owner=_both(trial.author),
        margin_reason=_both(plan.margin_reason),
        licence="-",
        input=InputSpec(kind=InputKind.IMAGE),
        output=OutputSpec(task=Task.EMBEDDING),
        endpoints=(EndpointSpec(metric=Metric.RECALL_AT_1, aim=plan.aim, margin=plan.margin),),
        alpha=2 * plan.alpha,
        planned_n=plan.planned_n,
        plan=_PLAN,
        most_missing_share=plan.most_missing_share,
        least_sandbox_level=1,
        **(_assisted(plan) if isinstance(plan, AssistedProtocol) else _blind(plan)),
    )


def _blind(plan: TrialProtocol) -> dict[str, Any]:
    return {
        "source": "live goods of the desk",
        "truth": TruthSpec(how=_TRUTH, wrong_share=plan.wrong_truth_share),
        "practice": PracticeSpec(what=plan.practice.words, how=_HOW[plan.mode]),
        "clustered": plan.clustered,
        "missing_rule": plan.unreadable_rule,
        "stopping_rule": _STOPPING,
    }


def _assisted(plan: AssistedProtocol) -> dict[str, Any]:
    return {
        "source": "closed cases of the desk",
        "truth": TruthSpec(how=_CLOSED, wrong_share=plan.wrong_truth_share),
        "practice": PracticeSpec(what=_ALONE, how=_HOW[plan.mode]),
        "clustered": True,
        "missing_rule": _UNREAD,
        "stopping_rule": _AT_THE_END,
    }


def registration_of(trial: TrialRegistration, *, site: str) -> Registration:
    """A trial has no sealed data: its manifest names the planned number, and the hash of what was locked."""
    problem = problem_of(trial)
    return Registration(
        problem=problem,
        manifest=Manifest(problem=problem.id, cases={PART: trial.protocol.planned_n}, root=trial.sha256),
        site=site,
        registered_by=trial.registered_by,
        registered_at=trial.registered_at,
        trial=trial,
    )


def _both(words: str) -> Text:
    return Text(ko=words, en=words)
