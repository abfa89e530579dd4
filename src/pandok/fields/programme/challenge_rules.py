"""Rules of a challenge as functions of values: its phases by the clock, when it opens and closes, until when teams
change, and who is too close to the problem to be in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from pandok.core.text import Text


class HasTimes(Protocol):
    @property
    def begins_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


P = TypeVar("P", bound=HasTimes)


def holds(phase: HasTimes, at: datetime) -> bool:
    """From its beginning on, up to but without its end: the end of one can be the beginning of the next."""
    return phase.begins_at <= at < phase.ends_at


def phase_at(phases: Sequence[P], at: datetime) -> P | None:
    """Of phases in their order."""
    return next((one for one in phases if holds(one, at)), None)


def begun(phases: Sequence[P], now: datetime) -> list[P]:
    return [one for one in phases if one.begins_at <= now]


def in_order(phases: Sequence[HasTimes]) -> bool:
    """Each ends after it begins, and none begins before the one before it has ended."""
    if not all(one.begins_at < one.ends_at for one in phases):
        return False
    return all(earlier.ends_at <= later.begins_at for earlier, later in pairwise(phases))


def may_open(phases: Sequence[HasTimes], now: datetime) -> bool:
    return bool(phases) and phases[0].begins_at <= now < phases[-1].ends_at


def may_close(phases: Sequence[HasTimes], now: datetime) -> bool:
    return bool(phases) and phases[-1].ends_at <= now


def members_fixed(phases: Sequence[HasTimes], now: datetime) -> bool:
    """From the beginning of the last phase on."""
    return bool(phases) and phases[-1].begins_at <= now


class TooClose(StrEnum):
    """Why a person cannot be in a team."""

    OWNER = "owner"
    REGISTRAR = "registrar"
    GRANT = "grant"
    AUTHOR = "author"

    @property
    def words(self) -> Text:
        return _TOO_CLOSE[self]


_TOO_CLOSE = {
    TooClose.OWNER: Text(ko="이 과제를 가져온 사람", en="brought the problem in"),
    TooClose.REGISTRAR: Text(ko="이 과제의 계획을 잠근 사람", en="locked the problem's protocol"),
    TooClose.GRANT: Text(
        ko="봉인 자료의 이용승인을 받은 적이 있는 사람", en="holds or held a grant on its sealed data"
    ),
    TooClose.AUTHOR: Text(ko="이 경진을 쓰거나 이끈 사람", en="wrote or led this challenge"),
}


@dataclass(frozen=True)
class Behind:
    """Accounts that stand behind a challenge, by their keys; `roles`: those that a grant names."""

    owners: frozenset[int]
    registrars: frozenset[int]
    granted: frozenset[int]
    roles: frozenset[str]
    authors: frozenset[int]


def too_close(person: int, roles: Collection[str], behind: Behind) -> frozenset[TooClose]:
    """A grant that ended counts too: what was seen is known.

    >>> behind = Behind(frozenset({1}), frozenset({2}), frozenset({3}), frozenset({"data-steward"}), frozenset({1}))
    >>> [sorted(too_close(one, roles, behind)) for one, roles in ((1, ()), (3, ()), (4, ["data-steward"]), (5, ()))]
    [[<TooClose.AUTHOR: 'author'>, <TooClose.OWNER: 'owner'>], [<TooClose.GRANT: 'grant'>], [<TooClose.GRANT: 'grant'>], []]
    """  # noqa: E501
    found = {
        TooClose.OWNER: person in behind.owners,
        TooClose.REGISTRAR: person in behind.registrars,
        TooClose.GRANT: person in behind.granted or not behind.roles.isdisjoint(roles),
        TooClose.AUTHOR: person in behind.authors,
    }
    return frozenset(why for why, holds_ in found.items() if holds_)
