"""What a comparison proved and what it did not, in plain sentences; with interval, margin, number and date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pandok.core.lab.comparison import CellState, EndpointResult, GroupResult
from pandok.core.lab.problem import Aim, Metric, Problem
from pandok.core.text import Text, counted
from pandok.proof.verdict import Verdict

METRICS = {
    Metric.ACCURACY: Text(ko="정확도", en="accuracy"),
    Metric.RECALL_AT_1: Text(ko="1순위 정답률", en="share of right first answers"),
    Metric.SENSITIVITY: Text(ko="민감도", en="sensitivity"),
    Metric.SPECIFICITY: Text(ko="특이도", en="specificity"),
    Metric.AUC: Text(ko="AUC", en="area under the ROC curve"),
    Metric.MEAN_ABSOLUTE_ERROR: Text(ko="평균 절대 오차", en="mean absolute error"),
}
_FIRST = {
    Verdict.PROVEN: Text(ko="등록한 기준을 모두 충족하였습니다.", en="Every line that was registered has been met."),
    Verdict.NOT_PROVEN: Text(
        ko="계획한 사례를 모두 채점하였으나, 등록한 기준을 충족한다는 것이 입증되지 않았습니다. "
        "열등하다는 뜻은 아닙니다.",
        en="All planned cases were scored, and it was not shown that the registered line is met. "
        "This does not say that the model is worse.",
    ),
    Verdict.INFERIOR: Text(
        ko="모델이 등록한 기준에 미치지 못한다는 것이 확인되었습니다.",
        en="The model was shown to miss a line that was registered.",
    ),
    Verdict.UNDECIDABLE: Text(
        ko="등록한 조건이 갖추어지지 않아 어느 쪽으로도 판단할 수 없습니다.",
        en="The registered conditions do not hold, so nothing can be decided either way.",
    ),
}
_NOT_SAID = Text(
    ko="이 판정은 등록한 자료와 시험 환경에서 얻은 것이며, 다른 기관·시기·물품에서의 성능을 보이지 않습니다.",
    en="The verdict holds for the registered data and this environment; it shows nothing about other sites, times "
    "or goods.",
)


def number(metric: Metric, value: float, *, unit: str = "", sign: bool = False) -> Text:
    """A figure, or with `sign` a difference, as it is printed.

    >>> number(Metric.ACCURACY, 0.1234, sign=True).ko, number(Metric.AUC, 0.9).en
    ('+12.3%p', '0.900')
    """
    plus = "+" if sign else ""
    if metric is Metric.AUC:
        text = f"{value:{plus}.3f}"
    elif metric is Metric.MEAN_ABSOLUTE_ERROR:
        text = f"{value:{plus}.4g}" + (f" {unit}" if unit else "")
    else:
        text = f"{100 * value:{plus}.1f}"
        return Text(ko=text + ("%p" if sign else "%"), en=text + (" points" if sign else " %"))
    return Text(ko=text, en=text)


def distance(metric: Metric, value: float, *, unit: str = "") -> Text:
    """A margin: a difference without direction.

    >>> distance(Metric.ACCURACY, 0.05).ko
    '5.0%p'
    """
    said = number(metric, value, unit=unit, sign=True)
    return Text(ko=said.ko.lstrip("+"), en=said.en.lstrip("+"))


def sentences(
    problem: Problem,
    endpoints: Sequence[EndpointResult],
    groups: Sequence[GroupResult],
    verdict: Verdict,
    broken: Sequence[Text],
    reached: int,
    registered_on: date | None,
) -> tuple[Text, ...]:
    """The verdict first, then each endpoint, conditions, groups, and what the verdict does not say."""
    said = [_FIRST[verdict], *broken]
    said += [_endpoint(problem, one) for one in endpoints]
    said += [_worse_within_margin(problem, one) for one in endpoints if verdict is Verdict.PROVEN and _worse(one)]
    said += [_cells(group, state) for group in groups for state in _WORDS if _names(group, state)]
    day = Text(ko=f"{registered_on:%Y-%m-%d}에 ", en=f" on {registered_on:%Y-%m-%d}") if registered_on else None
    said.append(
        Text(
            ko=f"비교 기준과 마진은 {day.ko if day else ''}봉인을 열기 전에 등록되었고, "
            f"채점한 사례는 {reached}건입니다.",
            en=f"Line and margin were registered{day.en if day else ''} before the seal was opened; "
            f"{counted(reached, 'case was', 'cases were')} scored.",
        )
    )
    return (*said, _NOT_SAID)


def _worse(one: EndpointResult) -> bool:
    return one.aim is Aim.NON_INFERIORITY and one.interval[1] < 0


def _endpoint(problem: Problem, one: EndpointResult) -> Text:
    said = _spoken(problem, one)
    percent = f"{100 * (1 - problem.alpha):g}"
    name = METRICS[one.metric]
    if one.interval[0] > one.line:
        state = Text(ko="기준을 넘습니다", en="above the line")
    elif one.interval[1] < one.line:
        state = Text(ko="기준에 미치지 못합니다", en="below the line")
    else:
        state = Text(ko="기준을 넘는다고 할 수 없습니다", en="not shown to be above the line")
    if one.aim is Aim.NON_INFERIORITY:
        margin = distance(one.metric, one.margin, unit=problem.output.unit)
        line = Text(ko=f"마진 Δ {margin.ko}", en=f"margin Δ {margin.en}")
    else:
        line = Text(ko="우월성, 기준 0", en="superiority, line 0")
    return Text(
        ko=f"{name.ko}: 모델 {said['model'].ko}, 현행 업무 {said['practice'].ko}, 차이 {said['difference'].ko} "
        f"({percent} % 신뢰구간 {said['low'].ko} ~ {said['high'].ko}, {one.cases}건; {line.ko}). {state.ko}.",
        en=f"{name.en}: model {said['model'].en}, practice {said['practice'].en}, difference {said['difference'].en} "
        f"({percent} % interval {said['low'].en} to {said['high'].en}, {counted(one.cases, 'case')}; {line.en}): "
        f"{state.en}.",
    )


def _worse_within_margin(problem: Problem, one: EndpointResult) -> Text:
    high = number(one.metric, one.interval[1], unit=problem.output.unit, sign=True)
    name = METRICS[one.metric]
    return Text(
        ko=f"{name.ko}에서 마진 안의 비열등성은 입증되었으나, 모델은 현행 업무보다 낮습니다(구간 위 끝 {high.ko}).",
        en=f"In {name.en} the model is non-inferior by the registered margin, yet it is worse than practice "
        f"(upper bound {high.en}).",
    )


_WORDS = {
    CellState.HARMED: Text(
        ko="다음 집단에서 모델이 마진보다 더 나쁘다는 것이 확인되었습니다", en="Harm was shown in these groups"
    ),
    CellState.OPEN: Text(
        ko="다음 집단에서는 피해가 없다는 것이 입증되지 않았습니다", en="Absence of harm was not shown in these groups"
    ),
    CellState.TOO_SMALL: Text(
        ko="다음 집단은 사례가 적어 판단하지 않았습니다", en="These groups are too small to be judged"
    ),
}


def _names(group: GroupResult, state: CellState) -> list[str]:
    return [cell.name or "–" for cell in group.cells if cell.state is state]


def _cells(group: GroupResult, state: CellState) -> Text:
    names, words = ", ".join(_names(group, state)), _WORDS[state]
    return Text(ko=f"{words.ko}({group.title.ko}): {names}.", en=f"{words.en} ({group.title.en}): {names}.")


def _spoken(problem: Problem, one: EndpointResult) -> dict[str, Text]:
    unit = problem.output.unit
    figures = {"model": one.model.value, "practice": one.practice.value}
    apart = {"difference": one.difference, "low": one.interval[0], "high": one.interval[1]}
    return {name: number(one.metric, value, unit=unit) for name, value in figures.items()} | {
        name: number(one.metric, value, unit=unit, sign=True) for name, value in apart.items()
    }
