"""Documents held back: what cannot be masked with certainty is not opened for anybody before a steward has looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import LOOKED_AT, checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.documents.values import DOCUMENTS
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.object_trail import note
from pandok.fields.lab.models import Deposit, ObjectKind, SharingConfirmation, VaultObject
from pandok.fields.lab.roles import Action


def held_back(objects: Sequence[VaultObject]) -> bool:
    """Whether one of them may not be opened yet: not looked through, or looked through and held, and unconfirmed."""
    return _held(VaultObject.objects.filter(pk__in=[one.pk for one in objects if one.media_type in DOCUMENTS])).exists()


def held_in(deposit: Deposit) -> QuerySet[VaultObject]:
    return _held(deposit.contents.filter(deleted_at=None))


def all_held() -> QuerySet[VaultObject]:
    """Of all deposits, by deposit and name."""
    return _held(VaultObject.objects.filter(deleted_at=None)).select_related("deposit").order_by("deposit_id", "name")


def confirm_sharing(*, object: VaultObject, actor: Account, reason: str, now: datetime) -> SharingConfirmation:
    """A steward has looked at the document outside and answers for it. Raises RequestError for who may not, and where
    nothing is held."""
    must(actor, Action.DEPOSIT_DATA)
    must_vote_freely(actor, now)
    reason = checked_reason(reason, LOOKED_AT)
    try:
        with transaction.atomic():
            found = locked(VaultObject, object.pk)
            if not held_back([found]) or not found.report:
                raise _not_held()
            made = SharingConfirmation.objects.create(object=found, by=actor, reason=reason, at=now)
            note(actor.get_username(), "vault.sharing_confirmed", found, reason, now)
            return made
    except IntegrityError as error:
        raise _not_held() from error


def _held(objects: QuerySet[VaultObject]) -> QuerySet[VaultObject]:
    return objects.filter(
        Q(report={}) | Q(report__held=True),
        kind=ObjectKind.RAW,
        media_type__in=DOCUMENTS,
        sharing_confirmation__isnull=True,
    )


def _not_held() -> RequestError:
    return RequestError(
        Text(ko="확인을 기다리는 문서가 아닙니다.", en="This document does not wait for a confirmation."),
        Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        code="vault.not_held",
    )
