"""Water on the road: depth now. From 15 cm an underpass is closed at once (national rule since April 2024)."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.levels import ATTENTION, CAUTION, SERIOUS, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.one_value import OneValue

CLOSURE_CM = 15.0
LEVELS = Levels(
    (
        Level(ATTENTION, rises_at=5.0, falls_at=3.0, rise_hold_s=60, fall_hold_s=180),
        Level(CAUTION, rises_at=10.0, falls_at=7.0, rise_hold_s=60, fall_hold_s=180),
        # No hold: the middle of three readings has already left out a passing car.
        Level(WARNING, rises_at=CLOSURE_CM, falls_at=10.0, fall_hold_s=180),
        Level(SERIOUS, rises_at=30.0, falls_at=25.0, fall_hold_s=180),
    ),
    cool_down_s=600,
)
"""Thresholds differ up and down: 15 cm up, 10 cm down, held three minutes. A site may bring its own."""


def flood_level() -> OneValue:
    """Reads `depth_cm` above the road; −5 to 500 cm is what a level sensor on a pole can mean."""
    return OneValue(
        "flood-level",
        "1",
        "depth_cm",
        Text(ko="침수 깊이", en="Water depth"),
        Text(ko="cm", en="cm"),
        median_of=3,
        possible=(-5.0, 500.0),
    )
