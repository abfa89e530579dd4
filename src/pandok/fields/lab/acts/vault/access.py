"""Who may open an object now: the terms of its deposit first, then a standing grant. Everything else is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pandok.common.models import Account
from pandok.core.deletion import DeletionState
from pandok.fields.lab.acts.vault.held_back import held_back
from pandok.fields.lab.acts.vault.refusals import refused
from pandok.fields.lab.models import Deposit, Grant, LabProject, VaultDeletion, VaultObject

LONGEST_PURPOSE = 200


def standing_grant(
    objects: Sequence[VaultObject], *, actor: Account | None, project: LabProject, run_id: str, now: datetime
) -> dict[object, Grant]:
    """The grant that opens each deposit of the objects, by deposit id. Raises RequestError at the first that is not.

    `actor` None is the lab's runner: it needs a grant that names it, and the number of a run.
    """
    if actor is None and not run_id:
        raise refused("vault.run")
    found: dict[object, Grant] = {}
    for deposit in {one.deposit_id: one.deposit for one in objects}.values():
        found[deposit.pk] = _grant(deposit, actor, project, now)
    if any(one.deleted_at is not None for one in objects):
        raise refused("vault.deleted")
    if held_back(objects):
        raise refused("vault.held")
    return found


def _grant(deposit: Deposit, actor: Account | None, project: LabProject, now: datetime) -> Grant:
    if deposit.deleted or being_deleted(deposit):
        raise refused("vault.deleted")
    if now >= deposit.expires_at:
        raise refused("vault.expired")
    if not deposit.projects.filter(pk=project.pk).exists():
        raise refused("vault.project")
    standing = Grant.objects.filter(
        deposit=deposit, project=project, revoked_at=None, starts_at__lte=now, ends_at__gt=now
    )
    for grant in standing:
        if actor is None:
            if grant.runner:
                return grant
        elif actor.is_active and (
            grant.role in {role.value for role in actor.roles} or grant.people.filter(pk=actor.pk).exists()
        ):
            return grant
    raise refused("vault.no_grant")


def being_deleted(deposit: Deposit) -> bool:
    """Two persons agreed, or the term is over, and the whole deposit is going: it is closed before its key is gone."""
    return VaultDeletion.objects.filter(
        deposit=deposit, state=DeletionState.CONFIRMED, objects_named__isnull=True
    ).exists()


def checked_purpose(purpose: str) -> str:
    purpose = " ".join(purpose.split())
    if not 0 < len(purpose) <= LONGEST_PURPOSE:
        raise refused("vault.purpose")
    return purpose
