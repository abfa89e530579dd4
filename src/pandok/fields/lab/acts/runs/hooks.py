"""Who scores a finished run. The app of the scores adds itself when it is ready; tests add their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from pandok.core.errors import Unavailable
from pandok.core.text import Text
from pandok.fields.lab.models import Run


class Scorer(Protocol):
    """Idempotent: a run that has its score is left as it is."""

    def __call__(self, *, run: Run, vault: Any, now: datetime) -> object: ...


SCORERS: list[Scorer] = []


def score(*, run: Run, vault: Any, now: datetime) -> None:
    """Hand the run to every scorer. Raises Unavailable where there is none."""
    if not SCORERS:
        raise Unavailable(
            Text(ko="채점기가 없습니다.", en="There is no scorer."),
            Text(ko="설치를 확인하십시오.", en="Check the installation."),
            code="lab.scoring",
        )
    for scorer in SCORERS:
        scorer(run=run, vault=vault, now=now)
