"""Crowding: persons per square metre. What is too many belongs to a place, so a site brings its own steps."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.levels import ATTENTION, CAUTION, SERIOUS, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.one_value import OneValue

USUAL_PER_M2 = (1.0, 2.0, 4.0, 6.0)
"""Where a place states nothing: 1 to 2 attention, 2 to 4 caution, 4 to 6 warning, from 6 serious."""
BACK_OFF = 0.85
"""A level ends 15 % below where it began: a count of heads swings by about that much from frame to frame."""


def levels_of_place(per_m2: tuple[float, float, float, float] = USUAL_PER_M2, hold_s: float = 30.0) -> Levels:
    """The four levels of one place. Raises ValueError where they do not rise."""
    words = (ATTENTION, CAUTION, WARNING, SERIOUS)
    return Levels(
        tuple(
            Level(name, rises_at=at, falls_at=at * BACK_OFF, rise_hold_s=hold_s, fall_hold_s=120)
            for name, at in zip(words, per_m2, strict=True)
        ),
        cool_down_s=300,
        longest_gap_s=120,
    )


def crowd_density() -> OneValue:
    """Reads `persons_per_m2`, of a people counter or a camera that tells nothing but the number."""
    return OneValue(
        "crowd-density",
        "1",
        "persons_per_m2",
        Text(ko="인파 밀도", en="Crowd density"),
        Text(ko="명/m²", en="persons/m²"),
        median_of=3,
        possible=(0.0, 20.0),
    )
