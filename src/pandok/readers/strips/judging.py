"""What the lines of a window mean. The reader names no substance: a strip's maker says what its lines stand for.

Sandwich assay: a test line is positive. Competitive assay: **no** test line is presumptive positive, a faint one is
negative. Without a control line a strip says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pandok.readers.strips.lines import Line, line_at, profile_of, single_line
from pandok.readers.strips.windows import windows_of

Floats = NDArray[np.float64]


class Assay(StrEnum):
    SANDWICH = "sandwich"
    COMPETITIVE = "competitive"


class Result(StrEnum):
    """`presumptive_positive`: a laboratory confirms. `unclear`: two people read again."""

    INVALID = "invalid"
    NEGATIVE = "negative"
    PRESUMPTIVE_POSITIVE = "presumptive_positive"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class StripRule:
    """`control`, `test`: where the lines stand, shares of the window's length; `control` None: a window without one
    (the strip's validity is then not told). `least_ratio`: test over control area below which a competitive strip is
    not negative, `least_area` that of a test line by itself: both of the lot. `absent_snr`, `present_snr`: a test line
    below the one is absent, from the other on there. `too_early_s`,
    `too_late_s`: the maker's reading time; None: not told."""

    assay: Assay
    control: tuple[float, float] | None = (0.08, 0.45)
    test: tuple[float, float] = (0.55, 0.92)
    least_control_snr: float = 5.0
    absent_snr: float = 1.5
    present_snr: float = 3.0
    least_ratio: float = 0.0
    least_area: float = 0.0
    too_early_s: float | None = None
    too_late_s: float | None = None

    def __post_init__(self) -> None:
        spans = [self.test, *([self.control] if self.control else [])]
        if any(not 0 <= begin < end <= 1 for begin, end in spans) or not 0 <= self.absent_snr <= self.present_snr:
            raise ValueError("lines stand between 0 and 1 of the window, and what is absent is not above what is there")


@dataclass(frozen=True)
class WindowReading:
    """`why`: a word for programs: no_control, outside_reading_time, between, line, no_line,
    parted."""

    result: Result
    why: str
    test: Line
    control: Line | None = None


def read_window(pixels: Floats, rule: StripRule, waited_s: float | None = None) -> WindowReading:
    """One window: rows along the strip, reflectance. `control` and `test` are looked for where the rule says; a window
    that lies the other way must be turned before. Raises ValueError where it is too short to hold a line."""
    if rule.control is None:
        test = single_line(pixels)
        return WindowReading(*_test_says(test, None, rule, waited_s), test=test)
    profile = profile_of(pixels)
    control = line_at(profile, *rule.control)
    test = line_at(profile, *rule.test)
    if control.snr < rule.least_control_snr:
        return WindowReading(Result.INVALID, "no_control", test, control)
    return WindowReading(*_test_says(test, control, rule, waited_s), test=test, control=control)


def read_strips(photograph: NDArray[np.uint8], rule: StripRule, waited_s: float | None = None) -> list[WindowReading]:
    """Every window of a photograph (H, W) or (H, W, 3) uint8, from left to right; none where no window was found.
    What may be only a part of a window is never told to be without a line: it is unclear."""
    found = []
    for one in windows_of(photograph):
        reading = read_window(one.pixels, rule, waited_s)
        if one.parted and reading.result is not Result.INVALID:
            reading = replace(reading, result=Result.UNCLEAR, why="parted")
        found.append(reading)
    return found


def _test_says(test: Line, control: Line | None, rule: StripRule, waited_s: float | None) -> tuple[Result, str]:
    early = rule.too_early_s is not None and waited_s is not None and waited_s < rule.too_early_s
    late = rule.too_late_s is not None and waited_s is not None and waited_s > rule.too_late_s
    if early or late:
        return Result.INVALID, "outside_reading_time"
    ratio = test.area / max(control.area, 1e-9) if control else np.inf
    enough = ratio >= rule.least_ratio and test.area >= rule.least_area
    there = test.snr >= rule.present_snr and enough
    if there:
        return (Result.NEGATIVE if rule.assay is Assay.COMPETITIVE else Result.PRESUMPTIVE_POSITIVE), "line"
    # Below the lot's limit a line is no line, however clearly it stands out; competitive strips are then read again.
    if test.snr < rule.absent_snr or (not enough and rule.assay is Assay.SANDWICH):
        return (Result.PRESUMPTIVE_POSITIVE if rule.assay is Assay.COMPETITIVE else Result.NEGATIVE), "no_line"
    return Result.UNCLEAR, "between"
