"""Every figure once more, from the stored rows: the same hash, or a fault."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.canonical import digest
from pandok.fields.lab.acts.scoring.refusals import refused
from pandok.fields.lab.acts.scoring.scoring import checked_registration, comparison_of_rows
from pandok.fields.lab.acts.scoring.sealed_rows import opened_rows
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Run


@dataclass(frozen=True)
class Recomputed:
    stored: str
    found: str

    @property
    def agrees(self) -> bool:
        return self.stored == self.found


def recompute(*, run: Run, vault: Vault) -> Recomputed:
    """sha256 of the comparison as stored, and as the rows give it now. Raises RequestError without a comparison."""
    record = getattr(run, "comparison", None)
    if record is None:
        raise refused("lab.not_scored")
    registration = checked_registration(run)
    comparison = comparison_of_rows(run, registration.problem, opened_rows(run=run, vault=vault))
    return Recomputed(record.sha256, digest(comparison))
