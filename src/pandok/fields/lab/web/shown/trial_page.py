"""A trial as its page shows it: the protocol in words, the blind counts, and what this person may do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from pandok.common.models import Account
from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import TrialProtocol
from pandok.core.text import Text, counted
from pandok.fields.lab.acts.shadow.blind_counts import BlindCounts
from pandok.fields.lab.acts.trials.trial_moves import movers_of
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState, moves_of

_S = TrialState
_ADDRESS = {
    _S.REGISTERED: "trial_register",
    _S.UNBLINDED: "trial_unblind",
    _S.VERDICT: "trial_judge",
    _S.HANDED_OVER: "trial_hand_over",
    _S.ACCEPTED: "trial_answer",
    _S.REFUSED: "trial_answer",
}
_BUTTONS = {
    _S.REGISTERED: Text(ko="계획을 잠그고 등록하기", en="Lock and register the protocol"),
    _S.RUNNING: Text(ko="시험 시작하기", en="Start the trial"),
    _S.COMPLETED: Text(ko="계획 전에 끝내기", en="End it before the plan"),
    _S.UNBLINDED: Text(ko="눈가림 풀기", en="Unblind"),
    _S.VERDICT: Text(ko="판정 내기", en="Give the verdict"),
    _S.HANDED_OVER: Text(ko="판정 인계하기", en="Hand the verdict over"),
    _S.ACCEPTED: Text(ko="우리 기관에 수용하기", en="Accept it for our site"),
    _S.REFUSED: Text(ko="수용하지 않기", en="Do not accept it"),
    _S.EXPIRED: Text(ko="만료 처리하기", en="Let it expire"),
}
_PRIMARY = frozenset({_S.REGISTERED, _S.RUNNING, _S.UNBLINDED, _S.VERDICT, _S.HANDED_OVER, _S.ACCEPTED})


@dataclass(frozen=True)
class ShownStep:
    to: str
    words: str
    address: str
    primary: bool


def steps_for(account: Account, trial: ShadowTrial, language: str) -> list[ShownStep]:
    """The moves that this person may take now; nobody registers what they wrote."""
    return [
        ShownStep(
            to.value,
            _BUTTONS[to].in_language(language),
            reverse(_ADDRESS.get(to, "trial_move"), args=[trial.id]),
            to in _PRIMARY,
        )
        for to in moves_of(TrialState(trial.state), movers_of(account))
        if to in _BUTTONS and not (to is _S.REGISTERED and trial.author_id == account.pk)
    ]


Row = tuple[str, str, str]
"""Label, value, and the key of the label's term in the glossary, or ""."""
_TERMS = {
    "Compared with": "practice",
    "Reason of the margin": "margin",
    "Error of the primary analysis": "alpha",
    "Error, one-sided": "alpha",
    "Error of the monitor": "monitor",
    "Random checks of goods let go": "random_check",
    "Drawn for a check / checked": "random_check",
    "Most missing truths": "missing",
    "Most missing readings": "missing",
    "Most out of order": "out_of_order",
    "Out of order": "out_of_order",
    "Truths that may be wrong": "truth_noise",
    "By site and day": "cluster",
    "Answers committed": "commitment",
    "Answers of the model sealed": "commitment",
    "Days between the rounds": "washout",
}


def protocol_rows(plan: TrialProtocol, language: str) -> list[Row]:
    """The protocol."""
    aim = (
        Text(ko=f"{points(plan.margin)} %p 넘게 나쁘지 않음", en=f"Not worse by more than {points(plan.margin)} points")
        if plan.aim is Aim.NON_INFERIORITY
        else Text(ko="더 나음", en="Better")
    )
    yes, no = Text(ko="예", en="Yes"), Text(ko="아니요", en="No")
    every = Text(ko="모든 세관", en="All sites")
    rows: list[tuple[Text, Text | str]] = [
        (Text(ko="비교 대상", en="Compared with"), plan.practice.words),
        (Text(ko="목표", en="Aim"), aim),
        (Text(ko="마진의 이유", en="Reason of the margin"), plan.margin_reason),
        (Text(ko="계획 건수", en="Planned cases"), f"{plan.planned_n:,}"),
        (Text(ko="본분석 오류율(단측)", en="Error of the primary analysis"), f"{plan.primary_alpha:.4g}"),
        (Text(ko="감시 오류율(단측)", en="Error of the monitor"), f"{plan.monitor_alpha:.4g}"),
        (Text(ko="열등 중단 오류율", en="Error of stopping for harm"), f"{plan.harm_alpha:.4g}"),
        (Text(ko="우수하면 일찍 멈춤", en="Stops early for benefit"), yes if plan.stop_for_benefit else no),
        (
            Text(ko="내보낸 물품의 무작위 확인", en="Random checks of goods let go"),
            f"{points(plan.audit_probability)}%",
        ),
        (
            Text(ko="사실 확인 기한", en="Waits for the truth"),
            Text(ko=f"{plan.truth_within_days}일", en=f"{counted(plan.truth_within_days, 'day')}"),
        ),
        (Text(ko="결측 한도", en="Most missing truths"), f"{points(plan.most_missing_share)}%"),
        (Text(ko="순서 어긋남 한도", en="Most out of order"), f"{points(plan.most_out_of_order_share)}%"),
        (Text(ko="정답 오류 가정", en="Truths that may be wrong"), f"{points(plan.wrong_truth_share)}%"),
        (Text(ko="세관·날짜별 분석", en="By site and day"), yes if plan.clustered else no),
        (Text(ko="참여 세관", en="Sites"), ", ".join(plan.sites) or every),
        (Text(ko="시험용 계정", en="Accounts of testers"), ", ".join(plan.testers) or "–"),
        (Text(ko="제외 기준", en="Left out"), plan.exclusions),
        (Text(ko="읽지 못한 물품", en="Unreadable goods"), plan.unreadable_rule),
    ]
    return in_rows(rows, language)


def count_rows(counts: BlindCounts, plan: TrialProtocol, language: str) -> list[Row]:
    rows: list[tuple[Text, Text | str]] = [
        (Text(ko="접수", en="Enrolled"), f"{counts.enrolled:,}"),
        (Text(ko="모델 답 봉인", en="Answers committed"), f"{counts.committed:,}"),
        (Text(ko="순서를 지킨 결정", en="Decisions in order"), f"{counts.in_order:,} / {plan.planned_n:,}"),
        (Text(ko="순서 어긋남", en="Out of order"), f"{counts.out_of_order:,}"),
        (Text(ko="시험용 계정의 결정", en="Decisions of testers"), f"{counts.by_testers:,}"),
        (Text(ko="판독기가 읽지 못함", en="Unreadable for the reader in use"), f"{counts.reader_unreadable:,}"),
        (Text(ko="내보낸 물품", en="Goods let go"), f"{counts.let_go:,}"),
        (
            Text(ko="무작위 확인 추첨 / 완료", en="Drawn for a check / checked"),
            f"{counts.drawn:,} / {counts.checked:,}",
        ),
    ]
    return in_rows(rows, language)


def in_rows(facts: Iterable[tuple[Text, Text | str]], language: str) -> list[Row]:
    """Facts of a trial in the language of the page, with the terms that they name."""
    return [(label.in_language(language), _said(value, language), _TERMS.get(label.en, "")) for label, value in facts]


def points(share: float) -> str:
    """A share in per cent, without needless digits.

    >>> points(0.05), points(0.025)
    ('5', '2.5')
    """
    return f"{round(100 * share, 4):g}"


def _said(value: Text | str, language: str) -> str:
    return value.in_language(language) if isinstance(value, Text) else value
