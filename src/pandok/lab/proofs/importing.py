"""Proofs of other sites: their keys first, over another way; then the proof, taken only where every check holds."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pandok.core.audit import AuditEvent
from pandok.desk.models import Account
from pandok.desk.reasons import checked_reason
from pandok.desk.roles import Action
from pandok.engines.blobs import FolderBlobs
from pandok.engines.proof_pack.checking import check_pack
from pandok.engines.proof_pack.files import unzipped
from pandok.engines.proof_pack.keys import read_keys
from pandok.engines.proof_pack.words import CheckName
from pandok.engines.signing import key_id
from pandok.lab.models import ProofRecord, TrustedKey
from pandok.lab.proofs.refusals import refused
from pandok.register import audit


def add_key(*, data: bytes, site: str, reason: str, actor: Account, now: datetime) -> TrustedKey:
    """Trust the key of another site. `reason` says how it was received and compared."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    reason, site = checked_reason(reason), " ".join(site.split())[:200]
    public = read_keys(data)[0]
    try:
        with transaction.atomic():
            key = TrustedKey.objects.create(
                key_id=key_id(public), public=public, site=site or "–", reason=reason, added_by=actor, added_at=now
            )
            _record(actor, "proof.key_trusted", f"key:{key.key_id}", reason, now, {"site": key.site})
            return key
    except IntegrityError as error:
        raise refused("key_kept") from error


def import_proof(*, data: bytes, actor: Account, now: datetime, blobs: FolderBlobs) -> ProofRecord:
    """Take a proof in. Raises PackRefused for a file that is none, RequestError where a check fails."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    keys = list(TrustedKey.objects.values_list("public", "site"))
    files = unzipped(data)
    if not keys:
        raise refused("no_key")
    checked = check_pack(files, [public for public, _ in keys])
    if not checked.holds:
        raise refused("does_not_hold", checks=[one.name.value for one in checked.checks if not one.held])
    statement = checked.values.statement
    signed_by = next(one.found for one in checked.checks if one.name is CheckName.SIGNATURE)
    try:
        with transaction.atomic():
            record = ProofRecord.objects.create(
                number=statement.number,
                origin=ProofRecord.IMPORTED,
                site=statement.site,
                run_id=statement.lab.run[:64],
                problem_id=statement.problem_id,
                registration_sha256=statement.registration_sha256,
                model_sha256=statement.model.sha256,
                verdict=statement.verdict,
                statement_values=statement.model_dump(mode="json"),
                pack_sha256=blobs.put(data),
                signed_by=signed_by,
                kept_by=actor,
                kept_at=now,
                expires_on=statement.expires_on,
            )
            details = {"number": record.number, "site": record.site, "sha256": record.pack_sha256}
            _record(actor, "proof.imported", f"proof:{record.id}", "", now, details)
            return record
    except IntegrityError as error:
        raise refused("kept") from error


def _record(actor: Account, action: str, about: str, reason: str, now: datetime, details: dict[str, str]) -> None:
    audit.record(AuditEvent(actor.get_username(), action, about, reason, now, dict(details)))
