"""The figures of the desk as a page shows them: tiles, charts, tables; every share with its interval and its count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pandok.core.dates import month_short
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.learning.statistics import FEW, Share, Statistics, Tally
from pandok.fields.counterfeit.acts.learning.tallies import RANKS
from pandok.proof.shares import Quantile
from pandok.web.shown.charts import Chart, Point, Series, line_chart

SHARE_STEPS = (0.1, 0.25, 0.5, 1.0)
MINUTE_STEPS = (60, 240, 720, 1440, 2880, 5760, 10080, 20160, 43200, 86400, 172800)
HOUR, DAY = 60, 1440

_HIT = Text(ko="{k}순위 안 적중률", en="Hit rate at {k}")
_MEDIAN = Text(ko="권리자 통지까지 중앙값", en="Time to holder, median")
_P90 = Text(ko="90% 통지 소요시간", en="Time to holder, 90%")
_NOTHING = Text(ko="‘유사 디자인 없음’ 비율", en="Share of “nothing close”")
_WRONG = Text(ko="잘못된 통지 비율", en="Wrong-notice rate")
_TERMS = (*("hit_at_k" for _ in RANKS), "time_to_holder", "time_to_holder", "nothing_close_share", "wrong_notice")
_NO_VALUE = Text(ko="값 없음", en="no value")
_BEFORE = Text(ko="이전 기간 {value}", en="period before: {value}")
_WITH_INTERVAL = Text(ko="{value} ({low}–{high}, {count}건)", en="{value} ({low}–{high}, n = {count})")
_WITHOUT_BOUND = Text(ko="{value} (구간 없음, {count}건)", en="{value} (no interval, n = {count})")


@dataclass(frozen=True)
class Cell:
    """One figure: `value`, its 95 % interval, how many cases stand behind it."""

    value: str
    interval: str
    count: int
    few: bool


@dataclass(frozen=True)
class Tile:
    title: str
    cell: Cell
    before: str
    term: str
    """Its key in the glossary."""


@dataclass(frozen=True)
class TableRow:
    name: str
    cases: int
    cells: list[Cell]


def tiles(found: Statistics, language: str) -> list[Tile]:
    pairs = zip(_titles(language), _cells(found.whole, language), _cells(found.before, language), _TERMS, strict=True)
    say = _BEFORE.in_language(language)
    return [
        Tile(
            title,
            cell,
            say.format(value=f"{old.value} {old.interval} · n = {old.count}" if old.count else old.value),
            term,
        )
        for title, cell, old, term in pairs
    ]


def table(groups: Mapping[Any, Tally], name: Callable[[Any], str], language: str) -> list[TableRow]:
    return [TableRow(name(key), tally.cases, _cells(tally, language)) for key, tally in groups.items()]


def column_titles(language: str) -> list[str]:
    return _titles(language)


def charts(found: Statistics, language: str) -> list[Chart]:
    labels = [month_short(month).in_language(language) for month in found.months]
    months = list(found.months)
    marks = [(months.index(month), " · ".join(readers)) for month, readers in found.reader_since.items()]
    tallies = list(found.months.values())

    def shares(name: str, share: Callable[[Tally], Share]) -> Series:
        return Series(name, [_share_point(share(tally), language) for tally in tallies])

    def times(name: str, quantile: Callable[[Tally], Quantile | None]) -> Series:
        return Series(name, [_time_point(quantile(tally), tally.notified, language) for tally in tallies])

    hits = [shares(_hit(k, language), partial(Tally.hit, k=k)) for k in RANKS]
    words = {
        "hits": Text(ko="월별 적중률", en="Hit rates by month"),
        "times": Text(ko="월별 권리자 통지까지 걸린 시간", en="Time to holder by month"),
        "other": Text(ko="월별 ‘유사 디자인 없음’과 잘못된 통지", en="“Nothing close” and wrong notices by month"),
    }
    described = {key: _description(text, labels, language) for key, text in words.items()}
    median, p90 = _MEDIAN.in_language(language), _P90.in_language(language)
    others = [
        shares(_NOTHING.in_language(language), lambda tally: tally.nothing_close_share),
        shares(_WRONG.in_language(language), lambda tally: tally.wrong_notices),
    ]
    series = {
        "hits": hits,
        "times": [times(median, lambda tally: tally.median), times(p90, lambda tally: tally.p90)],
        "other": others,
    }
    return [
        line_chart(
            key=key,
            title=text.in_language(language),
            description=described[key],
            labels=labels,
            series=series[key],
            say=(lambda value: _minutes(value, language)) if key == "times" else _percent,
            steps=MINUTE_STEPS if key == "times" else SHARE_STEPS,
            marks=marks,
        )
        for key, text in words.items()
    ]


def _description(text: Text, labels: list[str], language: str) -> str:
    said = Text(
        ko="{title}, {first}부터 {last}까지. 세로선은 95% 신뢰구간, 속이 빈 회색 점은 {few}건 미만. "
        "같은 수치가 아래 표에 있습니다.",
        en="{title}, {first} to {last}. Whiskers are 95 % intervals; hollow grey points stand for fewer than {few} "
        "cases. The table below has the same figures.",
    )
    return said.in_language(language).format(
        title=text.in_language(language), first=labels[0], last=labels[-1], few=FEW
    )


def _titles(language: str) -> list[str]:
    return [
        *(_hit(k, language) for k in RANKS),
        *(one.in_language(language) for one in (_MEDIAN, _P90, _NOTHING, _WRONG)),
    ]


def _hit(k: int, language: str) -> str:
    return _HIT.in_language(language).format(k=k)


def _cells(tally: Tally, language: str) -> list[Cell]:
    return [
        *(_share_cell(tally.hit(k), language) for k in RANKS),
        _time_cell(tally.median, tally.notified, language),
        _time_cell(tally.p90, tally.notified, language),
        _share_cell(tally.nothing_close_share, language),
        _share_cell(tally.wrong_notices, language),
    ]


def _share_cell(share: Share, language: str) -> Cell:
    if share.value is None or share.interval is None:
        return Cell(_NO_VALUE.in_language(language), "", 0, True)
    low, high = share.interval
    return Cell(_percent(share.value), f"{_percent(low)}–{_percent(high)}", share.count, share.few)


def _time_cell(quantile: Quantile | None, count: int, language: str) -> Cell:
    if quantile is None:
        return Cell(_NO_VALUE.in_language(language), "", 0, True)
    low = _minutes(quantile.low, language) if quantile.low is not None else "?"
    high = _minutes(quantile.high, language) if quantile.high is not None else "?"
    return Cell(_minutes(quantile.value, language), f"{low}–{high}", count, count < FEW)


def _share_point(share: Share, language: str) -> Point | None:
    if share.value is None or share.interval is None:
        return None
    low, high = share.interval
    said = _WITH_INTERVAL.in_language(language).format(
        value=_percent(share.value), low=_percent(low), high=_percent(high), count=share.count
    )
    return Point(share.value, low, high, share.few, said)


def _time_point(quantile: Quantile | None, count: int, language: str) -> Point | None:
    if quantile is None:
        return None
    value = _minutes(quantile.value, language)
    if quantile.low is None or quantile.high is None:
        said = _WITHOUT_BOUND.in_language(language).format(value=value, count=count)
        return Point(quantile.value, None, None, count < FEW, said)
    low, high = _minutes(quantile.low, language), _minutes(quantile.high, language)
    said = _WITH_INTERVAL.in_language(language).format(value=value, low=low, high=high, count=count)
    return Point(quantile.value, quantile.low, quantile.high, count < FEW, said)


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%" if share * 100 >= 10 or share in (0, 1) else f"{share * 100:.1f}%"


def _minutes(minutes: float, language: str) -> str:
    ko = not language.startswith("en")
    whole = round(minutes)
    if whole < HOUR:
        return f"{whole}분" if ko else f"{whole} min"
    if whole < 2 * DAY:
        hours = f"{whole / HOUR:.1f}".removesuffix(".0")
        return f"{hours}시간" if ko else f"{hours} h"
    days = f"{whole / DAY:.1f}".removesuffix(".0")
    return f"{days}일" if ko else f"{days} d"
