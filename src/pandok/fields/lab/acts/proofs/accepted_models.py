"""Models that this site may rely on: proven here, or proven elsewhere and accepted after a test of its own."""

from __future__ import annotations

from datetime import date

from pandok.fields.lab.acts.proofs.proof_standing import standing_of
from pandok.fields.lab.models import ProofRecord


def accepted_here(model_sha256: str, on: date) -> bool:
    """Whether some proof of this model can be relied on that day: neither expired nor drifted nor refused."""
    proofs = ProofRecord.objects.filter(model_sha256=model_sha256)
    return any(standing_of(proof, on).usable for proof in proofs)
