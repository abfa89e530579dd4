"""A proof as its page shows it: the seal, the picture of its intervals, and every number in words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from pandok.core.dates import day_short
from pandok.core.lab.problem import Metric, Problem
from pandok.core.lab.proof_pack import PrintedEndpoint, Statement
from pandok.core.text import Text
from pandok.fields.lab.acts.proofs.proof_standing import Standing
from pandok.fields.lab.acts.scoring.interval_picture import DrawnInterval, both_widths
from pandok.proof.sentences import METRICS, number
from pandok.proof.verdict import Verdict

_GOOD, _PLAIN, _GONE = "#0b50d0", "#33363d", "#8a5a00"
_SEAL = Text(ko="판독 실증랩", en="PANDOK LAB")
_NO_MORE = Text(ko="재검증 필요", en="To renew")
_VALID_UNTIL = Text(ko="유효 {day}까지", en="until {day}")


@dataclass(frozen=True)
class ShownEndpoint:
    """Figures as the report prints them: shares as per cent, differences as points, errors in their unit."""

    metric: Text
    model: Text
    practice: Text
    difference: Text
    between: Text
    line: Text


_NOT_GIVEN = Text(ko="–", en="–")


def endpoints_of(said: Statement, problem: Problem) -> list[ShownEndpoint]:
    return [_shown(one, problem.output.unit) for one in said.printed]


def picture_of(said: Statement, problem: Problem, language: str) -> str:
    """SVG of numbers and escaped words, in two widths."""
    drawn = [
        DrawnInterval(Metric(one.metric), one.difference, one.low, one.high, one.line, problem.output.unit)
        for one in said.printed
    ]
    return both_widths(drawn, language)


def seal_of(said: Statement, standing: Standing, language: str) -> str:
    """The stamp beside the verdict. It repeats in a picture what the page says in words, so it is hidden from readers
    of the screen."""
    verdict = Verdict(said.verdict)
    holds = standing not in (Standing.EXPIRED, Standing.NOT_YET, Standing.DRIFTED)
    colour = (_GOOD if verdict is Verdict.PROVEN else _PLAIN) if holds else _GONE
    middle = (verdict.words if holds else _NO_MORE).in_language(language)
    size = 30 if len(middle) <= 4 else 22 if len(middle) <= 8 else 17
    last = day_short(said.expires_on, weekday=False).in_language(language)
    foot = _VALID_UNTIL.in_language(language).format(day=last)

    def words(y: int, text: str, size: int, weight: int = 400) -> str:
        return (
            f'<text x="80" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
            f'text-anchor="middle">{escape(text)}</text>'
        )

    return (
        '<svg class="seal" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" width="144" height="144" '
        'aria-hidden="true" focusable="false" font-family="Pretendard, sans-serif">'
        f'<circle cx="80" cy="80" r="76" fill="none" stroke="{colour}" stroke-width="4"/>'
        f'<circle cx="80" cy="80" r="68" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        f"{words(46, _SEAL.in_language(language), 15, 700)}{words(90, middle, size, 700)}"
        f"{words(114, said.number, 12)}{words(132, foot, 11)}</svg>"
    )


def _shown(one: PrintedEndpoint, unit: str) -> ShownEndpoint:
    metric = Metric(one.metric)

    def signed(value: float) -> Text:
        return number(metric, value, unit=unit, sign=True)

    def figure(value: float | None) -> Text:
        return _NOT_GIVEN if value is None else number(metric, value, unit=unit)

    low, high = signed(one.low), signed(one.high)
    return ShownEndpoint(
        METRICS[metric],
        figure(one.model),
        figure(one.practice),
        signed(one.difference),
        Text(ko=f"{low.ko} ~ {high.ko}", en=f"{low.en} to {high.en}"),
        signed(one.line),
    )
