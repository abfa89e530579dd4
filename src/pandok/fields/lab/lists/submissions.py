"""Who sees which submissions: a submitter those of their own organisation, the lab's people all."""

from __future__ import annotations

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.models import LockedRegistration, ProblemPack, Submission


def own_submissions(account: Account) -> QuerySet[Submission]:
    """Newest first."""
    return Submission.objects.filter(submitter=organisation_of(account).key).select_related("pack")


def open_problems() -> list[ProblemPack]:
    """What may be submitted to: of each problem the newest version that is registered."""
    newest: dict[str, ProblemPack] = {}
    registered = LockedRegistration.objects.select_related("pack").order_by("pack__problem_id", "pack__version")
    for registration in registered:
        newest[registration.pack.problem_id] = registration.pack
    return list(newest.values())
