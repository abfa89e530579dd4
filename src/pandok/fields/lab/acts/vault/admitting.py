"""Who is let in, written down before anything is given: uses and audit event, in a transaction of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.core.errors import RequestError
from pandok.fields.lab.acts.vault.access import being_deleted, checked_purpose, standing_grant
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.object_trail import note
from pandok.fields.lab.acts.vault.refusals import refused
from pandok.fields.lab.models import LabProject, Use, VaultObject
from pandok.fields.lab.roles import Action

RUNNER = "lab runner"


def admitted(
    objects: Sequence[VaultObject],
    *,
    now: datetime,
    actor: Account | None,
    purpose: str,
    project: LabProject,
    run_id: str = "",
    model_sha256: str = "",
    what_left: str = "",
) -> list[VaultObject]:
    """The objects as they stand, once all of them may be opened; else RequestError, and the refusal is written.

    May not stand inside another transaction: what that undoes would have been given all the same.
    """
    who, purpose = actor.get_username() if actor else RUNNER, checked_purpose(purpose)
    wanted = [one.pk for one in objects]
    try:
        with transaction.atomic(durable=True):
            found = VaultObject.objects.select_related("deposit").in_bulk(wanted)
            fresh = [found[one] for one in wanted]
            grants = standing_grant(fresh, actor=actor, project=project, run_id=run_id, now=now)
            Use.objects.bulk_create(
                (
                    Use(
                        object=one,
                        keyed_hash=one.keyed_hash,
                        project=project,
                        grant=grants[one.deposit_id],
                        actor=actor,
                        purpose=purpose,
                        run_id=run_id,
                        model_sha256=model_sha256,
                        what_left=what_left,
                        at=now,
                    )
                    for one in fresh
                ),
                batch_size=2000,
            )
            details: dict[str, Detail] = {
                "purpose": purpose,
                "project": project.name,
                "run": run_id,
                "model": model_sha256,
            }
            if len(fresh) > 1:
                details |= {"objects": len(fresh), "list_sha256": digest([str(one) for one in wanted])}
            note(who, "vault.opened", fresh[0], purpose, now, details)
            return fresh
    except RequestError as refusal:
        note(who, "vault.refused", objects[0], purpose, now, {"code": refusal.error_code, "run": run_id})
        raise


def admitted_for_care(object: VaultObject, *, now: datetime, actor: Account, purpose: str) -> VaultObject:
    """For the steward's own work on a deposit: no grant, no project; a use all the same."""
    must(actor, Action.DEPOSIT_DATA)
    with transaction.atomic():
        fresh = VaultObject.objects.select_related("deposit").get(pk=object.pk)
        if fresh.deleted_at or fresh.deposit.deleted or being_deleted(fresh.deposit):
            raise refused("vault.deleted")
        if not fresh.deposit.open_at(now):
            raise refused("vault.expired")
        Use.objects.create(object=fresh, keyed_hash=fresh.keyed_hash, actor=actor, purpose=purpose, at=now)
        note(actor.get_username(), "vault.cared_for", fresh, purpose, now)
    return fresh
