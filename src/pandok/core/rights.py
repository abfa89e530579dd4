"""Legal status of a registered right: one vocabulary for the words of all sources, and when a right may be a basis.

Promise to the officer: a right that is dead, lapsed, pending or of unknown status is never offered as a basis.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from pandok.core.text import Text

STATUS_VOCABULARY = 2
"""Raise when a word below changes its meaning, so that imports look again at rows they would skip."""


class LegalStatus(StrEnum):
    """The status of a right in Pandok's own words, as `RegisteredDesign.status` shows them."""

    IN_FORCE = "in force"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    INVALIDATED = "invalidated"
    SURRENDERED = "surrendered"
    PENDING = "pending"
    UNKNOWN = "unknown"


STATUS_WORDS: dict[LegalStatus, Text] = {
    LegalStatus.IN_FORCE: Text(ko="권리 존속", en="In force"),
    LegalStatus.LAPSED: Text(ko="권리 소멸", en="Lapsed"),
    LegalStatus.EXPIRED: Text(ko="기간 만료", en="Expired"),
    LegalStatus.CANCELLED: Text(ko="취소", en="Cancelled"),
    LegalStatus.INVALIDATED: Text(ko="무효", en="Invalidated"),
    LegalStatus.SURRENDERED: Text(ko="권리 포기", en="Surrendered"),
    LegalStatus.PENDING: Text(ko="출원 중", en="Pending"),
    LegalStatus.UNKNOWN: Text(ko="권리 상태 미상", en="Status unknown"),
}
"""As people read them."""

_WORDS: dict[LegalStatus, str] = {
    # Korean words as the register and KIPRISPlus write them; English; the status categories of WIPO ST.96
    # (Design). ST.87 event codes are mapped by `_ST87_CATEGORIES` below.
    LegalStatus.IN_FORCE: """in force|in-force|inforce|active|alive|live|valid|registered|granted|renewed|restored|
        registration|등록|등록유지|존속|유효|권리유지|존속기간갱신|회복|등록결정후등록|
        registered and fully published|registered and subject to deferment|registration published|
        registration renewed|registration restored|expiring|
        invalidity procedure pending|invalidity proceeding pending|registration cancellation pending""",
    LegalStatus.LAPSED: """lapsed|lapse|ended|dead|inactive|소멸|등록료불납소멸|등록료 불납|연차료불납|권리소멸|
        design lapsed|registration lapsed""",
    LegalStatus.EXPIRED: """expired|expiry|존속기간만료|존속기간 만료|만료|기간만료|registration expired|
        registration expired, renewal possible|design lapsed due to expiry""",
    LegalStatus.CANCELLED: """cancelled|canceled|revoked|removed|취소|등록취소|말소|등록말소|
        registration cancelled|cancelled from the register|removed from register""",
    LegalStatus.INVALIDATED: """invalidated|invalid|annulled|declared invalid|무효|등록무효|무효심결확정|
        registration invalidated|design declared invalid""",
    LegalStatus.SURRENDERED: """surrendered|renounced|abandoned|포기|권리포기|등록포기|registration surrendered|
        design surrendered|limited|renunciation""",
    LegalStatus.PENDING: """pending|filed|applied|application|application filed|application published|
        application under examination|application accepted|under examination|출원|공개|공고|심사중|등록결정|
        registration pending|appeal pending|application opposed|interruption of proceeding""",
    LegalStatus.UNKNOWN: """unknown|미상|불명|refused|rejected|withdrawn|거절|취하|거절결정|
        application refused|application withdrawn|application refiled|application deemed withdrawn|undefined|
        lack of effects|not designated""",
}
# A refused or withdrawn application never became a right; it is kept as "unknown" with the source's own word,
# because none of the other words is true of it. While an invalidity procedure is pending the right still stands.

_ST87_CATEGORIES: dict[str, LegalStatus] = {
    # WIPO ST.87 names an event by the letter of its category and two digits; the letter carries the meaning.
    # Letters that do not say how the right stands (K and L review, others) are left out on purpose: their words are
    # reported, and the right is not offered.
    "A": LegalStatus.PENDING,  # application filing
    "B": LegalStatus.UNKNOWN,  # application discontinuation: it never became a right
    "C": LegalStatus.PENDING,  # application revival
    "D": LegalStatus.PENDING,  # search and examination
    "E": LegalStatus.PENDING,  # pre-grant review
    "F": LegalStatus.IN_FORCE,  # grant
    "H": LegalStatus.LAPSED,  # cessation of the right
    "J": LegalStatus.IN_FORCE,  # revival of the right
    "M": LegalStatus.IN_FORCE,  # maintenance of the right
}

_ST87_EVENT = re.compile(r"([a-z])\d\d|[a-z]-\d-\d-([a-z])\d\d(?:-.*)?")
"""The event alone (F10), or as offices send it, with kind of right, states and details: D-2-4-F10-F11-exm-PR0701."""

_BY_WORD = {
    " ".join(word.split()).casefold(): status for status, words in _WORDS.items() for word in words.split("|") if word
}


def canonical_status(word: str) -> LegalStatus | None:
    """The status that a source's word means; None where the vocabulary does not know the word.

    Upper and lower case, underscores and repeated blanks do not matter. An empty word is `UNKNOWN`.

    >>> canonical_status("등록").value, canonical_status("In_Force").value, canonical_status("blue")
    ('in force', 'in force', None)
    >>> canonical_status("H13").value, canonical_status("D-2-4-F10-F11-exm-PR0701").value
    ('lapsed', 'in force')
    """
    plain = " ".join(word.replace("_", " ").split()).casefold()
    if not plain:
        return LegalStatus.UNKNOWN
    if plain in _BY_WORD:
        return _BY_WORD[plain]
    event = _ST87_EVENT.fullmatch(plain)
    return _ST87_CATEGORIES.get((event[1] or event[2]).upper()) if event else None


def status_on(status: LegalStatus, on_date: date, expiry: date | None) -> LegalStatus:
    """The status on a day: a right whose last day has passed is expired, whatever the source still says.

    `expiry` is the last day on which the right stands.
    """
    if status is LegalStatus.IN_FORCE and expiry is not None and on_date > expiry:
        return LegalStatus.EXPIRED
    return status


def may_be_basis(status: LegalStatus, on_date: date, expiry: date | None) -> bool:
    """Whether the right stands on that day, so that it may be offered as a basis at all."""
    return status_on(status, on_date, expiry) is LegalStatus.IN_FORCE


def recordal_stands(recorded: bool | None, on_date: date, valid_until: date | None) -> bool:
    """Whether the right is recorded with customs on that day; an unknown recordal does not count as one."""
    return recorded is True and (valid_until is None or on_date <= valid_until)


def recordal_on(recorded: bool | None, on_date: date, valid_until: date | None) -> bool | None:
    """The customs recordal on a day: None where no source says, False also where its last day has passed."""
    return recordal_stands(recorded, on_date, valid_until) if recorded else recorded
