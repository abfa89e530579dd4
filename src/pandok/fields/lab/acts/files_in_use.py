"""Files of the blob store that the lab needs: retention deletes none of them for as long as its records stand, and no
photograph that readers of an assisted trial still have to see."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from pandok.fields.counterfeit.acts.retention.owners import Owner
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.lab.models import AssistedCase, ProblemPack, ProofRecord, ShadowTrial, Submission
from pandok.fields.lab.states.trial_states import TrialState

FILE_COLUMNS = frozenset(
    {"lab.ProblemPack.public_sha256", "lab.ProofRecord.pack_sha256", "lab.Submission.model_sha256"}
)
NO_FILES = frozenset(
    {
        "lab.AcceptanceTest.registration_sha256",
        "lab.AssistedCase.input_sha256",
        "lab.CaseOutput.output_sha256",
        "lab.ComparisonRecord.registration_sha256",
        "lab.ComparisonRecord.sha256",
        "lab.ExportFile.sha256",
        "lab.LockedRegistration.sha256",
        "lab.ProofRecord.model_sha256",
        "lab.ProofRecord.registration_sha256",
        "lab.ResultReport.sha256",
        "lab.Lineage.model_sha256",
        "lab.PartialUpload.sha256",
        "lab.ShadowCase.input_sha256",
        "lab.ShadowTrial.registration_sha256",
        "lab.ShadowTrial.report_sha256",
        "lab.Submission.canonical_sha256",
        "lab.Submission.upload_sha256",
        "lab.Use.model_sha256",
        "lab.VaultDeletion.certificate_sha256",
        "lab.VaultObject.sealed_sha256",
        "lab.VaultObject.sha256",
        "lab.WhatLeft.sha256",
    }
)
"""Hashes of what lies sealed in the vault, or of values; no file of the blob store."""


def files_in_use(hashes: set[str]) -> Iterator[Owner]:
    for sha256 in ProblemPack.objects.filter(public_sha256__in=hashes).values_list("public_sha256", flat=True):
        yield Owner(sha256, "", None, "problem")
    for sha256 in Submission.objects.filter(model_sha256__in=hashes).values_list("model_sha256", flat=True).distinct():
        yield Owner(sha256, "", None, "submission")
    for sha256 in ProofRecord.objects.filter(pack_sha256__in=hashes).values_list("pack_sha256", flat=True):
        yield Owner(sha256, "", None, "proof")
    for sha256 in ShadowTrial.objects.filter(proof_pack__in=hashes).values_list("proof_pack", flat=True):
        yield Owner(sha256, "", None, "trial")
    yield from _goods_to_read(hashes)


_TO_READ = (TrialState.REGISTERED.value, TrialState.RUNNING.value)


def _goods_to_read(hashes: set[str]) -> Iterator[Owner]:
    """Photographs of locked assisted trials that have not ended; afterwards the term of their case counts alone."""
    cases = AssistedCase.objects.filter(trial__state__in=_TO_READ).values("desk_case__signal")
    named = Q(sha256__in=hashes) | Q(original_sha256__in=hashes)
    for row in SignalPhotograph.objects.filter(named, signal__in=cases):
        for sha256 in {row.sha256, row.original_sha256} & hashes:
            yield Owner(sha256, "", None, "trial")
