"""The matrix of reviewer, firm, member and year, row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pandok.core.programme.conflicts import Behind, Bid, Bond, Tie, conflict_of
from pandok.core.programme.indicators import Sheet
from pandok.core.programme.opening import Draft, Fate, Lacking, lacking
from tests.core.programme.test_lock import line

ON = date(2026, 6, 1)
BID = Bid(number="B-1", firms=("lead", "member"), people=("kim",))
BEHIND = (
    Behind(firm="member", owner="holding", since=date(2020, 1, 1)),
    Behind(firm="sister", owner="holding", since=date(2020, 1, 1)),
    Behind(firm="holding", owner="family office", since=date(2020, 1, 1)),
    Behind(firm="lead", owner="former owner", since=date(2010, 1, 1), until=date(2019, 1, 1)),
)


def tie(firm: str, since: date = date(2015, 1, 1), until: date | None = None, bond: Bond = Bond.EMPLOYED) -> Tie:
    return Tie(person="lee", firm=firm, bond=bond, since=since, until=until)


@pytest.mark.parametrize(
    ("ties", "firm", "through"),
    [
        ([tie("lead")], "lead", ""),
        ([tie("member")], "member", ""),
        ([tie("holding")], "member", "holding"),
        ([tie("family office", bond=Bond.OWNER)], "member", "family office"),
        ([tie("sister")], "member", "sister"),
        ([tie("elsewhere"), tie("member", bond=Bond.FAMILY)], "member", ""),
        ([tie("lead", until=date(2023, 6, 2))], "lead", ""),
    ],
)
def test_who_is_bound_may_not_score(ties: list[Tie], firm: str, through: str) -> None:
    found = conflict_of("lee", BID, ties=ties, behind=BEHIND, on=ON, counts_for_years=3)
    assert found
    assert (found.firm, found.through) == (firm, through)


@pytest.mark.parametrize(
    "ties",
    [
        [],
        [tie("elsewhere")],
        [tie("lead", until=date(2023, 6, 1))],
        [tie("lead", since=date(2026, 6, 2))],
        [tie("former owner")],
        [Tie(person="park", firm="lead", bond=Bond.OWNER, since=date(2015, 1, 1))],
    ],
)
def test_who_is_not_bound_or_no_longer_may(ties: list[Tie]) -> None:
    assert conflict_of("lee", BID, ties=ties, behind=BEHIND, on=ON, counts_for_years=3) is None


def test_nobody_scores_a_bid_that_names_them() -> None:
    found = conflict_of("kim", BID, ties=(), on=ON, counts_for_years=0)
    assert found
    assert found.bond is None


@given(st.dates(date(2000, 2, 1), date(2040, 1, 1)), st.integers(0, 10))
def test_a_tie_that_ended_counts_to_the_day_for_as_long_as_the_call_says(until: date, years: int) -> None:
    ended = [tie("lead", since=date(1990, 1, 1), until=until)]
    free = date(until.year + years, 3, 1) if (until.month, until.day) == (2, 29) and years % 4 else None
    free = free or _same_day(until, years)
    assert conflict_of("lee", BID, ties=ended, on=free, counts_for_years=years) is None
    assert conflict_of("lee", BID, ties=ended, on=free - timedelta(days=1), counts_for_years=years) or years == 0


def _same_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def test_a_tie_ends_after_it_began() -> None:
    with pytest.raises(ValidationError):
        tie("lead", until=date(2014, 1, 1))


def test_no_project_opens_without_what_it_must_say() -> None:
    sheet = Sheet(indicators=(line("minutes", 1.0),))
    whole = Draft("북구청 안전과장", sheet, Fate.ENDS, "북구청", "북구청 안전과장")
    assert lacking(whole) == []
    assert lacking(Draft(" ", None, None, "", "")) == [one for one in Lacking if one is not Lacking.SATISFACTION_ALONE]
    liked = Sheet(indicators=(line("liked", 1.0, source="satisfaction"),))
    assert lacking(Draft("북구청", liked, Fate.ENDS, "북구청", "북구청")) == [Lacking.SATISFACTION_ALONE]
