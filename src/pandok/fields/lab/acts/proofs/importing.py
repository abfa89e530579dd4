"""Proofs of other sites: their keys first, over another way; then the proof, taken only where every check holds."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.decoding import parsing_pool
from pandok.common.models import Account
from pandok.common.reasons import HOW_RECEIVED, checked_reason
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.check_names import CheckName
from pandok.engines.proof_pack.elsewhere import check_elsewhere
from pandok.engines.proof_pack.keys import SiteKey, plain_site, read_keys
from pandok.engines.proof_pack.signing import key_id
from pandok.engines.proof_pack.verification import InForce
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.models import ProofRecord, TrustedKey
from pandok.fields.lab.roles import Action


def trusted_keys() -> list[SiteKey]:
    """The keys of other sites, each of which speaks for its site only."""
    return [SiteKey(public, site=site) for public, site in TrustedKey.objects.values_list("public", "site")]


def add_key(*, data: bytes, site: str, reason: str, actor: Account, now: datetime) -> TrustedKey:
    """Trust the key of another site, as this site's and no other's. `reason` says how it was received and compared.

    A site that has changed its name is trusted again, with the same key under its new name.
    """
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    reason, site = checked_reason(reason, HOW_RECEIVED), plain_site(site)[:200]
    public = read_keys(data)[0]
    if not site:
        raise refused("site_missing")
    if public.site and public.site != site:
        raise refused("key_of_other", named=public.site, site=site)
    try:
        with transaction.atomic():
            key = TrustedKey.objects.create(
                key_id=key_id(public), public=str(public), site=site, reason=reason, added_by=actor, added_at=now
            )
            audit.tell(actor, "proof.key_trusted", f"key:{key.key_id}", reason, now, {"site": key.site})
            return key
    except IntegrityError as error:
        raise refused("key_kept") from error


def import_proof(*, data: bytes, actor: Account, now: datetime, blobs: FolderBlobs) -> ProofRecord:
    """Take a proof in. Raises PackRefused for a file that is none, RequestError where a check fails, where the key that
    signed is trusted as another site's, and where the proof is not in force now."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    keys = trusted_keys()
    checked = check_elsewhere(parsing_pool(), data, keys)
    if not keys:
        raise refused("no_key")
    statement = checked.statement
    failed = [one for one in checked.checks if not one.held]
    if [one.name for one in failed] == [CheckName.SITE]:
        raise refused("other_site", trusted=failed[0].found, site=statement.site)
    if failed:
        raise refused("does_not_hold", checks=[one.name.value for one in failed])
    force = checked.in_force(now.astimezone(OFFICE_ZONE))
    if force is not InForce.YES:
        raise refused(force.value, expires_on=statement.expires_on.isoformat())
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
            audit.tell(actor, "proof.imported", f"proof:{record.id}", "", now, details)
            return record
    except IntegrityError as error:
        raise refused("kept") from error
