"""The worker's part of the figures."""

from __future__ import annotations

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.fields.counterfeit.acts.learning.case_figures import LOOK_BACK, follow_cases


@every(60)
def follow(_work: Work) -> None:
    follow_cases(look_back=LOOK_BACK)
