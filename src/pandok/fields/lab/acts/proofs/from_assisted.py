"""What a proof says of an assisted trial: comparison and facts of its report, from the readings alone."""

from __future__ import annotations

from pandok.core.lab.comparison import Comparison, EndpointResult, Figure, Method
from pandok.core.lab.evidence import Measured
from pandok.core.lab.result_report import SectionKey
from pandok.core.lab.trial_as_problem import registration_of
from pandok.core.text import Text
from pandok.fields.lab.acts.assisted.integrity import assisted_faults
from pandok.fields.lab.acts.assisted.trial_report import evidence_of
from pandok.fields.lab.acts.scoring.result_words import plain
from pandok.fields.lab.models import ShadowTrial
from pandok.proof.assisted_verdict import judged_readers, right_answers, share_interval
from pandok.proof.sentences import sentences

Facts = dict[SectionKey, tuple[tuple[Text, Text], ...]]
_NOT_SHOWN = Text(
    ko="참여한 담당자와 비슷한 담당자가, 정답이 후보에 들어 있는 물품을 읽을 때의 결과입니다. 등록부 전체에서 찾는 "
    "일이나 다른 기관에서의 성능은 보이지 않습니다.",
    en="It holds for officers like those who read, on goods whose right design stands among those shown; it shows "
    "nothing about searching a whole register, or about another site.",
)


def assisted_comparison(trial: ShadowTrial) -> Comparison:
    plan = trial.assisted
    evidence = evidence_of(trial, intact=not assisted_faults(trial))
    found, right = judged_readers(evidence, plan), right_answers(evidence)
    problem = registration_of(trial.locked, site="-").problem
    spec = problem.endpoints[0]
    figures = [
        Figure(value=share, interval=share_interval(one, confidence=plan.confidence))
        for share, one in zip(found.shares, right, strict=True)
    ]
    endpoint = EndpointResult(
        metric=spec.metric,
        aim=spec.aim,
        margin=spec.margin,
        line=0.0 - spec.margin,
        cases=evidence.cases,
        model=figures[0],
        practice=figures[1],
        difference=evidence.difference,
        interval=found.interval,
        method=Method.READERS,
    )
    locked_on = trial.locked.registered_at.date()
    broken = found.conditions.broken()
    said = sentences(problem, [endpoint], (), found.verdict, broken, evidence.cases, locked_on)
    return Comparison(
        problem=problem.id,
        version=problem.version,
        registered_on=locked_on,
        alpha=problem.alpha,
        planned=plan.planned_n,
        reached=evidence.cases,
        left_out=0,
        missing=0,
        practice_missing=0,
        endpoints=(endpoint,),
        groups=(),
        sites=(),
        verdict=found.verdict.value,
        broken=tuple(broken),
        said=(*said, _NOT_SHOWN),
        measured=Measured(
            evidence=(evidence,),
            reached=evidence.cases,
            missing=0,
            sandbox_level=0,
            flips_with_label_noise=found.conditions.flips_with_label_noise,
            commits_in_order=found.conditions.commits_in_order,
        ),
    )


def assisted_facts(trial: ShadowTrial, comparison: Comparison) -> Facts:
    plan, report = trial.assisted, trial.report
    readers, changed, seconds = report["readers"], report["changed"], report["seconds"]
    return {
        SectionKey.PURPOSE: (
            (Text(ko="비교", en="Compared"), plan.rounds.words),
            (Text(ko="마진의 근거", en="Reason of the margin"), plain(plan.margin_reason)),
        ),
        SectionKey.METHOD: (
            (Text(ko="α(한쪽)", en="α, one-sided"), plain(f"{plan.alpha:g}")),
            (Text(ko="구간", en="Interval"), Method.READERS.words),
            (Text(ko="휴지기(일)", en="Days between the rounds"), plain(f"{plan.washout_days}")),
        ),
        SectionKey.RESULTS: (
            (Text(ko="물품", en="Cases"), plain(f"{comparison.reached}")),
            (
                Text(ko="판독을 마친 담당자", en="Readers who finished"),
                plain(f"{readers['finished']} / {readers['planned']}"),
            ),
            (Text(ko="도움으로 맞게 됨", en="Right only with help"), plain(f"{changed['for_the_better']}")),
            (Text(ko="도움으로 틀리게 됨", en="Right only without"), plain(f"{changed['for_the_worse']}")),
            (
                Text(ko="판독 시간 중앙값(초): 혼자 / 도움", en="Median seconds: alone / with help"),
                plain(f"{seconds['unaided']:g} / {seconds['aided']:g}"),
            ),
        ),
    }
