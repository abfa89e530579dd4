"""Who may not score a bid: who is bound to a firm of it, or was until lately.

A call says for how many years a tie still counts; no number is assumed here. Nobody scores an own bid, nor one in which
a firm takes part that the reviewer is bound to, also where that firm stands behind a member (a parent, an owner).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from pandok.core.lab.strict_value import StrictValue
from pandok.core.programme.indicators import Line
from pandok.core.text import Text


class Bond(StrEnum):
    """How a person is bound to a firm."""

    EMPLOYED = "employed"
    OFFICER = "officer"
    OWNER = "owner"
    CONTRACT = "contract"
    FAMILY = "family"
    JOINT_WORK = "joint_work"
    DECLARED = "declared"

    @property
    def words(self) -> Text:
        return _BONDS[self]


_BONDS = {
    Bond.EMPLOYED: Text(ko="소속", en="employed"),
    Bond.OFFICER: Text(ko="임원", en="an officer of the firm"),
    Bond.OWNER: Text(ko="지분 보유", en="an owner"),
    Bond.CONTRACT: Text(ko="자문·용역 계약", en="under contract"),
    Bond.FAMILY: Text(ko="가족이 소속", en="family works there"),
    Bond.JOINT_WORK: Text(ko="공동 연구·논문·특허", en="joint research, paper or patent"),
    Bond.DECLARED: Text(ko="스스로 회피", en="stood back"),
}


class Tie(StrictValue):
    """`until` None: still so."""

    person: Line
    firm: Line
    bond: Bond
    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Tie:
        if self.until is not None and self.until < self.since:
            raise ValueError("a tie ends after it began")
        return self


class Behind(StrictValue):
    """`owner` stands behind `firm` (parent company, majority owner), from `since` on. `until` None: still so."""

    firm: Line
    owner: Line
    since: date
    until: date | None = None


class Bid(StrictValue):
    """`firms`: of the consortium, the lead first. `people`: named in it."""

    number: Line
    firms: Annotated[tuple[Line, ...], Field(min_length=1)]
    people: tuple[Line, ...] = ()


class Conflict(StrictValue):
    """Why somebody may not score. `firm`: of the bid; `through`: the firm that the tie is to, where it is another."""

    person: Line
    bid: Line
    firm: str
    through: str
    bond: Bond | None
    """None: the person is named in the bid."""
    until: date | None


def conflict_of(
    person: str,
    bid: Bid,
    *,
    ties: Iterable[Tie],
    behind: Sequence[Behind] = (),
    on: date,
    counts_for_years: int,
) -> Conflict | None:
    """The first reason that keeps `person` from scoring `bid` on a day, or None. ValueError for years below 0."""
    if counts_for_years < 0:
        raise ValueError("years are 0 or more")
    if person in bid.people:
        return Conflict(person=person, bid=bid.number, firm="", through="", bond=None, until=None)
    mine = [
        tie
        for tie in ties
        if tie.person == person
        and tie.since <= on
        and (tie.until is None or on < _years_after(tie.until, counts_for_years))
    ]
    for firm in bid.firms:
        near = _standing_behind(firm, behind, on)
        for tie in mine:
            if tie.firm in near:
                through = "" if tie.firm == firm else tie.firm
                return Conflict(
                    person=person, bid=bid.number, firm=firm, through=through, bond=tie.bond, until=tie.until
                )
    return None


def _standing_behind(firm: str, behind: Sequence[Behind], on: date) -> set[str]:
    """The firm, its owners, and theirs; and firms of the same owner."""
    valid = [one for one in behind if one.since <= on and (one.until is None or on <= one.until)]
    found, before = {firm}, set[str]()
    while found != before:
        before = set(found)
        found |= {one.owner for one in valid if one.firm in found}
    return found | {one.firm for one in valid if one.owner in found}


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
