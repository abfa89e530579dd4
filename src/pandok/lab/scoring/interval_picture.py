"""Intervals against their lines, as SVG: each endpoint a row, the line dashed, what lies above it to the right."""

from __future__ import annotations

from html import escape

from pandok.core.lab.comparison import Comparison, EndpointResult
from pandok.core.lab.problem import Problem
from pandok.core.text import Text
from pandok.proof.saying import METRICS, number

WIDTH, ROW, TOP, LEFT, RIGHT = 640, 108, 12, 24, 24
_INK, _FAINT, _LINE, _BAR = "#1e2124", "#58616a", "#b3261e", "#0b50d0"
_TITLE = Text(
    ko="모델과 현행 업무의 차이와 신뢰구간, 등록한 기준선", en="Model minus practice with interval and registered line"
)
_NO_DIFFERENCE = Text(ko="차이 없음", en="no difference")
_LINE_WORD = Text(ko="기준", en="line")


def interval_svg(problem: Problem, comparison: Comparison, language: str) -> str:
    """ "" where there is nothing to draw. Shapes and words carry the meaning; colours only help."""
    ends = comparison.endpoints
    if not ends:
        return ""
    height = TOP + ROW * len(ends) + 8
    described = " ".join(_described(problem, one, language) for one in ends)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" aria-labelledby="interval-title interval-text" font-family="Pretendard, sans-serif">',
        f'<title id="interval-title">{escape(_TITLE.in_language(language))}</title>',
        f'<desc id="interval-text">{escape(described)}</desc>',
    ]
    for place, one in enumerate(ends):
        parts += _row(problem, one, TOP + ROW * place, language)
    return "".join([*parts, "</svg>"])


def _described(problem: Problem, one: EndpointResult, language: str) -> str:
    def say(value: float) -> str:
        return number(one.metric, value, unit=problem.output.unit, sign=True).in_language(language)

    name, low, high = METRICS[one.metric].in_language(language), say(one.interval[0]), say(one.interval[1])
    text = Text(
        ko=f"{name}: 차이 {say(one.difference)}, 구간 {low} ~ {high}, 기준 {say(one.line)}.",
        en=f"{name}: difference {say(one.difference)}, interval {low} to {high}, line {say(one.line)}.",
    )
    return text.in_language(language)


def _row(problem: Problem, one: EndpointResult, top: int, language: str) -> list[str]:
    low, high = one.interval
    first, last = min(low, one.line, 0.0), max(high, one.line, 0.0)
    room = (last - first) * 0.08 or 0.01
    first, last = first - room, last + room

    def x(value: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (value - first) / (last - first):.1f}"

    def words(at: str, y: int, text: str, colour: str, size: int = 13, anchor: str = "middle") -> str:
        return f'<text x="{at}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'

    def say(value: float) -> str:
        return number(one.metric, value, unit=problem.output.unit, sign=True).in_language(language)

    middle = top + 58
    drawn = [
        words(str(LEFT), top + 14, METRICS[one.metric].in_language(language), _INK, 15, "start"),
        f'<line x1="{LEFT}" y1="{middle}" x2="{WIDTH - RIGHT}" y2="{middle}" stroke="#cdd1d5" stroke-width="1"/>',
        f'<line x1="{x(0)}" y1="{middle - 18}" x2="{x(0)}" y2="{middle + 18}" stroke="{_FAINT}" stroke-width="1"/>',
    ]
    if one.line:
        drawn += [words(x(0), middle - 24, _NO_DIFFERENCE.in_language(language), _FAINT, 12)]
    at_line = say(one.line) if one.line else f"0 ({_NO_DIFFERENCE.in_language(language)})"
    line = f"{_LINE_WORD.in_language(language)} {at_line}"
    anchor = "start" if float(x(one.line)) < WIDTH / 2 else "end"
    drawn += [
        f'<line x1="{x(one.line)}" y1="{middle - 22}" x2="{x(one.line)}" y2="{middle + 22}" stroke="{_LINE}" '
        'stroke-width="2.5" stroke-dasharray="5 4"/>',
        words(x(one.line), middle + 36, line, _LINE, 12, anchor),
        f'<line x1="{x(low)}" y1="{middle}" x2="{x(high)}" y2="{middle}" stroke="{_BAR}" stroke-width="5"/>',
        f'<line x1="{x(low)}" y1="{middle - 9}" x2="{x(low)}" y2="{middle + 9}" stroke="{_BAR}" stroke-width="3"/>',
        f'<line x1="{x(high)}" y1="{middle - 9}" x2="{x(high)}" y2="{middle + 9}" stroke="{_BAR}" stroke-width="3"/>',
        f'<circle cx="{x(one.difference)}" cy="{middle}" r="7" fill="{_BAR}" stroke="#ffffff" stroke-width="2"/>',
        words(str(WIDTH - RIGHT), top + 14, f"{say(one.difference)} ({say(low)} ~ {say(high)})", _INK, 14, "end"),
    ]
    return drawn
