"""Open what a run or its scoring needs: public cases for anybody, sealed ones only under a locked registration.

Every opening of a sealed bundle is written down by the vault, with run and model, before its first byte is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from pandok.core.lab.case import CaseRole, Label, ProblemCase
from pandok.core.lab.problem import Part
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.packs.bundles import labels_of, opened_inputs
from pandok.fields.lab.acts.packs.bundles import opened_labels as labels_in
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.acts.packs.refusals import refused
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import LockedRegistration, ProblemPack, SealedPart


class _Submission(Protocol):
    model_sha256: str


class RunLike(Protocol):
    """What the vault writes down of a run."""

    id: UUID

    @property
    def submission(self) -> _Submission: ...


def public_pack(pack: ProblemPack, blobs: FolderBlobs) -> Pack:
    """The public part, as everybody has it."""
    return read_pack(blobs.get(pack.public_sha256), whole=False)


def public_cases(pack: ProblemPack, blobs: FolderBlobs) -> Iterator[tuple[ProblemCase, bytes]]:
    """Public queries and the register, in the order of case_id."""
    opened = public_pack(pack, blobs)
    return ((case, opened.input_bytes(case)) for _, case in sorted(opened.cases.items()))


def public_query_ids(pack: ProblemPack, blobs: FolderBlobs) -> tuple[str, ...]:
    """The cases that sample_outputs.csv answers, in the order of case_id."""
    found = public_pack(pack, blobs).cases.items()
    return tuple(sorted(case_id for case_id, case in found if case.role is CaseRole.QUERY))


def public_labels(pack: ProblemPack, blobs: FolderBlobs) -> dict[str, Label]:
    """Of the public queries and of the register."""
    return {label.case.case_id: label for label in labels_of(public_pack(pack, blobs))}


def sealed_ids(registration: LockedRegistration, part: Part) -> tuple[str, ...]:
    """The case ids of a part in order; nothing is opened."""
    bundles = _bundles(registration, part, SealedPart.INPUTS)
    return tuple(case_id for bundle in bundles for case_id in bundle.case_ids)


def opened_cases(
    registration: LockedRegistration, part: Part, run: RunLike, *, vault: Vault, without: frozenset[str] = frozenset()
) -> Iterator[tuple[ProblemCase, bytes]]:
    """The cases of a sealed part in the order of case_id, a bundle at a time. The lab's runner opens them.

    `without`: case ids that are done already; a bundle with nothing else in it stays closed.
    """
    for bundle in _bundles(registration, part, SealedPart.INPUTS):
        if without.issuperset(bundle.case_ids):
            continue
        for case, data in opened_inputs(_opened(bundle, run, "run", vault)):
            if case.case_id not in without:
                yield case, data


def opened_labels(registration: LockedRegistration, part: Part, run: RunLike, *, vault: Vault) -> dict[str, Label]:
    """Truth and practice of a sealed part, for scoring."""
    return {
        label.case.case_id: label
        for bundle in _bundles(registration, part, SealedPart.LABELS)
        for label in labels_in(_opened(bundle, run, "scoring", vault))
    }


def _bundles(registration: LockedRegistration, part: Part, kind: str) -> list[SealedPart]:
    if registration.pk is None or part is Part.PUBLIC:
        raise refused("registration.missing")
    found = registration.pack.sealed_parts.filter(part=part.value, kind=kind)
    return list(found.select_related("object", "pack__project").order_by("number"))


def _opened(bundle: SealedPart, run: RunLike, purpose: str, vault: Vault) -> bytes:
    return vault.open(
        bundle.object,
        actor=None,
        purpose=f"{purpose}: {bundle.pack.problem_id} {bundle.pack.version} {bundle.part}",
        project=bundle.pack.project,
        run_id=str(run.id),
        model_sha256=run.submission.model_sha256,
    )
