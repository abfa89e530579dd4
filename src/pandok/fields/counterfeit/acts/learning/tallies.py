"""Sums of the figures by month, site, class and reader, kept as cases change, so that a page need not read them all.

Writers wait for one another on the row of the mark: what a case added before is taken away and what it adds now is
added, in one transaction. `rebuild` makes the sums from the figures; a site that is brought up to this version does so
at its first write, and until then the figures are counted at every question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from pandok.fields.counterfeit.models import CaseFigure, FigureMark, FigureTally
from pandok.fields.counterfeit.truth import Verdict

MARK = "tallies"
RANKS = (1, 5, 10)
COUNTS = ("cases", "nothing_close", "labelled", "not_in_register", "judged", "wrong", *(f"hits_{k}" for k in RANKS))


class Cell(NamedTuple):
    month: date
    site_id: int | None
    locarno_class: str
    reader: str


@dataclass
class Sums:
    """`counts` by the names in COUNTS; `minutes`: how many holders were told after so many."""

    counts: Counter[str] = field(default_factory=Counter)
    minutes: Counter[int] = field(default_factory=Counter)

    def add(self, other: Sums, sign: int = 1) -> None:
        for name, count in other.counts.items():
            self.counts[name] = self.counts.get(name, 0) + sign * count
        for minutes, count in other.minutes.items():
            self.minutes[minutes] = self.minutes.get(minutes, 0) + sign * count


def locked() -> None:
    """Inside a transaction: from here on nobody else changes figures or sums. The first time, the sums are made."""
    _, new = FigureMark.objects.get_or_create(name=MARK)
    FigureMark.objects.select_for_update(no_key=True).get(name=MARK)
    if new:
        rebuild()


def standing() -> bool:
    """Whether the sums may be asked."""
    return FigureMark.objects.filter(name=MARK).exists()


def kept_of(case_ids: Sequence[UUID]) -> list[CaseFigure]:
    """The figures of these cases as they stand."""
    return list(CaseFigure.objects.filter(case__in=case_ids))


def move(before: Iterable[CaseFigure], after: Iterable[CaseFigure]) -> None:
    """Take away what these cases added and add what they add now; after `locked()`."""
    changes: defaultdict[Cell, Sums] = defaultdict(Sums)
    for figures, sign in ((before, -1), (after, 1)):
        for one in figures:
            changes[_cell(one)].add(_sums(one), sign)
    for cell, change in changes.items():
        if any(change.counts.values()) or any(change.minutes.values()):
            row = FigureTally.objects.filter(**cell._asdict()).first() or FigureTally(**cell._asdict())
            sums = _stored(row)
            sums.add(change)
            _store(row, sums)
            row.save()


def rebuild() -> None:
    """All sums again from the figures."""
    FigureTally.objects.all().delete()
    rows = []
    for cell, sums in grouped(CaseFigure.objects.all()):
        row = FigureTally(**cell._asdict())
        _store(row, sums)
        rows.append(row)
    FigureTally.objects.bulk_create(rows, batch_size=50)


def read(tallies: QuerySet[FigureTally]) -> list[tuple[Cell, Sums]]:
    """Kept sums with their cells."""
    found = []
    for row in tallies.values_list(*Cell._fields, *COUNTS, "minutes"):
        counts = Counter(dict(zip(COUNTS, row[len(Cell._fields) : -1], strict=True)))
        found.append((Cell(*row[: len(Cell._fields)]), Sums(counts, _counted(row[-1]))))
    return found


def grouped(figures: QuerySet[CaseFigure]) -> list[tuple[Cell, Sums]]:
    """The same, counted by the database; times come in few distinct values, because they are kept in two digits."""
    right = Q(truth=Verdict.RIGHT_DESIGN.value)
    found: defaultdict[Cell, Sums] = defaultdict(Sums)
    cells = figures.order_by().values(*Cell._fields)
    counted = cells.annotate(
        n_cases=Count("pk"),
        n_nothing_close=Count("pk", filter=Q(nothing_close=True)),
        n_labelled=Count("pk", filter=right),
        n_not_in_register=Count("pk", filter=Q(truth=Verdict.NOT_IN_REGISTER.value)),
        n_judged=Count("pk", filter=Q(judged=True)),
        n_wrong=Count("pk", filter=Q(judged=True, wrong_notice=True)),
        **{f"n_hits_{k}": Count("pk", filter=right & Q(rank__lte=k)) for k in RANKS},
    )
    for row in counted:
        found[_cell_of_row(row)].counts.update({name: row[f"n_{name}"] for name in COUNTS})
    told = figures.filter(minutes_to_holder__isnull=False).order_by()
    for row in told.values(*Cell._fields, "minutes_to_holder").annotate(n_cases=Count("pk")):
        found[_cell_of_row(row)].minutes[row["minutes_to_holder"]] += row["n_cases"]
    return list(found.items())


def _cell_of_row(row: dict[str, Any]) -> Cell:
    return Cell(*(row[name] for name in Cell._fields))


def _cell(one: CaseFigure) -> Cell:
    return Cell(one.month, one.site_id, one.locarno_class, one.reader)


def _sums(one: CaseFigure) -> Sums:
    right = one.truth == Verdict.RIGHT_DESIGN.value
    counts = {
        "cases": 1,
        "nothing_close": one.nothing_close,
        "labelled": right,
        "not_in_register": one.truth == Verdict.NOT_IN_REGISTER.value,
        "judged": one.judged,
        "wrong": one.judged and one.wrong_notice,
        **{f"hits_{k}": right and one.rank is not None and one.rank <= k for k in RANKS},
    }
    minutes = Counter() if one.minutes_to_holder is None else Counter({one.minutes_to_holder: 1})
    return Sums(Counter({name: int(count) for name, count in counts.items()}), minutes)


def _stored(row: FigureTally) -> Sums:
    counts = Counter({name: getattr(row, name) for name in COUNTS})
    return Sums(counts, _counted(row.minutes))


def _counted(minutes: dict[str, int]) -> Counter[int]:
    return Counter({int(after): count for after, count in minutes.items()})


def _store(row: FigureTally, sums: Sums) -> None:
    for name in COUNTS:
        setattr(row, name, sums.counts[name])
    row.minutes = {str(minutes): count for minutes, count in sorted(sums.minutes.items()) if count}
