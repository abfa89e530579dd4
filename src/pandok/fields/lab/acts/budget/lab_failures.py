"""What a failure of the lab costs: nothing before the seal; past it one attempt a company and registration is free.

A model that makes the lab fail on sealed cases of some kind would else ask about them for nothing, run after run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from pandok.common.models.locking import locked
from pandok.fields.lab.acts.budget.organisations import one_budget
from pandok.fields.lab.models import LockedRegistration, Run
from pandok.fields.lab.states.run_states import RunState


@contextmanager
def charge_of_a_lab_failure(run: Run) -> Iterator[bool]:
    """Whether this run, which the lab failed, counts; its end is written inside. One run after another under a
    registration: of two that fail at the same moment one alone is the first."""
    with transaction.atomic():
        locked(LockedRegistration, run.registration_id)
        yield lab_failure_is_charged(run)


def lab_failure_is_charged(run: Run) -> bool:
    """Whether this run, which the lab failed, counts: it had opened the seal, and an earlier one was given back."""
    if run.checked_at is None:
        return False
    earlier = Run.objects.filter(
        submitter__in=one_budget(run.submitter),
        registration=run.registration,
        state=RunState.FAILED_LAB.value,
        charged=False,
        checked_at__isnull=False,
    )
    return earlier.exclude(pk=run.pk).exists()
