"""A hand-over of another site is taken in only where a key that is trusted as that site's has signed it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from pydantic import ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.programme.hand_over import Conditions
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.hand_over.elsewhere import package_elsewhere
from pandok.fields.lab.acts.proofs.importing import import_proof, trusted_keys
from pandok.fields.lab.models import ProofRecord
from pandok.fields.programme.models import FieldProblem, HandOverTaken
from pandok.fields.programme.roles import Action
from pandok.fields.programme.spread_refusals import refusal
from pandok.fields.programme.topics import KoreanRegion

TAKEN = "hand-over.taken"


def take_hand_over(
    *,
    data: bytes,
    region: str,
    here: dict[str, object],
    problem_number: str,
    site: str,
    pool: DecodingPool,
    blobs: FolderBlobs,
    actor: Account,
    now: datetime,
) -> HandOverTaken:
    """`here`: `Conditions` of this site; `problem_number`: the own problem that it may help, or "". Raises
    PackageRefused, RequestError: spread.role, .bad_sheet, .own, .taken."""
    if not actor.may(Action.HAND_OVER):
        raise refusal("role")
    try:
        conditions = Conditions.model_validate(here)
    except ValidationError as error:
        raise refusal("bad_sheet") from error
    if region not in set(KoreanRegion):
        raise refusal("bad_sheet")
    problem = None
    if problem_number:
        problem = FieldProblem.objects.filter(number=problem_number).first()
        if problem is None:
            raise refusal("bad_sheet")
    package = package_elsewhere(pool, data, trusted_keys())
    statement = package.statement
    if statement.site == site:
        raise refusal("own")
    try:
        with transaction.atomic():
            kept: HandOverTaken = HandOverTaken.objects.create(
                number=statement.number,
                site=statement.site,
                values=statement.model_dump(mode="json"),
                package=blobs.put(data),
                signed_by=package.signed_by,
                region=region,
                here=conditions.model_dump(mode="json"),
                problem=problem,
                taken_at=now,
                taken_by=actor,
            )
            details = {"site": kept.site, "sha256": kept.package}
            audit.tell(actor, TAKEN, f"hand-over:{kept.number}", "", now, details)
            return kept
    except IntegrityError as error:
        raise refusal("taken") from error


def proof_in_lab(taken: HandOverTaken) -> ProofRecord | None:
    """The proof of the package, once the lab has taken it in."""
    found: ProofRecord | None = ProofRecord.objects.filter(pack_sha256=taken.statement.proof.sha256).first()
    return found


def send_to_lab(
    taken_id: UUID, *, pool: DecodingPool, blobs: FolderBlobs, actor: Account, now: datetime
) -> ProofRecord:
    """The proof of the package goes to the lab, which checks it by itself. Raises RequestError: spread.not_there, and
    as `import_proof`."""
    taken = HandOverTaken.objects.filter(pk=taken_id).first()
    if taken is None:
        raise refusal("not_there")
    if found := proof_in_lab(taken):
        return found
    package = package_elsewhere(pool, blobs.get(taken.package), trusted_keys())
    return import_proof(data=package.proof, actor=actor, now=now, blobs=blobs)
