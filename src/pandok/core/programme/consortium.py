"""Who applies together: the lead first, each with its registration number and its share; the shares come to 100 %."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pandok.core.programme.business_number import business_number
from pandok.core.text import Text

_SHARE = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)
WHOLE = Decimal(100)


class MemberFault(StrEnum):
    NO_LEAD = "no_lead"
    NO_NAME = "no_name"
    NUMBER = "number"
    TWICE = "twice"
    SHARE = "share"
    NOT_WHOLE = "not_whole"

    @property
    def words(self) -> Text:
        return _FAULTS[self]


_FAULTS = {
    MemberFault.NO_LEAD: Text(ko="주관기관이 없습니다", en="there is no lead"),
    MemberFault.NO_NAME: Text(ko="이름이 없습니다", en="the name is missing"),
    MemberFault.NUMBER: Text(ko="사업자등록번호가 맞지 않습니다", en="that is no business registration number"),
    MemberFault.TWICE: Text(ko="같은 사업자등록번호가 두 번 있습니다", en="the same registration number stands twice"),
    MemberFault.SHARE: Text(
        ko="지분은 0보다 크고 100까지, 소수 둘째 자리까지입니다",
        en="a share is above 0 and up to 100, with two decimals at most",
    ),
    MemberFault.NOT_WHOLE: Text(ko="지분의 합이 100%가 아닙니다", en="the shares do not come to 100 %"),
}


@dataclass(frozen=True)
class MemberSaid:
    """As it was written."""

    name: str
    number: str
    share: str

    @property
    def empty(self) -> bool:
        return not (self.name.strip() or self.number.strip() or self.share.strip())


def share_of(written: str) -> Decimal | None:
    """
    >>> share_of("33.34"), share_of("0"), share_of("33,3"), share_of("101")
    (Decimal('33.34'), None, None, None)
    """
    text = written.strip().removesuffix("%").strip()
    found = Decimal(text) if _SHARE.fullmatch(text) else None
    return found if found is not None and 0 < found <= WHOLE else None


def faults_of(members: Sequence[MemberSaid]) -> list[tuple[int | None, MemberFault]]:
    """What is wrong, by the place of the member from 0; None: with all of them together."""
    if not members or members[0].empty:
        return [(None, MemberFault.NO_LEAD)]
    found: list[tuple[int | None, MemberFault]] = []
    seen: set[str] = set()
    for place, one in enumerate(members):
        if not one.name.strip():
            found.append((place, MemberFault.NO_NAME))
        digits = business_number(one.number)
        if digits is None:
            found.append((place, MemberFault.NUMBER))
        elif digits in seen:
            found.append((place, MemberFault.TWICE))
        else:
            seen.add(digits)
        if share_of(one.share) is None:
            found.append((place, MemberFault.SHARE))
    shares = [share_of(one.share) for one in members]
    if all(share is not None for share in shares) and sum(filter(None, shares)) != WHOLE:
        found.append((None, MemberFault.NOT_WHOLE))
    return found
