"""Deletion in the vault: keys destroyed, sealed files erased, a certificate left. Nothing decrypts afterwards.

Two persons for a deletion on request; a deposit whose term is over goes by the term that its depositor agreed to. Once
confirmed, whoever is interrupted goes on where it stopped: every step bears being done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.deletion import Deletions
from pandok.common.records.numbering import next_of_year
from pandok.core.audit import Detail
from pandok.core.dates import day_short
from pandok.core.deletion import DeletionState
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text, counted
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.certificate import certificate_of
from pandok.fields.lab.acts.vault.lineage import with_descendants
from pandok.fields.lab.acts.vault.refusals import refused
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Deposit, VaultDeletion, VaultObject
from pandok.fields.lab.roles import Action

TERM = "term of the deposit"
"""Who confirms where nobody needs to: the terms themselves."""
_ANOTHER = Text(
    ko="다른 데이터 관리자나 운영기관이 확인하여야 합니다.",
    en="Another data steward or the lab operator must confirm it.",
)


def plan_deletion(
    *, deposit: Deposit, actor: Account, reason: str, now: datetime, objects: Sequence[VaultObject] = ()
) -> VaultDeletion:
    """Propose to delete a deposit, or some objects with everything made from them. Raises RequestError."""
    must(actor, Action.DEPOSIT_DATA)
    reason = checked_reason(reason)
    with transaction.atomic():
        deposit = locked(Deposit, deposit.pk)
        if deposit.deleted or any(one.deleted_at or one.deposit_id != deposit.pk for one in objects):
            raise refused("vault.deleted")
        if VaultDeletion.objects.filter(deposit=deposit, state__in=["planned", "confirmed"]).exists():
            raise RequestError(
                Text(
                    ko="이 기탁의 파기가 이미 제안되어 있습니다.", en="A deletion of this deposit is proposed already."
                ),
                Text(ko="제안된 파기를 확인하거나 철회하십시오.", en="Confirm or withdraw that one."),
                code="vault.deletion_open",
            )
        deletion = VaultDeletion.objects.create(
            number=_number(now),
            deposit=deposit,
            ground=VaultDeletion.REQUEST,
            reason=reason,
            planned_by=actor,
            planned_at=now,
        )
        deletion.objects_named.set(with_descendants(objects))  # type: ignore[arg-type]  # the stubs know no UUID keys
        return DELETIONS.planned(deletion, actor=actor, now=now)


def withdraw_deletion(*, deletion: VaultDeletion, actor: Account, reason: str, now: datetime) -> VaultDeletion:
    """Give up a plan that nobody has confirmed."""
    must(actor, Action.WITNESS_VAULT_DELETION)
    must_vote_freely(actor, now)
    return DELETIONS.withdraw(deletion, actor=actor, reason=checked_reason(reason), now=now)


def confirm_deletion(*, deletion: VaultDeletion, actor: Account, reason: str, now: datetime) -> VaultDeletion:
    """The second person agrees; the key goes at once after (`carry_out`). Raises RequestError for the same person."""
    must(actor, Action.WITNESS_VAULT_DELETION)
    return DELETIONS.confirm(deletion, actor=actor, reason=reason, now=now)


def plan_by_term(*, deposit: Deposit, now: datetime) -> VaultDeletion | None:
    """For a deposit whose term, and the days after it, are over; None where it does not go yet. An open plan on
    request is taken over."""
    with transaction.atomic():
        deposit = locked(Deposit, deposit.pk)
        if deposit.deleted or now < deposit.destroy_at:
            return None
        if VaultDeletion.objects.filter(deposit=deposit, state=DeletionState.CONFIRMED).exists():
            return None
        number = _number(now)
        for waiting in VaultDeletion.objects.filter(deposit=deposit, state=DeletionState.PLANNED):
            DELETIONS.withdraw(waiting, actor=None, reason="", now=now)
        deletion = VaultDeletion.objects.create(
            number=number,
            deposit=deposit,
            ground=VaultDeletion.TERM,
            state=DeletionState.CONFIRMED,
            reason=_run_out(deposit),
            planned_by=deposit.deposited_by,
            planned_at=deposit.deposited_at,
            confirmed_at=now,
        )
        return DELETIONS.planned(deletion, actor=None, action="vault.deletion_by_term", now=now)


def carry_out(deletion_id: UUID, *, vault: Vault) -> VaultDeletion:
    """Destroy the keys, erase the sealed files, close the certificate; goes on where an earlier run stopped."""

    def erase(deletion: VaultDeletion) -> None:
        if _is_whole(deletion):
            # First the key: from here on nothing of the deposit decrypts, whatever happens to this run.
            vault.keys.destroy(str(deletion.deposit_id))
            if deletion.keys_destroyed_at is None:
                deletion.keys_destroyed_at = vault.clock()
                deletion.save(update_fields=["keys_destroyed_at"])
        for one in _standing(deletion):
            vault.files.erase(one.sealed_path)
            # The plain sha256 and the name could tell of what is gone; the keyed hash stays.
            one.sha256, one.name, one.deleted_at = "", f"deleted/{one.pk}", vault.clock()
            one.save(update_fields=["sha256", "name", "deleted_at"])

    def close(deletion: VaultDeletion, now: datetime) -> None:
        deletion.keys_destroyed_at = deletion.keys_destroyed_at or now
        if _is_whole(deletion):
            Deposit.objects.filter(pk=deletion.deposit_id).update(keys_destroyed_at=deletion.keys_destroyed_at)

    return DELETIONS.carry_out(deletion_id, erase=erase, clock=vault.clock, close=close)


def unfinished(*, by_term: bool = True) -> list[UUID]:
    """Confirmed deletions that were interrupted; without `by_term` only those that two persons confirmed."""
    found = VaultDeletion.objects.filter(state=DeletionState.CONFIRMED)
    return list((found if by_term else found.exclude(ground=VaultDeletion.TERM)).values_list("pk", flat=True))


def _standing(deletion: VaultDeletion) -> list[VaultObject]:
    named = VaultObject.objects.filter(deposit=deletion.deposit_id, deleted_at=None)
    if deletion.objects_named.exists():
        named = named.filter(deletions=deletion)
    return list(named.order_by("pk"))


def _is_whole(deletion: VaultDeletion) -> bool:
    return not deletion.objects_named.exists()


def _number(now: datetime) -> str:
    return next_of_year("V", width=4, given=VaultDeletion.objects.all(), now=now)


def _facts(deletion: VaultDeletion) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": deletion.number, "deposit": str(deletion.deposit_id)}
    if deletion.state == DeletionState.DONE:
        told["certificate_sha256"] = deletion.certificate_sha256
    return (
        told if deletion.state == DeletionState.WITHDRAWN else told | {"objects": len(deletion.certificate["objects"])}
    )


def _not_now(_deletion: VaultDeletion, _wanted: DeletionState) -> RequestError:
    return RequestError(
        Text(ko="이 파기는 지금 이 단계가 아닙니다.", en="The deletion is not at this stage now."),
        Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        code="vault.deletion_state",
    )


def _run_out(deposit: Deposit) -> str:
    last = day_short(deposit.expires_at.astimezone(OFFICE_ZONE).date())
    kept = deposit.keep_keys_days
    return f"보관 기한 {last.ko} 경과, {kept}일 더 보관 · expired {last.en}, {counted(kept, 'day')} kept"


DELETIONS = Deletions(
    model=VaultDeletion,
    name="vault-deletion",
    actions={
        DeletionState.PLANNED: "vault.deletion_planned",
        DeletionState.CONFIRMED: "vault.deletion_confirmed",
        DeletionState.WITHDRAWN: "vault.deletion_withdrawn",
        DeletionState.DONE: "vault.deleted",
    },
    facts=_facts,
    another=_ANOTHER,
    content=lambda deletion: certificate_of(deletion, _standing(deletion)),
    not_now=_not_now,
    nobody=TERM,
)
