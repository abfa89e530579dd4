"""Intervals against their lines, as SVG: each endpoint a row, the line dashed, what lies above it to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pandok.core.lab.comparison import Comparison, EndpointResult
from pandok.core.lab.problem import Metric, Problem
from pandok.core.text import Text
from pandok.proof.sentences import METRICS, number

WIDTH, TOP, LEFT, RIGHT = 640, 12, 24, 24
ROW, NARROW_ROW = 108, 132
NARROW = 340
"""Wide enough for a phone: drawn at its own size there, so that its words keep theirs."""
_INK, _FAINT, _LINE, _BAR = "#1e2124", "#58616a", "#b3261e", "#0b50d0"
_TITLE = Text(
    ko="모델과 현행 업무의 차이와 신뢰구간, 등록한 기준선", en="Model minus practice with interval and registered line"
)
_NO_DIFFERENCE = Text(ko="차이 없음", en="no difference")
_LINE_WORD = Text(ko="기준", en="line")


@dataclass(frozen=True)
class DrawnInterval:
    """One endpoint: model minus practice, larger is better for the model."""

    metric: Metric
    difference: float
    low: float
    high: float
    line: float
    unit: str = ""

    def said(self, value: float, language: str) -> str:
        return number(self.metric, value, unit=self.unit, sign=True).in_language(language)

    def name(self, language: str) -> str:
        return METRICS[self.metric].in_language(language)


def interval_svg(problem: Problem, comparison: Comparison, language: str) -> str:
    """Of a comparison; "" where there is nothing to draw."""
    return drawn_intervals([_of_endpoint(problem, one) for one in comparison.endpoints], language)


def _of_endpoint(problem: Problem, one: EndpointResult) -> DrawnInterval:
    low, high = one.interval
    return DrawnInterval(one.metric, one.difference, low, high, one.line, problem.output.unit)


def both_widths(ends: Sequence[DrawnInterval], language: str) -> str:
    """The picture twice, for screens and for phones; the style sheet shows the one that fits."""
    wide, narrow = drawn_intervals(ends, language), drawn_intervals(ends, language, width=NARROW)
    return f'<div class="interval-wide">{wide}</div><div class="interval-narrow">{narrow}</div>' if wide else ""


def of_comparison(problem: Problem, comparison: Comparison) -> list[DrawnInterval]:
    return [_of_endpoint(problem, one) for one in comparison.endpoints]


def drawn_intervals(ends: Sequence[DrawnInterval], language: str, *, width: int = WIDTH) -> str:
    """ "" where there is nothing to draw. Shapes and words carry the meaning; colours only help."""
    if not ends:
        return ""
    row = ROW if width >= WIDTH else NARROW_ROW
    height, key = TOP + row * len(ends) + 8, f"interval-{width}"
    described = " ".join(_described(one, language) for one in ends)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{key}-title {key}-text" font-family="Pretendard, sans-serif">',
        f'<title id="{key}-title">{escape(_TITLE.in_language(language))}</title>',
        f'<desc id="{key}-text">{escape(described)}</desc>',
    ]
    for place, one in enumerate(ends):
        parts += _row(one, TOP + row * place, width, language)
    return "".join([*parts, "</svg>"])


def _described(one: DrawnInterval, language: str) -> str:
    name, low, high = one.name(language), one.said(one.low, language), one.said(one.high, language)
    difference, line = one.said(one.difference, language), one.said(one.line, language)
    text = Text(
        ko=f"{name}: 차이 {difference}, 구간 {low} ~ {high}, 기준 {line}.",
        en=f"{name}: difference {difference}, interval {low} to {high}, line {line}.",
    )
    return text.in_language(language)


def _row(one: DrawnInterval, top: int, width: int, language: str) -> list[str]:
    first, last = min(one.low, one.line, 0.0), max(one.high, one.line, 0.0)
    room = (last - first) * 0.08 or 0.01
    first, last = first - room, last + room

    def x(value: float) -> str:
        return f"{LEFT + (width - LEFT - RIGHT) * (value - first) / (last - first):.1f}"

    def words(at: str, y: int, text: str, colour: str, size: int = 13, anchor: str = "middle") -> str:
        return f'<text x="{at}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'

    def beside(value: float) -> str:
        """Words stand where they do not run out of the picture."""
        return "start" if float(x(value)) < width / 2 else "end"

    narrow = width < WIDTH
    middle = top + (82 if narrow else 58)
    figures = f"{one.said(one.difference, language)} ({one.said(one.low, language)} ~ {one.said(one.high, language)})"
    drawn = [
        words(str(LEFT), top + 14, one.name(language), _INK, 15, "start"),
        words(str(LEFT), top + 36, figures, _INK, 15, "start")
        if narrow
        else words(str(width - RIGHT), top + 14, figures, _INK, 14, "end"),
        f'<line x1="{LEFT}" y1="{middle}" x2="{width - RIGHT}" y2="{middle}" stroke="#cdd1d5" stroke-width="1"/>',
        f'<line x1="{x(0)}" y1="{middle - 18}" x2="{x(0)}" y2="{middle + 18}" stroke="{_FAINT}" stroke-width="1"/>',
    ]
    if one.line:
        drawn += [words(x(0), middle - 24, _NO_DIFFERENCE.in_language(language), _FAINT, 13, beside(0.0))]
    at_line = one.said(one.line, language) if one.line else f"0 ({_NO_DIFFERENCE.in_language(language)})"
    line = f"{_LINE_WORD.in_language(language)} {at_line}"
    low, high = x(one.low), x(one.high)
    drawn += [
        f'<line x1="{x(one.line)}" y1="{middle - 22}" x2="{x(one.line)}" y2="{middle + 22}" stroke="{_LINE}" '
        'stroke-width="2.5" stroke-dasharray="5 4"/>',
        words(x(one.line), middle + 37, line, _LINE, 13, beside(one.line)),
        f'<line x1="{low}" y1="{middle}" x2="{high}" y2="{middle}" stroke="{_BAR}" stroke-width="5"/>',
        f'<line x1="{low}" y1="{middle - 9}" x2="{low}" y2="{middle + 9}" stroke="{_BAR}" stroke-width="3"/>',
        f'<line x1="{high}" y1="{middle - 9}" x2="{high}" y2="{middle + 9}" stroke="{_BAR}" stroke-width="3"/>',
        f'<circle cx="{x(one.difference)}" cy="{middle}" r="7" fill="{_BAR}" stroke="#ffffff" stroke-width="2"/>',
    ]
    return drawn
