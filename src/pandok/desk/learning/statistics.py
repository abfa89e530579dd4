"""How good are reader and desk? Shares with Wilson intervals and times with order statistics, by month, class and site.

Cases count in the month in which they were opened. hit@k: of the closed cases whose right design is known, the share
in which the reader listed it among the first k. The database counts; times come in few distinct values, because they
are kept in two digits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from pandok.core.cases.truth import Verdict
from pandok.desk.models import Account, CaseFigure, SiteMember
from pandok.desk.roles import Role
from pandok.proof.bootstrap import Interval
from pandok.proof.shares import Quantile, counted_quantile, wilson_interval

FEW = 5
"""A share of fewer cases is shown greyed: it says next to nothing, and may point at a person."""
RANKS = (1, 5, 10)


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


def figures_for(account: Account) -> QuerySet[CaseFigure]:
    """Officers: their site's cases, or their own where they have no site; the others with this page: all."""
    if account.roles & {Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}:
        return CaseFigure.objects.all()
    site = SiteMember.objects.filter(account=account).values_list("site_id", flat=True).first()
    if site is not None:
        return CaseFigure.objects.filter(site_id=site)
    return CaseFigure.objects.filter(officer=account)


def months_back(last: date, count: int) -> list[date]:
    """`count` first days of months, oldest first, up to the month of `last`."""
    number = last.year * 12 + last.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - count + 1, number + 1)]


def statistics(
    figures: QuerySet[CaseFigure], *, last: date, months: int, locarno_class: str = "", site: int | None = None
) -> Statistics:
    """The figures of `months` months up to the month of `last`, beside those of as many months before."""
    shown = months_back(last, months)
    earliest = months_back(shown[0], months + 1)[0]
    chosen = figures.filter(month__gte=earliest, month__lte=shown[-1])
    if locarno_class:
        chosen = chosen.filter(locarno_class=locarno_class)
    if site is not None:
        chosen = chosen.filter(site_id=site)
    within = chosen.filter(month__gte=shown[0])
    cells, times = list(_cells(chosen, "month", "reader")), list(_times(chosen, "month"))
    by_month = _grouped(cells, times, "month")
    now_and_before = [{**row, "shown": row["month"] >= shown[0]} for row in cells]
    times_of_both = [{**row, "shown": row["month"] >= shown[0]} for row in times]
    both = _grouped(now_and_before, times_of_both, "shown")
    return Statistics(
        months={month: by_month.get(month, Tally()) for month in shown},
        classes=_sorted(_grouped(_cells(within, "locarno_class"), _times(within, "locarno_class"), "locarno_class")),
        sites=_sorted(_grouped(_cells(within, "site_id"), _times(within, "site_id"), "site_id")),
        readers=_sorted(_grouped(_cells(within, "reader"), _times(within, "reader"), "reader")),
        whole=both.get(True, Tally()),
        before=both.get(False, Tally()),
        reader_since=_first_months(cells, shown[0]),
    )


def _cells(figures: QuerySet[CaseFigure], *keys: str) -> Iterable[dict[str, Any]]:
    right = Q(truth=Verdict.RIGHT_DESIGN.value)
    return (
        figures.order_by()
        .values(*keys)
        .annotate(
            cases=Count("pk"),
            nothing=Count("pk", filter=Q(nothing_close=True)),
            labelled=Count("pk", filter=right),
            not_in=Count("pk", filter=Q(truth=Verdict.NOT_IN_REGISTER.value)),
            judged_count=Count("pk", filter=Q(judged=True)),
            wrong=Count("pk", filter=Q(judged=True, wrong_notice=True)),
            **{f"hit_{k}": Count("pk", filter=right & Q(rank__lte=k)) for k in RANKS},
        )
    )


def _times(figures: QuerySet[CaseFigure], key: str) -> Iterable[dict[str, Any]]:
    told = figures.filter(minutes_to_holder__isnull=False).order_by()
    return told.values(key, "minutes_to_holder").annotate(cases=Count("pk"))


def _grouped(
    cells: Iterable[dict[str, Any]],
    times: Iterable[dict[str, Any]],
    key: str,
) -> dict[Any, Tally]:
    groups: dict[Any, Tally] = defaultdict(Tally)
    for row in cells:
        tally = groups[row[key]]
        tally.cases += row["cases"]
        tally.nothing_close += row["nothing"]
        tally.labelled += row["labelled"]
        tally.not_in_register += row["not_in"]
        tally.judged += row["judged_count"]
        tally.wrong += row["wrong"]
        for k in RANKS:
            tally.hits[k] += row[f"hit_{k}"]
    for row in times:
        groups[row[key]].minutes[row["minutes_to_holder"]] += row["cases"]
    return dict(groups)


def _sorted(groups: dict[Any, Tally]) -> dict[Any, Tally]:
    """Most cases first, ties by name."""
    return dict(sorted(groups.items(), key=lambda item: (-item[1].cases, str(item[0]))))


def _first_months(cells: Iterable[dict[str, Any]], shown_from: date) -> dict[date, tuple[str, ...]]:
    first: dict[str, date] = {}
    for row in cells:
        if row["reader"]:
            first[row["reader"]] = min(first.get(row["reader"], row["month"]), row["month"])
    starts = min(first.values(), default=shown_from)
    found: dict[date, tuple[str, ...]] = {}
    for reader, month in sorted(first.items()):
        if month >= shown_from and month > starts:
            found[month] = (*found.get(month, ()), reader)
    return found
