"""A line of the KPI sheet as somebody wrote it, checked into the value that is agreed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from pandok.core.errors import RequestError
from pandok.core.programme.indicators import Indicator, Sheet
from pandok.core.text import Text
from pandok.fields.programme.agreement_refusals import refusal
from pandok.proof.kpi.columns import Kind, held_against
from pandok.proof.kpi.grammar import parsed

LABELS: dict[str, Text] = {
    "key": Text(ko="기호", en="Short name"),
    "name": Text(ko="이름", en="Name"),
    "purpose": Text(ko="무엇을 위해", en="Purpose"),
    "formula": Text(ko="산식", en="Formula"),
    "source": Text(ko="자료원", en="Source"),
    "unit": Text(ko="단위", en="Unit"),
    "direction": Text(ko="방향", en="Direction"),
    "baseline": Text(ko="기준값", en="Baseline"),
    "target": Text(ko="목표", en="Target"),
    "margin": Text(ko="비열등 한계", en="Margin"),
    "measured_by": Text(ko="측정하는 곳", en="Measured by"),
    "measured_on": Text(ko="측정일", en="Measuring day"),
    "least_rows": Text(ko="최소 표본 수", en="Least number of rows"),
    "weight": Text(ko="가중치", en="Weight"),
}


def indicator_of(written: Mapping[str, Any], sources: Mapping[str, Mapping[str, Kind]]) -> Indicator:
    """`sources`: columns by the name of the source. Raises RequestError: agreement.bad_line with the label of what is
    wrong, agreement.no_source, kpi.formula, kpi.column, kpi.no_figure."""
    try:
        line = Indicator.model_validate(dict(written))
    except ValidationError as error:
        raise _refused(error) from error
    if line.source not in sources:
        raise refusal("no_source")
    columns = sources[line.source]
    held_against(parsed(line.formula), columns)
    if line.cluster and line.cluster not in columns:
        raise refusal("no_source")
    return line


def sheet_of(lines: Sequence[Mapping[str, Any]]) -> Sheet | None:
    """The sheet with weights that come to 1, as shares of what was written. None where there is no line."""
    if not lines:
        return None
    total = sum(float(one["weight"]) for one in lines)
    shares = [float(one["weight"]) / total for one in lines]
    shares[-1] = 1 - sum(shares[:-1])
    return Sheet.model_validate(
        {"indicators": [dict(one) | {"weight": share} for one, share in zip(lines, shares, strict=True)]}
    )


def _refused(error: ValidationError) -> RequestError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    why = _RULES.get(str(first["msg"]).removeprefix("Value error, "))
    if why is None:
        label = LABELS.get(name, Text(ko=name, en=name))
        why = Text(ko=f"{label.ko}: 비었거나 쓸 수 없는 값입니다", en=f"{label.en}: it is empty or cannot be used")
    return RequestError(
        Text(ko=f"{why.ko}.", en=f"{why.en}."),
        Text(ko="그 칸을 고쳐 다시 보내십시오.", en="Correct it, and send it again."),
        code="agreement.bad_line",
        place=name,
    )


_RULES: dict[str, Text] = {
    "the baseline lies within its interval": Text(
        ko="기준값이 그 구간 안에 없습니다", en="The baseline does not lie within its interval"
    ),
    "a target is no worse than today's number": Text(
        ko="목표가 지금의 수치보다 나쁩니다", en="The target is worse than today's number"
    ),
    "the measuring day comes after the day of the baseline": Text(
        ko="측정일이 기준값을 센 날보다 늦지 않습니다",
        en="The measuring day does not come after the day of the baseline",
    ),
}
