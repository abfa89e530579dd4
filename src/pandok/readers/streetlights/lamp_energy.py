"""Energy of a lamp in one night, from its power and from the dimming that it was told.

A reading of power holds until the next one, for HOLD_MS at most; a told dimming level until the next one, for TOLD_MS
at most. What neither covers is unknown, and counts as nothing: neither burnt nor saved; so are the hours of a night in
which a lamp draws nothing though it was not told to be off. Where only the told level is
known, the lamp is taken to draw its full power times the level (power of LED drivers is near linear in the level; a
lamp that was measured is never estimated).

The baseline is the lamp at full power from sunset to sunrise (sun.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pandok.readers.streetlights.sun import MS_PER_DAY, sunrise_and_sunset_ms

HOLD_MS = 1_800_000
TOLD_MS = MS_PER_DAY
MS_PER_HOUR = 3_600_000
HIGH_SHARE = 0.95
"""The full power of a lamp that nobody rated: so much of its burning time it draws at most this."""
BURNING_W = 5.0
OFF_PERCENT = 5.0
"""Below this level a lamp was told to be off."""
Readings = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]
"""Moments in ms that rise, and values: W, or per cent."""


@dataclass(frozen=True)
class NightEnergy:
    """Hours and kWh of one lamp from noon to noon. `told_full_h`: hours at full power that the told levels are worth
    where nothing was measured. `high_w`: what it drew at most while it burnt, None where that was not measured."""

    night_h: float
    measured_h: float
    measured_kwh: float
    told_h: float
    told_full_h: float
    day_h: float
    day_kwh: float
    high_w: float | None


def night_between(noon_ms: int, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
    """Sunset after this local noon and the sunrise before the next, in ms; None where the sun does not set or rise."""
    today = sunrise_and_sunset_ms(noon_ms, latitude_deg, longitude_deg)
    tomorrow = sunrise_and_sunset_ms(noon_ms + MS_PER_DAY, latitude_deg, longitude_deg)
    return None if today is None or tomorrow is None else (today[1], tomorrow[0])


def night_energy(power: Readings, told: Readings, noon_ms: int, night: tuple[int, int]) -> NightEnergy:
    """From `noon_ms` to the next noon. `power` in W and `told` in per cent may begin before it: what still held counts.
    `night`: sunset and sunrise within."""
    sunset, sunrise = night
    (at, watts), (told_at, per_cent) = power, told
    end = _held_until(at, HOLD_MS)
    told_end = _held_until(told_at, TOLD_MS)
    marks = np.concatenate([at, end, told_at, told_end, np.array([noon_ms, noon_ms + MS_PER_DAY, sunset, sunrise])])
    marks = np.unique(np.clip(marks, noon_ms, noon_ms + MS_PER_DAY))
    hours, middle = np.diff(marks) / MS_PER_HOUR, (marks[:-1] + marks[1:]) // 2
    dark = (middle >= sunset) & (middle < sunrise)
    drawn, is_measured = _held(middle, at, end, watts)
    level, is_told = _held(middle, told_at, told_end, per_cent)
    # A lamp that failed saves nothing: it stands dark though nobody told it to.
    failed = (drawn <= BURNING_W) & ~(is_told & (level < OFF_PERCENT))
    by_night, by_day = dark & is_measured & ~failed, ~dark & is_measured
    only_told = dark & is_told & ~is_measured
    burning = by_night & (drawn > BURNING_W)
    return NightEnergy(
        night_h=(sunrise - sunset) / MS_PER_HOUR,
        measured_h=float(hours[by_night].sum()),
        measured_kwh=float((hours * drawn)[by_night].sum()) / 1000,
        told_h=float(hours[only_told].sum()),
        told_full_h=float((hours * level)[only_told].sum()) / 100,
        day_h=float(hours[by_day].sum()),
        day_kwh=float((hours * drawn)[by_day].sum()) / 1000,
        high_w=_high(drawn[burning], hours[burning]),
    )


@dataclass(frozen=True)
class Dimming:
    """A schedule by clock within the night: `share` of full power from `from_min` to `until_min`, minutes after
    midnight at the place (a span over midnight is usual), full power for the rest from sunset to sunrise."""

    from_min: int
    until_min: int
    share: float


def scheduled_full_h(plan: Dimming, night: tuple[int, int], midnight_ms: int) -> float:
    """Hours at full power that a night under this schedule is worth. `midnight_ms`: the midnight within the night."""
    sunset, sunrise = night
    begins = midnight_ms + (plan.from_min - (1440 if plan.from_min >= 720 else 0)) * 60_000
    ends = midnight_ms + (plan.until_min - (1440 if plan.until_min >= 720 else 0)) * 60_000
    dimmed_ms = max(0, min(ends, sunrise) - max(begins, sunset))
    return (sunrise - sunset - (1 - plan.share) * dimmed_ms) / MS_PER_HOUR


def readings_of(pairs: Sequence[tuple[int, float]]) -> Readings:
    """In the order of time; of two at one moment the later in `pairs`."""
    newest = dict(pairs)
    at = sorted(newest)
    return np.array(at, dtype=np.int64), np.array([newest[one] for one in at], dtype=np.float64)


def _held_until(at: npt.NDArray[np.int64], most_ms: int) -> npt.NDArray[np.int64]:
    following = np.append(at[1:], np.iinfo(np.int64).max)
    held: npt.NDArray[np.int64] = np.minimum(following, at + most_ms)
    return held


def _held(
    moments: npt.NDArray[np.int64],
    at: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
    values: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """What holds at each of the moments, 0 where nothing does, and whether something does."""
    if not len(at):
        return np.zeros(len(moments)), np.zeros(len(moments), dtype=bool)
    place = np.searchsorted(at, moments, side="right") - 1
    known = (place >= 0) & (moments < end[place])
    return np.where(known, values[place], 0.0), known


def _high(watts: npt.NDArray[np.float64], hours: npt.NDArray[np.float64]) -> float | None:
    if not hours.sum():
        return None
    order = np.argsort(watts)
    shares = np.cumsum(hours[order]) / hours.sum()
    return float(watts[order][np.searchsorted(shares, HIGH_SHARE).clip(max=len(order) - 1)])
