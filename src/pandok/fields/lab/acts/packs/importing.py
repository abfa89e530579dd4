"""Bring a pack in: the public part among the blobs, the sealed parts into the vault, and a record of what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.lab.problem import Part
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.packs.bundles import input_bundles, label_bundle, public_zip
from pandok.fields.lab.acts.packs.case_identity import know_old_packs, known_cases
from pandok.fields.lab.acts.packs.manifest import manifest
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.power import power_picture
from pandok.fields.lab.acts.packs.refusals import refused, wrong_deposit
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Deposit, KnownCase, LabProject, ObjectKind, ProblemPack, SealedPart, VaultObject
from pandok.fields.lab.roles import Action

SEALED = (Part.FEEDBACK, Part.CONFIRM)
Progress = Callable[[int, int], None]


def import_pack(
    *,
    pack: Pack,
    deposit: Deposit,
    project: LabProject,
    actor: Account,
    reason: str,
    now: datetime,
    vault: Vault,
    blobs: FolderBlobs,
    progress: Progress = lambda _done, _total: None,
) -> ProblemPack:
    """Keep a pack that was read whole. The deposit says on which terms its sealed parts are here.

    Who brings it in owns the problem and its margins, and may not lock its registration. An interrupted import is
    done again: what is sealed already is kept once. Raises RequestError.
    """
    if not actor.may(Action.DEFINE_PROBLEMS):
        raise refused("pack.not_allowed")
    reason, problem = checked_reason(reason), pack.problem
    if not deposit.projects.filter(pk=project.pk).exists():
        raise wrong_deposit()
    if ProblemPack.objects.filter(problem_id=problem.id, version=problem.version).exists():
        raise refused("pack.version_taken")
    key = manifest_key(vault)
    stated = manifest(pack, key)
    know_old_packs(vault, blobs)
    cases = known_cases(pack, vault, key)
    parts: list[SealedPart] = []
    for done, part in enumerate(SEALED):
        progress(done, len(SEALED))
        parts += _sealed(pack, part, deposit, actor, vault)
    progress(len(SEALED), len(SEALED))
    public, plan = public_zip(pack), power_picture(pack)
    try:
        with transaction.atomic():
            kept = ProblemPack.objects.create(
                problem_id=problem.id,
                version=problem.version,
                problem_values=problem.model_dump(mode="json"),
                manifest_values=stated.model_dump(mode="json"),
                plan_values=plan.as_dict() if plan else None,
                root=stated.root,
                deposit=deposit,
                project=project,
                public_sha256=blobs.put(public),
                public_bytes=len(public),
                owner=actor,
                brought_at=now,
                reason=reason,
            )
            for one in parts:
                one.pack = kept
            SealedPart.objects.bulk_create(parts)
            for case in cases:
                case.pack = kept
            KnownCase.objects.bulk_create(cases, batch_size=2000)
            _record(kept, actor, reason, now)
            return kept
    except IntegrityError as error:
        raise refused("pack.version_taken") from error


def manifest_key(vault: Vault) -> bytes:
    """The site's key for manifests: derived from the ledger's, so that it outlives the sealed data."""
    return bytes.fromhex(vault.ledger.of_record("pandok manifest key 1"))


def _sealed(pack: Pack, part: Part, deposit: Deposit, actor: Account, vault: Vault) -> list[SealedPart]:
    """Both kinds of bundles of a part. `records` of inputs: case_id and sha256 of the input, so that each is found."""
    folder = f"problems/{pack.problem.id}/{pack.problem.version}/{part}"
    made = []
    for number, bundle in enumerate(input_bundles(pack, part)):
        records = [*bundle.case_ids, *(pack.hashes[one] for one in bundle.case_ids)]
        kept = vault.put(
            deposit,
            f"{folder}/inputs-{number:04d}.zip",
            bundle.data,
            ObjectKind.INPUTS,
            actor=actor,
            media_type="application/zip",
            records=records,
        )
        made.append(_part(part, SealedPart.INPUTS, number, bundle.case_ids, kept))
    bundle = label_bundle(pack, part)
    kept = vault.put(
        deposit,
        f"{folder}/labels.json",
        bundle.data,
        ObjectKind.LABELS,
        actor=actor,
        media_type="application/json",
        records=bundle.case_ids,
    )
    made.append(_part(part, SealedPart.LABELS, 0, bundle.case_ids, kept))
    return made


def _part(part: Part, kind: str, number: int, case_ids: tuple[str, ...], kept: VaultObject) -> SealedPart:
    return SealedPart(part=part.value, kind=kind, number=number, case_ids=list(case_ids), object=kept)


def _record(kept: ProblemPack, actor: Account, reason: str, now: datetime) -> None:
    audit.tell(
        actor,
        "problem.brought_in",
        f"problem:{kept.pk}",
        reason,
        now,
        {
            "problem": kept.problem_id,
            "version": kept.version,
            "root": kept.root,
            "deposit": str(kept.deposit_id),
            "project": str(kept.project_id),
            "public_sha256": kept.public_sha256,
        },
    )
