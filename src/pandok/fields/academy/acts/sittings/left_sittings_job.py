"""Sittings that somebody walked away from are ended by the clock."""

from __future__ import annotations

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.fields.academy.acts.sittings.ending import end_those_left


@every(3600, by_clock=True)
def end_left_sittings(work: Work) -> None:
    end_those_left(now=work.now)
