"""The verdict of a trial in plain words: what was asked, what was found, how surely, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import TrialProtocol
from pandok.core.text import Text, counted
from pandok.fields.lab.web.shown.trial_page import points
from pandok.proof.verdict import Verdict


@dataclass(frozen=True)
class Said:
    word: str
    tone: str
    headline: str
    facts: list[str]
    broken: list[str]
    outcomes: list[tuple[str, str]]


TONES = {
    Verdict.PROVEN: "good",
    Verdict.NOT_PROVEN: "unsure",
    Verdict.INFERIOR: "bad",
    Verdict.UNDECIDABLE: "unsure",
}
_METHODS = {
    "tango": Text(ko="짝지은 비율의 점수 구간(Tango)", en="score interval of paired shares (Tango)"),
    "clusters": Text(ko="세관·날짜 평균의 t 구간", en="t interval on the means of site and day"),
    "contributions": Text(ko="확인 확률로 가중한 t 구간", en="t interval weighted by the chance of a check"),
}


def sentences(report: dict[str, Any], plan: TrialProtocol, language: str) -> Said:
    verdict = Verdict(report["verdict"])
    facts = [_pairs(report), _interval(report), *_notes(report, plan, verdict), _checks(report)]
    return Said(
        word=verdict.words.in_language(language),
        tone=TONES[verdict],
        headline=_headline(verdict, plan).in_language(language),
        facts=[one.in_language(language) for one in facts],
        broken=[Text(**one).in_language(language) for one in report["broken"]],
        outcomes=[(label.in_language(language), value) for label, value in _outcomes(report)],
    )


def _headline(verdict: Verdict, plan: TrialProtocol) -> Text:
    who, margin = plan.practice.words, points(plan.margin)
    claim = (
        Text(
            ko=f"{who.ko}보다 {margin} %p 넘게 나쁘지 않다는 것", en=f"not worse than practice by over {margin} points"
        )
        if plan.aim is Aim.NON_INFERIORITY
        else Text(ko=f"{who.ko}보다 낫다는 것", en="better than today's practice")
    )
    if verdict is Verdict.PROVEN:
        return Text(ko=f"이 모델이 {claim.ko}이 입증되었습니다.", en=f"The model was shown to be {claim.en}.")
    if verdict is Verdict.INFERIOR:
        return Text(
            ko=f"이 모델은 {who.ko}보다 등록한 기준 아래로 나쁩니다.",
            en="The model is worse than the registered line allows.",
        )
    if verdict is Verdict.NOT_PROVEN:
        return Text(
            ko=f"이 모델이 {claim.ko}은 입증되지 않았습니다. 나쁘다는 뜻은 아닙니다.",
            en=f"The model was not shown to be {claim.en}. That does not mean that it is worse.",
        )
    return Text(
        ko="등록한 조건이 지켜지지 않아 판단할 수 없습니다.", en="The registered conditions were not met: no verdict."
    )


def _pairs(report: dict[str, Any]) -> Text:
    found = report["pairs"]
    return Text(
        ko=f"모델만 맞힌 물품 {found['only_model']}건, 지금 방식만 맞힌 물품 {found['only_practice']}건, "
        f"차이가 없는 물품 {found['equally_right']}건입니다. 추첨되지 않아 모르는 물품 {found['not_drawn']}건, "
        f"확인되지 않은 물품 {found['missing']}건입니다.",
        en=f"Only the model was right on {found['only_model']}, only practice on {found['only_practice']}, neither or "
        f"both on {found['equally_right']}. Not drawn and unknown: {found['not_drawn']}; missing: {found['missing']}.",
    )


def _interval(report: dict[str, Any]) -> Text:
    low, high = (signed(one) for one in report["interval"])
    line, primary = signed(report["line"]), report["primary"]
    if primary is None:
        return Text(
            ko=f"차이(모델 − 지금 방식)는 {low} ~ {high} %p이고 기준선은 {line} %p입니다. "
            "언제 보아도 유효한 구간입니다.",
            en=f"The difference (model − practice) is {low} to {high} points, the line {line}; valid at any look.",
        )
    base = primary["method"].removesuffix("_and_betting")
    return Text(
        ko=f"차이(모델 − 지금 방식)는 {signed(primary['difference'])} %p, 구간은 {low} ~ {high} %p, "
        f"기준선은 {line} %p입니다. {primary['cases']}건, {_METHODS[base].ko}.",
        en=f"The difference (model − practice) is {signed(primary['difference'])} points, interval {low} to {high}, "
        f"line {line}; {counted(primary['cases'], 'case')}, {_METHODS[base].en}.",
    )


def _notes(report: dict[str, Any], plan: TrialProtocol, verdict: Verdict) -> list[Text]:
    notes = []
    if verdict is Verdict.PROVEN and plan.aim is Aim.NON_INFERIORITY and report["interval"][1] < 0:
        notes.append(
            Text(
                ko="마진 안이지만, 지금 방식보다 조금 나쁜 것은 분명합니다.",
                en="Within the margin, yet surely a little worse than today's practice.",
            )
        )
    if report["label_noise"]["turned"] and not report["label_noise"]["flips"]:
        turned = report["label_noise"]["turned"]
        notes.append(
            Text(
                ko=f"정답 {turned}건이 모델에 불리하게 틀렸더라도 판정은 같습니다.",
                en=f"The verdict stands also if {counted(turned, 'truth was', 'truths were')} wrong against it.",
            )
        )
    shares = report["found"]
    if shares:
        model, practice = shares["model"], shares["practice"]
        notes.append(
            Text(
                ko=f"등록 디자인이 있는 물품을 맞힌 비율: 모델 {_share(model)}, 지금 방식 {_share(practice)} "
                f"(무작위 확인 {shares['checked']}건을 확률로 가중).",
                en=f"Registered goods named rightly: model {_share(model)}, practice {_share(practice)} "
                f"({counted(shares['checked'], 'random check')}, weighted by chance).",
            )
        )
    return notes


def _checks(report: dict[str, Any]) -> Text:
    count = report["counts"]["committed"]
    if report["checks"]:
        return Text(
            ko=f"봉인한 답 {count}건을 확인한 결과 어긋난 것이 {len(report['checks'])}가지 있습니다.",
            en=f"{counted(count, 'commit was', 'commits were')} checked; "
            f"{counted(len(report['checks']), 'thing does', 'things do')} not hold.",
        )
    return Text(
        ko=f"봉인한 답 {count}건이 모두 약속한 해시와 같고, 추첨은 등록한 씨앗을 따릅니다.",
        en=f"{counted(count, 'commit is', 'commits are')} what was promised, and the draws follow the registered seed.",
    )


def _outcomes(report: dict[str, Any]) -> list[tuple[Text, str]]:
    found = report["further"]
    if not found["cases"]:
        return []
    minutes, seconds = found["alert_minutes_per_1000"], found["seconds_per_alert"]
    return [
        (Text(ko="모델이 읽지 못함", en="Unreadable for the model"), f"{found['model_unreadable']}"),
        (Text(ko="모델이 답하지 못함", en="The model gave no answer"), f"{found['model_failed']}"),
        (Text(ko="지금 판독기가 읽지 못함", en="Unreadable for the reader in use"), f"{found['reader_unreadable']}"),
        (Text(ko="1,000건당 알림: 모델", en="Alerts per 1,000: model"), f"{found['alerts_per_1000']['model']:.0f}"),
        (
            Text(ko="1,000건당 알림: 지금 판독기", en="Alerts per 1,000: reader"),
            f"{found['alerts_per_1000']['reader']:.0f}",
        ),
        (
            Text(ko="알림 하나에 걸린 시간(중앙값)", en="Seconds per alert (median)"),
            "–" if seconds is None else f"{seconds:.0f} s",
        ),
        (
            Text(ko="1,000건당 알림 시간: 모델", en="Alert minutes per 1,000: model"),
            "–" if minutes["model"] is None else f"{minutes['model']:.0f} min",
        ),
    ]


def signed(share: float) -> str:
    """Points with their sign; nothing is neither more nor less.

    >>> signed(0.05), signed(-0.1), signed(-0.0), signed(-0.0004)
    ('+5.0', '−10.0', '0.0', '0.0')
    """
    said = f"{100 * share:+.1f}".replace("-", "−")
    return said[1:] if said[1:] == "0.0" else said


def _share(found: dict[str, float]) -> str:
    return f"{100 * found['share']:.1f} % [{100 * found['low']:.1f}, {100 * found['high']:.1f}]"
