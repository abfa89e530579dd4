"""What the lamps of the street draw: computed, no measurement. On from sunset to sunrise, dimmed in the small hours;
one goes dark in the second night, until its driver is replaced on the next day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.demo.storm.poles import Measured
from pandok.demo.storm.street import middle_of_street
from pandok.demo.storm.weather import KEYS
from pandok.readers.streetlights.lamp_energy import night_between

LAMP, NIGHTS_BEFORE = "lamp-1", 3
EVERY, A_MESSAGE = timedelta(minutes=20), 3
DARK = "storm-10"
DARK_FROM, MENDED = timedelta(days=-1, hours=-22, minutes=-20), timedelta(days=-1, hours=-10)
"""Before the storm begins: in the evening two days earlier, and on the morning after it."""
_SLEEPS, _WAKES = 9, 16
_FULL_W, _STANDBY_W = 78.0, 0.4
_DIM_FROM, _DIM_UNTIL, _DIM_PERCENT = 23, 5, 50.0


@dataclass(frozen=True)
class Lamps:
    """Of the whole street: they send from the afternoon to the morning. `storm`: when the storm begins."""

    storm: datetime

    def hours(self, until: datetime) -> Iterator[datetime]:
        """Moments at which lamps send, from the afternoon before the first night."""
        at = self.storm.replace(hour=16, minute=0) - timedelta(days=NIGHTS_BEFORE)
        while at <= until:
            if not _SLEEPS <= at.astimezone(OFFICE_ZONE).hour < _WAKES:
                yield at
            at += EVERY * A_MESSAGE

    def last_hour(self, at: datetime) -> dict[str, list[Measured]]:
        """A message of every lamp: its readings since the one before."""
        moments = [at - EVERY * back for back in range(A_MESSAGE - 1, -1, -1)]
        return {pole: [one for moment in moments for one in self.reading(pole, moment)] for pole in KEYS}

    def reading(self, pole: str, at: datetime) -> list[Measured]:
        told = _told_percent(at)
        return [
            Measured(LAMP, "dimming_percent", at, told),
            Measured(LAMP, "lamp_power_w", at, self._watts(pole, at, told)),
        ]

    def _watts(self, pole: str, at: datetime, told: float) -> float:
        broken = pole == DARK and self.storm + DARK_FROM <= at < self.storm + MENDED
        if broken or not is_night(at):
            return _STANDBY_W
        number = KEYS.index(pole)
        # The supply is never quite even, and no two drivers are the same.
        uneven = 1 + 0.012 * ((at.hour * 6 + at.minute // 10 + 5 * number) % 7 - 3) / 3
        return round(_FULL_W * (1 + 0.004 * (number % 5)) * told / 100 * uneven, 1)


@cache
def is_night(at: datetime) -> bool:
    noon = datetime.combine((at - timedelta(hours=12)).astimezone(OFFICE_ZONE).date(), time(12), OFFICE_ZONE)
    dark = night_between(round(noon.timestamp() * 1000), *middle_of_street())
    return dark is not None and dark[0] <= at.timestamp() * 1000 < dark[1]


def _told_percent(at: datetime) -> float:
    hour = at.astimezone(OFFICE_ZONE).hour
    return _DIM_PERCENT if hour >= _DIM_FROM or hour < _DIM_UNTIL else 100.0
