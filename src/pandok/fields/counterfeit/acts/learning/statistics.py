"""How good are reader and desk? Shares with Wilson intervals and times with order statistics, by month, class and site.

Cases count in the month in which they were opened. hit@k: of the closed cases whose right design is known, the share
in which the reader listed it among the first k. What is added up here are sums of cells, kept by
pandok.fields.counterfeit.acts.learning.tallies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from pandok.common.models import Account, SiteMember
from pandok.common.roles import Role as CommonRole
from pandok.fields.counterfeit.acts.learning import tallies
from pandok.fields.counterfeit.acts.learning.tallies import RANKS, Cell, Sums
from pandok.fields.counterfeit.models import CaseFigure, FigureTally
from pandok.fields.counterfeit.roles import Role
from pandok.proof.bootstrap import Interval
from pandok.proof.shares import Quantile, counted_quantile, wilson_interval

FEW = 5
"""A share of fewer cases is shown greyed: it says next to nothing, and may point at a person."""


@dataclass(frozen=True)
class Share:
    hits: int
    count: int

    @property
    def value(self) -> float | None:
        return self.hits / self.count if self.count else None

    @cached_property
    def interval(self) -> Interval | None:
        return wilson_interval(self.hits, self.count)

    @property
    def few(self) -> bool:
        return self.count < FEW


@dataclass
class Tally:
    """Counts of one group of cases."""

    cases: int = 0
    nothing_close: int = 0
    labelled: int = 0
    not_in_register: int = 0
    judged: int = 0
    wrong: int = 0
    hits: dict[int, int] = field(default_factory=lambda: dict.fromkeys(RANKS, 0))
    minutes: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def hit(self, k: int) -> Share:
        return Share(self.hits[k], self.labelled)

    @property
    def nothing_close_share(self) -> Share:
        return Share(self.nothing_close, self.cases)

    @property
    def wrong_notices(self) -> Share:
        return Share(self.wrong, self.judged)

    @property
    def notified(self) -> int:
        return sum(self.minutes.values())

    @cached_property
    def median(self) -> Quantile | None:
        return counted_quantile(list(self.minutes.items()), 0.5)

    @cached_property
    def p90(self) -> Quantile | None:
        return counted_quantile(list(self.minutes.items()), 0.9)


@dataclass(frozen=True)
class Statistics:
    months: dict[date, Tally]
    classes: dict[str, Tally]
    sites: dict[int | None, Tally]
    readers: dict[str, Tally]
    whole: Tally
    before: Tally
    """The period of the same length just before."""
    reader_since: dict[date, tuple[str, ...]]
    """Months in which a reader was in use that had not been before (in the months shown)."""


@dataclass(frozen=True)
class Figures:
    """Cases whose figures somebody may see; `sums`: the kept sums of exactly these, None where there are none."""

    cases: QuerySet[CaseFigure]
    sums: QuerySet[FigureTally] | None

    def within(self, **limits: Any) -> list[tuple[Cell, Sums]]:
        """The sums by cell, of those that meet `limits` on the fields of a cell."""
        if self.sums is None:
            return tallies.grouped(self.cases.filter(**limits))
        return tallies.read(self.sums.filter(**limits))


def figures_for(account: Account) -> Figures:
    """Officers: their site's cases, or their own where they have no site; the others with this page: all."""
    sums = FigureTally.objects.all() if tallies.standing() else None
    if account.roles & {Role.SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}:
        return Figures(CaseFigure.objects.all(), sums)
    site = SiteMember.objects.filter(account=account).values_list("site_id", flat=True).first()
    if site is not None:
        return Figures(CaseFigure.objects.filter(site_id=site), None if sums is None else sums.filter(site_id=site))
    return Figures(CaseFigure.objects.filter(officer=account), None)


def months_back(last: date, count: int) -> list[date]:
    """`count` first days of months, oldest first, up to the month of `last`."""
    number = last.year * 12 + last.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - count + 1, number + 1)]


def statistics(
    figures: Figures, *, last: date, months: int, locarno_class: str = "", site: int | None = None
) -> Statistics:
    """The figures of `months` months up to the month of `last`, beside those of as many months before."""
    shown = months_back(last, months)
    earliest = months_back(shown[0], months + 1)[0]
    limits: dict[str, Any] = {"month__gte": earliest, "month__lte": shown[-1]}
    if locarno_class:
        limits["locarno_class"] = locarno_class
    if site is not None:
        limits["site_id"] = site
    rows = figures.within(**limits)
    within = [(cell, sums) for cell, sums in rows if cell.month >= shown[0]]
    by_month = _grouped(within, lambda cell: cell.month)
    both = _grouped(rows, lambda cell: cell.month >= shown[0])
    return Statistics(
        months={month: by_month.get(month, Tally()) for month in shown},
        classes=_sorted(_grouped(within, lambda cell: cell.locarno_class)),
        sites=_sorted(_grouped(within, lambda cell: cell.site_id)),
        readers=_sorted(_grouped(within, lambda cell: cell.reader)),
        whole=both.get(True, Tally()),
        before=both.get(False, Tally()),
        reader_since=_first_months([cell for cell, _ in rows], shown[0]),
    )


def _grouped(rows: Iterable[tuple[Cell, Sums]], key: Callable[[Cell], Any]) -> dict[Any, Tally]:
    groups: dict[Any, Sums] = defaultdict(Sums)
    for cell, sums in rows:
        groups[key(cell)].add(sums)
    return {name: _tally(sums) for name, sums in groups.items() if sums.counts["cases"]}


def _tally(sums: Sums) -> Tally:
    counts = sums.counts
    return Tally(
        cases=counts["cases"],
        nothing_close=counts["nothing_close"],
        labelled=counts["labelled"],
        not_in_register=counts["not_in_register"],
        judged=counts["judged"],
        wrong=counts["wrong"],
        hits={k: counts[f"hits_{k}"] for k in RANKS},
        minutes=dict(sums.minutes),
    )


def _sorted(groups: dict[Any, Tally]) -> dict[Any, Tally]:
    """Most cases first, ties by name."""
    return dict(sorted(groups.items(), key=lambda item: (-item[1].cases, str(item[0]))))


def _first_months(cells: Iterable[Cell], shown_from: date) -> dict[date, tuple[str, ...]]:
    first: dict[str, date] = {}
    for cell in cells:
        if cell.reader:
            first[cell.reader] = min(first.get(cell.reader, cell.month), cell.month)
    starts = min(first.values(), default=shown_from)
    found: dict[date, tuple[str, ...]] = {}
    for reader, month in sorted(first.items()):
        if month >= shown_from and month > starts:
            found[month] = (*found.get(month, ()), reader)
    return found
