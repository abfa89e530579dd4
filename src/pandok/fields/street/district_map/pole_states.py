"""How a pole stands on the map, from least to worst: one number, one word, one colour and one form each."""

from __future__ import annotations

from enum import IntEnum

from pandok.core.text import Text


class PoleStanding(IntEnum):
    HEARD = 0
    MAINTENANCE = 1
    SILENT = 2
    ATTENTION = 3
    SERIOUS = 4

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    PoleStanding.HEARD: Text(ko="정상", en="Heard from"),
    PoleStanding.MAINTENANCE: Text(ko="점검 중", en="In maintenance"),
    PoleStanding.SILENT: Text(ko="응답 없음", en="Not heard from"),
    PoleStanding.ATTENTION: Text(ko="관심·주의 경보", en="Alert: attention or caution"),
    PoleStanding.SERIOUS: Text(ko="경계·심각 경보", en="Alert: warning or serious"),
}


def standing_of(level: int) -> PoleStanding:
    """Of a pole with an open alert of this level, 1 to 4."""
    return PoleStanding.SERIOUS if level >= 3 else PoleStanding.ATTENTION
