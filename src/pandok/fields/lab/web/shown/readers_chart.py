"""Readers with the model's help and without: each one's difference with its interval, and that of all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.evidence import ReadersEvidence
from pandok.core.text import Text, counted
from pandok.fields.lab.web.shown.trial_verdict import signed
from pandok.proof.assisted_verdict import by_reader, right_answers

WIDTH, NARROW = 640, 340
LEFT, NARROW_LEFT, RIGHT, TOP, ROW, BOTTOM = 112, 84, 32, 28, 40, 56
_TITLE = Text(ko="담당자별 차이와 전체", en="Differences by reader and of all")
_READER = Text(ko="담당자 {number}", en="Reader {number}")
_ALL = Text(ko="전체", en="All")
_HEADER = (
    Text(ko="혼자", en="Alone"),
    Text(ko="도움", en="With help"),
    Text(ko="차이(%p)", en="Difference (points)"),
    Text(ko="구간(%p)", en="Interval (points)"),
)
_LINE = Text(ko="기준선 {line}%p", en="line {line} points")
_NO_DIFFERENCE = Text(ko="차이 없음", en="no difference")


@dataclass(frozen=True)
class DrawnReader:
    """One row of the drawing; `low`, `middle` and `high` are places, `kind` is `one` or `all`."""

    name: str
    kind: str
    y: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class ReadersChart:
    title: str
    description: str
    rows: list[DrawnReader]
    grid: list[tuple[float, str]]
    line: float
    line_said: str
    line_anchor: str
    zero: float
    header: list[str]
    table: list[tuple[str, list[str]]]
    width: int
    height: int
    left: int
    narrow: ReadersChart | None
    """The same for phones, so that its words keep their size."""

    @property
    def right(self) -> int:
        return self.width - RIGHT


@dataclass(frozen=True)
class _Row:
    name: str
    kind: str
    alone: float
    aided: float
    difference: float
    interval: tuple[float, float]


def readers_chart(
    report: dict[str, Any], evidence: ReadersEvidence, plan: AssistedProtocol, *, language: str, width: int = WIDTH
) -> ReadersChart:
    """`report` holds the difference of all, `evidence` the marks of each reader, without names and codes."""
    rows = _rows(report, evidence, plan, language)
    line, left = float(report["line"]), LEFT if width >= WIDTH else NARROW_LEFT
    ends = [one for row in rows for one in (*row.interval, row.difference)] + [line, 0.0]
    step = _step(max(ends) - min(ends), most=8 if width >= WIDTH else 4)
    first, last = _floor(min(ends), step), _floor(max(ends), step) + step
    height = TOP + ROW * len(rows) + BOTTOM

    def x(value: float) -> float:
        return round(left + (width - left - RIGHT) * (value - first) / (last - first), 1)

    drawn = [
        DrawnReader(
            row.name, row.kind, TOP + ROW * (place + 0.5), x(row.interval[0]), x(row.difference), x(row.interval[1])
        )
        for place, row in enumerate(rows)
    ]
    count = round((last - first) / step)
    marks = [round(first + step * place, 9) for place in range(count + 1)]
    grid = [(x(one), signed(one).removesuffix(".0")) for one in marks]
    return ReadersChart(
        title=_TITLE.in_language(language),
        description=_description(rows, line, language),
        rows=drawn,
        grid=grid,
        line=x(line),
        line_said=_LINE.in_language(language).format(line=signed(line))
        if line
        else _NO_DIFFERENCE.in_language(language),
        line_anchor="start" if x(line) < (left + width) / 2 else "end",
        zero=x(0.0),
        header=[one.in_language(language) for one in _HEADER],
        table=[(row.name, _cells(row)) for row in rows],
        width=width,
        height=height,
        left=left,
        narrow=readers_chart(report, evidence, plan, language=language, width=NARROW) if width > NARROW else None,
    )


def _rows(report: dict[str, Any], evidence: ReadersEvidence, plan: AssistedProtocol, language: str) -> list[_Row]:
    found = by_reader(right_answers(evidence), confidence=plan.confidence)
    name = _READER.in_language(language)
    rows = [
        _Row(name.format(number=number), "one", one.alone, one.aided, one.difference, one.interval)
        for number, one in enumerate(found, start=1)
    ]
    low, high = report["interval"]
    shares = report["shares"]
    together = _ALL.in_language(language)
    return [*rows, _Row(together, "all", shares["unaided"], shares["aided"], report["difference"], (low, high))]


def _description(rows: Sequence[_Row], line: float, language: str) -> str:
    last = rows[-1]
    better = sum(one.difference > 0 for one in rows[:-1])
    said, span, at = signed(last.difference), _span(last), signed(line)
    return Text(
        ko=f"도움을 보고 더 많이 맞힌 담당자는 {len(rows) - 1}명 중 {better}명입니다. "
        f"전체 차이(도움 − 혼자)는 {said}%p, 구간은 {span}%p, 기준선은 {at}%p입니다. "
        "담당자는 맞힌 수 순서로 놓고 이름과 참여 번호는 쓰지 않습니다. 판정은 전체로만 합니다.",
        en=f"{better} of {counted(len(rows) - 1, 'reader')} were right more often with help. All together: {said} "
        "points (with "
        f"help − alone), interval {span}, line {at}. Readers stand in the order of their right answers, without names "
        "and codes; only all together are judged.",
    ).in_language(language)


def _cells(row: _Row) -> list[str]:
    return [_percent(row.alone), _percent(row.aided), signed(row.difference), _span(row)]


def _span(row: _Row) -> str:
    return f"{signed(row.interval[0])} ~ {signed(row.interval[1])}"


def _step(reach: float, *, most: int) -> float:
    return next(one for one in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if reach / one <= most - 1)


def _floor(value: float, step: float) -> float:
    return step * (value / step // 1)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
