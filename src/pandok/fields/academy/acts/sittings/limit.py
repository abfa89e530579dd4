"""How long a test may last as a whole, pauses included: on the server's clock, from its beginning.

Training has no such end: its minutes count only while something is done.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from pandok.fields.academy.kinds import SittingMode
from pandok.fields.academy.models import Course, Sitting

BETWEEN_S = 10
"""Beside the seconds of a picture: to say how sure that was, and to begin the next."""


def ends_at(sitting: Sitting) -> datetime | None:
    """When no further picture is given. None: in training. A measurement lasts as long as the course says, a fixed test
    as long as its pictures and what lies between them."""
    mode = SittingMode(sitting.mode)
    if mode is SittingMode.TRAIN:
        return None
    if mode.fixed:
        return sitting.begun_at + timedelta(seconds=len(sitting.order) * (sitting.course.seconds + BETWEEN_S))
    return sitting.begun_at + timedelta(minutes=sitting.course.minutes)


def most_minutes(course: Course, mode: SittingMode) -> int | None:
    """How long a sitting of this kind lasts at most, as it is said before it begins; None: training."""
    if mode is SittingMode.TRAIN:
        return None
    return ceil(course.test_pictures * (course.seconds + BETWEEN_S) / 60) if mode.fixed else course.minutes


def is_over(sitting: Sitting, now: datetime) -> bool:
    end = ends_at(sitting)
    return end is not None and now >= end
