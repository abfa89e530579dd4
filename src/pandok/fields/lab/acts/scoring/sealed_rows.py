"""Scored rows as they are kept: sealed in the vault, with a keyed hash of each beside the run.

They say what is true of sealed cases, so that they never lie open on disk and go when their deposit's key goes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from pandok.core.canonical import canonical
from pandok.core.lab.comparison import ScoredRow
from pandok.fields.lab.acts.scoring.refusals import refused
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import ObjectKind, Run, ScoreRow, SealedPart, VaultObject
from pandok.version import __version__


def seal_rows(*, run: Run, rows: Sequence[ScoredRow], vault: Vault) -> VaultObject:
    """Once; the same rows again are the same object."""
    pack = run.registration.pack
    labels = pack.sealed_parts.filter(part=run.part, kind=SealedPart.LABELS).select_related("object")
    return vault.put(
        pack.deposit,
        f"scores/{run.pk}.json",
        canonical([one.model_dump(mode="json") for one in rows]),
        ObjectKind.SCORES,
        media_type="application/json",
        made_from=[bundle.object for bundle in labels],
        step="scoring",
        tool=f"pandok {__version__}",
    )


def score_rows(*, run: Run, rows: Sequence[ScoredRow], scores: VaultObject, vault: Vault) -> list[ScoreRow]:
    return [ScoreRow(run=run, case_id=one.case_id, keyed_hash=_hash(one, vault), scores=scores) for one in rows]


def opened_rows(*, run: Run, vault: Vault) -> list[ScoredRow]:
    """The rows of a scored run. Raises RequestError where there are none, StoreError where they are other ones.

    The vault writes the opening down.
    """
    kept = {one.case_id: one for one in run.score_rows.select_related("scores")}
    if not kept:
        raise refused("lab.not_scored")
    pack = run.registration.pack
    data = vault.open(
        next(iter(kept.values())).scores,
        actor=None,
        purpose=f"recomputing: {pack.problem_id} {pack.version} {run.part}",
        project=pack.project,
        run_id=str(run.pk),
        model_sha256=run.submission.model_sha256,
    )
    rows = [ScoredRow.model_validate(one) for one in json.loads(data)]
    if {one.case_id: _hash(one, vault) for one in rows} != {key: one.keyed_hash for key, one in kept.items()}:
        raise refused("lab.scoring_rows")
    return rows


def _hash(row: ScoredRow, vault: Vault) -> str:
    return vault.ledger.of_content(hashlib.sha256(canonical(row)).hexdigest())
