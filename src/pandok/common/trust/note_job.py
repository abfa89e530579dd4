"""The head of the chain is noted outside the database every ten minutes."""

from __future__ import annotations

import logging

from pandok.common.audit.noted_heads import noted_heads
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work

_log = logging.getLogger("pandok.audit")


@every(600)
def note_the_head(work: Work) -> None:
    broken = noted_heads().note(work.now)
    if broken is not None:
        _log.error("the audit chain does not hold what was noted at entry %s; see pandok audit verify", broken.sequence)
