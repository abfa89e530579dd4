"""An assisted trial in words: its protocol, how far its readers are, and its verdict."""

from __future__ import annotations

from typing import Any

from pandok.core.dates import day_short
from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.problem import Aim
from pandok.core.text import Text, counted
from pandok.fields.lab.models import AssistedReading, ShadowTrial
from pandok.fields.lab.web.shown.trial_page import Row, in_rows, points
from pandok.fields.lab.web.shown.trial_verdict import TONES, Said, signed
from pandok.proof.verdict import Verdict


def assisted_rows(plan: AssistedProtocol, language: str) -> list[Row]:
    """The protocol."""
    aim = (
        Text(
            ko=f"도움을 받아 {points(plan.margin)}%p 넘게 나빠지지 않음",
            en=f"Not worse with help by more than {points(plan.margin)} points",
        )
        if plan.aim is Aim.NON_INFERIORITY
        else Text(ko="도움을 받으면 더 나음", en="Better with help")
    )
    rows: list[tuple[Text, Text | str]] = [
        (Text(ko="판독 방식", en="Readings"), plan.rounds.words),
        (Text(ko="두 회차 사이(일)", en="Days between the rounds"), f"{plan.washout_days}"),
        (Text(ko="참여 담당자", en="Readers"), ", ".join(plan.readers)),
        (Text(ko="물품", en="Cases"), f"{plan.planned_n:,}"),
        (Text(ko="물품 범위", en="Goods opened from"), day_short(plan.goods_since)),
        (Text(ko="함께 보이는 디자인", en="Designs shown"), f"{plan.line_up}"),
        (Text(ko="목표", en="Aim"), aim),
        (Text(ko="마진의 이유", en="Reason of the margin"), plan.margin_reason),
        (Text(ko="오류율(단측)", en="Error, one-sided"), f"{plan.alpha:.4g}"),
        (Text(ko="결측 한도", en="Most missing readings"), f"{points(plan.most_missing_share)}%"),
        (Text(ko="정답 오류 가정", en="Truths that may be wrong"), f"{points(plan.wrong_truth_share)}%"),
        (Text(ko="제외 기준", en="Left out"), plan.exclusions),
    ]
    return in_rows(rows, language)


def reader_rows(trial: ShadowTrial, language: str) -> list[Row]:
    """How many readings are done, and by which code; nothing of what was answered."""
    readings = AssistedReading.objects.filter(trial=trial)
    prepared = trial.assisted_cases.filter(help__isnull=False).count()
    rows: list[tuple[Text, Text | str]] = [
        (Text(ko="모델 답 봉인", en="Answers of the model sealed"), f"{prepared} / {trial.assisted.planned_n}"),
        (
            Text(ko="마친 판독", en="Readings done"),
            f"{readings.filter(answer__isnull=False).count():,} / {readings.count():,}",
        ),
    ]
    for code in trial.assisted.readers:
        mine = readings.filter(code=code)
        done = mine.filter(answer__isnull=False).count()
        rows.append((Text(ko=f"담당자 {code}", en=f"Reader {code}"), f"{done} / {mine.count()}"))
    return in_rows(rows, language)


def assisted_sentences(report: dict[str, Any], plan: AssistedProtocol, language: str) -> Said:
    verdict = Verdict(report["verdict"])
    changed, readers, shares = report["changed"], report["readers"], report["shares"]
    low, high = (signed(one) for one in report["interval"])
    facts = [
        Text(
            ko=f"맞힌 비율은 혼자 {_percent(shares['unaided'])}, 도움을 보고 {_percent(shares['aided'])}입니다.",
            en=f"Right answers: {_percent(shares['unaided'])} alone, {_percent(shares['aided'])} with help.",
        ),
        Text(
            ko=f"차이(도움 − 혼자)는 {signed(report['difference'])}%p, 구간은 {low} ~ {high}%p, "
            f"기준선은 {signed(report['line'])}%p입니다. 담당자와 물품을 모두 표본으로 보았습니다.",
            en=f"The difference (with help − alone) is {signed(report['difference'])} points, interval {low} to "
            f"{high}, line {signed(report['line'])}; readers and cases are both samples.",
        ),
        Text(
            ko=f"담당자 {readers['planned']}명 가운데 {readers['finished']}명이 물품 {report['cases']}건을 모두 "
            "읽었습니다.",
            en=f"{readers['finished']} of {counted(readers['planned'], 'reader')} read all of "
            f"{counted(report['cases'], 'case')}.",
        ),
        Text(
            ko=f"도움을 보고 맞게 바뀐 판독 {changed['for_the_better']}건, 틀리게 바뀐 판독 "
            f"{changed['for_the_worse']}건입니다.",
            en=f"Help changed {counted(changed['for_the_better'], 'reading')} for the better and "
            f"{changed['for_the_worse']} "
            "for the worse.",
        ),
        _checks(report),
    ]
    return Said(
        word=verdict.words.in_language(language),
        tone=TONES[verdict],
        headline=_headline(verdict, plan).in_language(language),
        facts=[one.in_language(language) for one in facts],
        broken=[Text(**one).in_language(language) for one in report["broken"]],
        outcomes=[(label.in_language(language), value) for label, value in _outcomes(report)],
    )


def _headline(verdict: Verdict, plan: AssistedProtocol) -> Text:
    claim = (
        Text(
            ko=f"모델의 도움을 받아도 혼자일 때보다 {points(plan.margin)}%p 넘게 나빠지지 않는다는 것",
            en=f"officers with the model's help are not worse than alone by over {points(plan.margin)} points",
        )
        if plan.aim is Aim.NON_INFERIORITY
        else Text(
            ko="모델의 도움을 받은 담당자가 혼자일 때보다 낫다는 것",
            en="officers with the model's help are better than alone",
        )
    )
    if verdict is Verdict.PROVEN:
        return Text(ko=f"{claim.ko}이 입증되었습니다.", en=f"It was shown that {claim.en}.")
    if verdict is Verdict.INFERIOR:
        return Text(
            ko="모델의 도움을 받은 담당자는 등록한 기준에 미치지 못합니다.",
            en="Officers with the model's help miss the registered line.",
        )
    if verdict is Verdict.NOT_PROVEN:
        return Text(
            ko=f"{claim.ko}은 입증되지 않았습니다. 나쁘다는 뜻은 아닙니다.",
            en=f"It was not shown that {claim.en}. That does not mean that help harms.",
        )
    return Text(
        ko="등록한 조건이 지켜지지 않아 판단할 수 없습니다.", en="The registered conditions were not met: no verdict."
    )


def _checks(report: dict[str, Any]) -> Text:
    if report["checks"]:
        count = len(report["checks"])
        return Text(
            ko=f"순서와 봉인에 어긋난 것이 {count}가지 있습니다.",
            en=f"{counted(count, 'thing does', 'things do')} not hold.",
        )
    return Text(
        ko="물품, 순서, 모델의 답, 잠긴 답이 모두 등록과 감사 기록 그대로입니다.",
        en="Goods, order, the model's answers and the locked answers are as registered and as the audit chain says.",
    )


def _outcomes(report: dict[str, Any]) -> list[tuple[Text, str]]:
    labels = {
        "unaided": Text(ko="판독 시간 중앙값: 혼자", en="Median time: alone"),
        "aided": Text(ko="판독 시간 중앙값: 도움", en="Median time: with help"),
    }
    return [
        (label, "–" if report["seconds"][arm] is None else f"{report['seconds'][arm]:g} s")
        for arm, label in labels.items()
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
