"""What the sensors of the street measure that night, minute by minute: computed, no measurement."""

from __future__ import annotations

POLES, MINUTES = 12, 112
KEYS = tuple(f"storm-{number:02d}" for number in range(1, POLES + 1))
UNDERPASS, PUDDLE = "storm-07", "storm-04"
RISES, FALLS = 40, 70
"""Minutes after the beginning at which water begins to rise in the underpass, and to run off."""
CLOSED_AT = RISES + 10
"""The minute in which the water reaches 15 cm."""
_RISE_CM, _FALL_CM = 1.5, 1.5


def depth_cm(pole: str, minute: int) -> float:
    """A film everywhere, a puddle at one kerb that never becomes a flood, deep water in the underpass.

    >>> depth_cm(UNDERPASS, CLOSED_AT), depth_cm(UNDERPASS, MINUTES - 1) < 1
    (15.0, True)
    """
    film = round(0.2 * (minute % 4), 1)
    if pole == PUDDLE and 30 <= minute < 60:
        return round(4.2 + 0.1 * (minute % 3), 1)
    if pole != UNDERPASS or minute < RISES:
        return film
    deep = _RISE_CM * (min(minute, FALLS) - RISES) - _FALL_CM * max(0, minute - FALLS)
    return round(max(film, deep), 1)


def rain_mm_h(minute: int) -> float:
    return round(min(62.0, 2.0 * minute) if minute < FALLS else max(0.0, 62.0 - 4.0 * (minute - FALLS)), 1)
