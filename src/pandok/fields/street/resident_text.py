"""Text messages to residents: their class, their length, and what is suggested for one alert.

Classes and lengths of the emergency text service: 90 characters on every phone, 157 where the longer form is in use.
Characters are counted as they are seen: composed, a line break as one.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text

SHORT, LONG = 90, 157


class ResidentClass(StrEnum):
    CRITICAL = "critical"
    EMERGENCY = "emergency"
    SAFETY = "safety"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def needs_two(self) -> bool:
        """It sounds on every phone whatever its owner has set: a second officer reads it first."""
        return self is not ResidentClass.SAFETY


_WORDS = {
    ResidentClass.CRITICAL: Text(ko="위급재난문자", en="Critical"),
    ResidentClass.EMERGENCY: Text(ko="긴급재난문자", en="Emergency"),
    ResidentClass.SAFETY: Text(ko="안전안내문자", en="Safety guidance"),
}


def plain(text: str) -> str:
    """Composed, without blanks at the ends of lines and without control characters."""
    composed = unicodedata.normalize("NFC", text)
    lines = [" ".join(line.split()) for line in composed.splitlines()]
    return "\n".join(line for line in lines if line)


def length(text: str) -> int:
    """
    >>> length("침수"), length(unicodedata.normalize("NFD", "침수"))
    (2, 2)
    """
    return len(plain(text))


def suggested(agency: str, place: str, kind: str, at: datetime, most: int) -> str:
    """What an officer may begin with; the place is cut where it would not fit, never the advice."""
    local = at.astimezone(OFFICE_ZONE)
    advice = {
        "flood": "침수. 진입하지 말고 우회하십시오.",
        "fire": "화재 발생. 주변을 피하고 창문을 닫으십시오.",
        "crowd": "인파 밀집. 다른 길로 이동하십시오.",
        "tilt": "지반 이상. 접근하지 마십시오.",
        "leakage": "누전 위험. 가로등에 닿지 마십시오.",
        "air": "대기질 나쁨. 외출을 줄이십시오.",
    }.get(kind, "위험 발생. 접근하지 마십시오.")
    head, tail = f"[{agency}] " if agency else "", f" {local:%H:%M} {advice}"
    return plain(head + place[: max(0, most - len(head) - len(tail))] + tail)
