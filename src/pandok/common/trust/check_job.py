"""A check of the audit chain as background work: a long chain takes longer than a page may."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel

from pandok.common.audit.chain import ask_for_check, run_check
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.models import Account, ChainCheck

KIND = "audit.check"


class CheckOf(BaseModel):
    check: UUID


def check_in_background(*, actor: Account, full: bool, now: datetime) -> ChainCheck:
    """Ask for a check that the worker carries out; while one waits or runs, that one is given back."""
    with transaction.atomic():
        waiting = ChainCheck.objects.filter(finished_at=None, full=full).first()
        if waiting is not None:
            return waiting
        check = ask_for_check(asked_by=actor.get_username(), full=full, now=now)
        enqueue(KIND, {"check": str(check.id)}, key=f"{KIND}:{check.id}", now=now)
        return check


@handles(KIND, CheckOf, in_transaction=False)
def run(payload: CheckOf, work: Work) -> None:
    run_check(payload.check, clock=work.clock)
