"""The worker's part of the figures."""

from __future__ import annotations

from pandok.desk.jobs.registry import every
from pandok.desk.jobs.work import Work
from pandok.desk.learning.figures import LOOK_BACK, follow_cases


@every(60)
def follow(_work: Work) -> None:
    follow_cases(look_back=LOOK_BACK)
