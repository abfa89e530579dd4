"""Work lists of customs: mine, overdue, all; filtered, in order, page after page without counting what was passed.

A list is a few branches that do not overlap, each answered by one index; a page takes the first rows of each and
merges them. The next page begins behind the last row of this one (its key), however many rows lie before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, Literal, NamedTuple

from django.db.models import F, OrderBy, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from pandok.common.declared import Waiting
from pandok.common.models import Account
from pandok.core.terms.business_days import due_at
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import current_law
from pandok.fields.counterfeit.lists.case_filter import FILTERS, CaseFilter
from pandok.fields.counterfeit.lists.search import searched
from pandok.fields.counterfeit.lists.visible import customs_parts
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import LATE, Turn

PAGE = 50
MOST_COUNTED = 1000
SOON_BUSINESS_DAYS = 2
"""A term that ends within so many business days stands among the overdue."""

Tab = Literal["mine", "overdue", "all"]
_COMMON = {"site_id": Value(0), "officer_id": Value(0), "state": Value(""), "turn": Value("")}


class Key(NamedTuple):
    """Where a row stands in its list. `at` is opened_at in the whole list, else due_at."""

    at: datetime | None
    serial: int


@dataclass(frozen=True)
class Page:
    cases: list[Case]
    next: Key | None
    """Behind which row the next page begins; None: this is the last one."""


@dataclass(frozen=True)
class WorkList:
    """`branches` do not overlap. `newest_first`: by opening; else by end of term, `untimed_first` or last."""

    branches: tuple[QuerySet[Case], ...]
    newest_first: bool
    untimed_first: bool = False

    def page(self, after: Key | None = None, size: int = PAGE) -> Page:
        keys = self.keys(after, size + 1)
        by_id = {
            case.id: case
            for case in Case.objects.filter(id__in=[one for _, one in keys[:size]])
            .select_related("site", "officer", "design", "holder", "importer")
            .prefetch_related("signal__photographs")
            .defer("words")
        }
        shown = [by_id[one] for _, one in keys[:size]]
        return Page(shown, keys[size - 1][0] if len(keys) > size else None)

    def keys(self, after: Key | None, most: int) -> list[tuple[Key, Any]]:
        """Key and id of the first `most` rows behind `after`, in order."""
        field = "opened_at" if self.newest_first else "due_at"
        if after is not None and after.at is None and self.newest_first:
            after = None  # such a row has no place in this list
        found: list[tuple[Key, Any]] = []
        for branch in self.branches:
            rows = branch.order_by(*self._order()).values_list(field, "serial", "pk")
            if after is not None:
                rows = rows.filter(self._behind(after))
            found += [(Key(at, serial), pk) for at, serial, pk in rows[:most]]
        return sorted(found, key=lambda row: self._place(row[0]))[:most]

    def count(self, most: int = MOST_COUNTED) -> int:
        """How many, at most `most` + 1, which means more."""
        total = 0
        for branch in self.branches:
            total += branch.order_by().values("pk")[: most + 1 - total].count()
            if total > most:
                break
        return total

    def _order(self) -> tuple[OrderBy, ...]:
        if self.newest_first:
            return F("opened_at").desc(), F("serial").desc()
        due = F("due_at").asc(nulls_first=True) if self.untimed_first else F("due_at").asc(nulls_last=True)
        return due, F("serial").asc()

    def _place(self, key: Key) -> tuple[Any, ...]:
        if self.newest_first:
            assert key.at is not None
            return -key.at.timestamp(), -key.serial
        return (key.at is None) != self.untimed_first, key.at.timestamp() if key.at else 0.0, key.serial

    def _behind(self, key: Key) -> Q:
        if self.newest_first:
            return Q(opened_at__lte=key.at) & (Q(opened_at__lt=key.at) | Q(serial__lt=key.serial))
        if key.at is None:
            rest = Q(due_at__isnull=True, serial__gt=key.serial)
            return rest | Q(due_at__isnull=False) if self.untimed_first else rest
        rest = Q(due_at__gt=key.at) | Q(due_at=key.at, serial__gt=key.serial)
        return rest if self.untimed_first else rest | Q(due_at__isnull=True)


def work_list(*, account: Account, tab: Tab, chosen: CaseFilter, now: datetime) -> WorkList:
    """The list that a member of customs asks for; empty for everybody else."""
    base = searched(Case.objects.all(), chosen.text)
    parts = customs_parts(account)
    seen = (Q(),) if parts is None else parts
    conditions = [part & segment for part in seen for segment in _segments(account, tab, now)]
    anchored = base.rare or chosen.holder is not None
    if anchored and conditions:
        conditions = [reduce(or_, conditions)]
    branches = [_restricted(base.queryset, condition, chosen, anchored) for condition in conditions]
    return WorkList(tuple(branches), newest_first=tab == "all", untimed_first=tab == "overdue")


def soon(now: datetime) -> datetime:
    """Terms that end before this stand among the overdue."""
    law = current_law(now.astimezone(OFFICE_ZONE).date())
    end = due_at(now, SOON_BUSINESS_DAYS, "business", office_days(law), OFFICE_ZONE)
    return end.astimezone(UTC) + timedelta(microseconds=1)


def _segments(account: Account, tab: Tab, now: datetime) -> tuple[Q, ...]:
    if tab == "mine":
        return (Q(officer_id=account.pk, turn=Turn.OFFICER.value),)
    if tab == "overdue":
        late = [Q(state=state.value) for state in sorted(LATE)]
        running = Q(due_at__isnull=False, due_at__lt=soon(now))
        return *late, reduce(and_, (~one for one in late), running)
    return (Q(),)


def _restricted(rows: QuerySet[Case], common: Q, chosen: CaseFilter, anchored: bool) -> QuerySet[Case]:
    """With every condition of the filter. `anchored`: a rare condition leads, and the common ones are only looked at.

    A planner without statistics may else read a whole site in order to find one holder's cases in it.
    """
    asked = [(one, value) for one in FILTERS if (value := getattr(chosen, one.name))]
    for one, value in asked:
        if one.common:
            common &= one.where(value)
    if anchored:
        rows = rows.alias(**{f"plain_{name}": Coalesce(name, nothing) for name, nothing in _COMMON.items()})
        common = _plain(common)
    rows = rows.filter(common)
    for one, value in asked:
        if not one.common:
            rows = rows.filter(one.where(value))
    return rows


def _plain(condition: Q) -> Q:
    """The same condition on values that no index holds."""
    children: list[Q | tuple[str, Any]] = []
    for child in condition.children:
        if isinstance(child, Q):
            children.append(_plain(child))
        else:
            assert isinstance(child, tuple)  # a name and its value
            name, value = child
            children.append((f"plain_{name}" if name in _COMMON else name, value))
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def waiting_for(account: Account, now: datetime) -> dict[str, Waiting]:
    """What waits in the work list; nothing for who works on no cases."""
    if not account.may(Action.WORK_CASES):
        return {}
    mine, late = (
        work_list(account=account, tab=tab, chosen=CaseFilter(), now=now).count() for tab in ("mine", "overdue")
    )
    return {"cases": Waiting(mine, late)}
