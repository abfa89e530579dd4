"""Deletion in the vault: keys destroyed, sealed files erased, a certificate left. Nothing decrypts afterwards.

Two persons for a deletion on request; a deposit whose term is over goes by the term that its depositor agreed to. Once
confirmed, whoever is interrupted goes on where it stopped: every step bears being done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.numbering import next_number
from pandok.common.people.roles import Action
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.core.audit import AuditEvent, Detail
from pandok.core.dates import day_short
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.models import DeletionState
from pandok.fields.lab.acts.vault.certificate import closed_certificate, open_certificate
from pandok.fields.lab.acts.vault.lineage import with_descendants
from pandok.fields.lab.acts.vault.people import must
from pandok.fields.lab.acts.vault.refusals import refused
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Deposit, VaultDeletion, VaultObject

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
        deposit = Deposit.objects.select_for_update(of=("self",), no_key=True).get(pk=deposit.pk)
        if deposit.deleted or any(one.deleted_at or one.deposit_id != deposit.pk for one in objects):
            raise refused("vault.deleted")
        if VaultDeletion.objects.filter(deposit=deposit, state__in=["planned", "confirmed"]).exists():
            raise _wrong(
                Text(
                    ko="이 기탁의 파기가 이미 제안되어 있습니다.", en="A deletion of this deposit is proposed already."
                ),
                Text(ko="제안된 파기를 확인하거나 철회하십시오.", en="Confirm or withdraw that one."),
                "vault.deletion_open",
            )
        deletion = VaultDeletion.objects.create(
            number=_next_number(now),
            deposit=deposit,
            ground=VaultDeletion.REQUEST,
            reason=reason,
            planned_by=actor,
            planned_at=now,
        )
        deletion.objects_named.set(with_descendants(objects))
        deletion.certificate = open_certificate(deletion, _standing(deletion))
        deletion.save(update_fields=["certificate"])
        _record("vault.deletion_planned", deletion, actor.get_username(), reason, now, {"objects": _count(deletion)})
        return deletion


def withdraw_deletion(*, deletion: VaultDeletion, actor: Account, reason: str, now: datetime) -> VaultDeletion:
    """Give up a plan that nobody has confirmed."""
    must(actor, Action.WITNESS_VAULT_DELETION)
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    with transaction.atomic():
        deletion = _locked_planned(deletion.pk)
        deletion.state = DeletionState.WITHDRAWN
        deletion.save(update_fields=["state"])
        _record("vault.deletion_withdrawn", deletion, actor.get_username(), reason, now, {})
        return deletion


def confirm_deletion(*, deletion: VaultDeletion, actor: Account, reason: str, now: datetime) -> VaultDeletion:
    """The second person agrees; the key goes at once after (`carry_out`). Raises RequestError for the same person."""
    must(actor, Action.WITNESS_VAULT_DELETION)
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    with transaction.atomic():
        deletion = _locked_planned(deletion.pk)
        must_be_another(actor, deletion.planned_by_id, who=_ANOTHER)
        deletion.state = DeletionState.CONFIRMED
        deletion.confirmed_by, deletion.confirmed_at, deletion.confirm_reason = actor, now, reason
        deletion.certificate = open_certificate(deletion, _standing(deletion))
        deletion.save()
        _record("vault.deletion_confirmed", deletion, actor.get_username(), reason, now, {"objects": _count(deletion)})
        return deletion


def plan_by_term(*, deposit: Deposit, now: datetime) -> VaultDeletion | None:
    """For a deposit whose term, and the days after it, are over; None where it does not go yet. An open plan on
    request is taken over."""
    with transaction.atomic():
        deposit = Deposit.objects.select_for_update(of=("self",), no_key=True).get(pk=deposit.pk)
        if deposit.deleted or now < deposit.destroy_at:
            return None
        if VaultDeletion.objects.filter(deposit=deposit, state=DeletionState.CONFIRMED).exists():
            return None
        number = _next_number(now)
        for waiting in VaultDeletion.objects.filter(deposit=deposit, state=DeletionState.PLANNED):
            waiting.state = DeletionState.WITHDRAWN
            waiting.save(update_fields=["state"])
            _record("vault.deletion_withdrawn", waiting, TERM, "", now, {})
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
        deletion.certificate = open_certificate(deletion, _standing(deletion))
        deletion.save(update_fields=["certificate"])
        _record("vault.deletion_by_term", deletion, TERM, deletion.reason, now, {"objects": _count(deletion)})
        return deletion


def carry_out(deletion_id: UUID, *, vault: Vault) -> VaultDeletion:
    """Destroy the keys, erase the sealed files, close the certificate; goes on where an earlier run stopped."""
    deletion = VaultDeletion.objects.get(pk=deletion_id)
    if deletion.state == DeletionState.DONE:
        return deletion
    if deletion.state != DeletionState.CONFIRMED:
        raise _not_now()
    whole = not deletion.objects_named.exists()
    if whole:
        # First the key: from here on nothing of the deposit decrypts, whatever happens to this run.
        vault.keys.destroy(str(deletion.deposit_id))
    if deletion.keys_destroyed_at is None and whole:
        deletion.keys_destroyed_at = vault.clock()
        deletion.save(update_fields=["keys_destroyed_at"])
    for one in _standing(deletion):
        vault.files.erase(one.sealed_path)
        # The plain sha256 and the name could tell of what is gone; the keyed hash stays.
        one.sha256, one.name, one.deleted_at = "", f"deleted/{one.pk}", vault.clock()
        one.save(update_fields=["sha256", "name", "deleted_at"])
    with transaction.atomic():
        deletion = VaultDeletion.objects.select_for_update(of=("self",), no_key=True).get(pk=deletion_id)
        if deletion.state == DeletionState.CONFIRMED:
            now = vault.clock()
            deletion.state, deletion.done_at = DeletionState.DONE, now
            deletion.keys_destroyed_at = deletion.keys_destroyed_at or now
            if whole:
                Deposit.objects.filter(pk=deletion.deposit_id).update(keys_destroyed_at=deletion.keys_destroyed_at)
            deletion.certificate, deletion.certificate_sha256 = closed_certificate(deletion)
            deletion.save()
            who = deletion.confirmed_by.get_username() if deletion.confirmed_by else TERM
            done: dict[str, Detail] = {"certificate_sha256": deletion.certificate_sha256, "objects": _count(deletion)}
            _record("vault.deleted", deletion, who, "", now, done)
    return deletion


def unfinished(*, by_term: bool = True) -> list[UUID]:
    """Confirmed deletions that were interrupted; without `by_term` only those that two persons confirmed."""
    found = VaultDeletion.objects.filter(state=DeletionState.CONFIRMED)
    return list((found if by_term else found.exclude(ground=VaultDeletion.TERM)).values_list("pk", flat=True))


def _standing(deletion: VaultDeletion) -> list[VaultObject]:
    named = VaultObject.objects.filter(deposit=deletion.deposit_id, deleted_at=None)
    if deletion.objects_named.exists():
        named = named.filter(deletions=deletion)
    return list(named.order_by("pk"))


def _count(deletion: VaultDeletion) -> int:
    return len(deletion.certificate["objects"])


def _locked_planned(deletion_id: UUID) -> VaultDeletion:
    deletion = VaultDeletion.objects.select_for_update(of=("self",), no_key=True).get(pk=deletion_id)
    if deletion.state != DeletionState.PLANNED:
        raise _not_now()
    return deletion


def _next_number(now: datetime) -> str:
    year = now.astimezone(OFFICE_ZONE).year
    return next_number(f"{year}-V", width=4, given=VaultDeletion.objects.values_list("number", flat=True))


def _record(
    action: str, deletion: VaultDeletion, who: str, reason: str, now: datetime, details: dict[str, Detail]
) -> None:
    audit.record(
        AuditEvent(
            actor=who,
            action=action,
            object=f"vault-deletion:{deletion.pk}",
            reason=reason,
            at=now,
            details={"number": deletion.number, "deposit": str(deletion.deposit_id), **details},
        )
    )


def _not_now() -> RequestError:
    return _wrong(
        Text(ko="이 파기는 지금 이 단계가 아닙니다.", en="The deletion is not at this stage now."),
        Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        "vault.deletion_state",
    )


def _wrong(what: Text, next_step: Text, code: str) -> RequestError:
    return RequestError(what, next_step, code=code)


def _run_out(deposit: Deposit) -> str:
    last = day_short(deposit.expires_at.astimezone(OFFICE_ZONE).date())
    kept = deposit.keep_keys_days
    return f"보관 기한 {last.ko} 경과, {kept}일 더 보관 · expired {last.en}, {counted(kept, 'day')} kept"
