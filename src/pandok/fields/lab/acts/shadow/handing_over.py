"""Hand the verdict over: the report under the site's signature; the next site checks it with the public key alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.signed_report import report_differs, signed_report
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.shadow.give_verdict import holds
from pandok.fields.lab.acts.trials.trial_moves import locked, move
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState


def hand_over(
    *, trial: ShadowTrial, actor: Account, reason: str, now: datetime, key: SigningKey, blobs: FolderBlobs
) -> ShadowTrial:
    """Raises RequestError where the stored report is not what its rows give, and before there is a verdict."""
    reason = checked_reason(reason)
    with transaction.atomic():
        trial = locked(trial)
        if trial.report and not holds(trial):
            raise report_differs()
        if trial.report:
            trial.proof_pack = blobs.put(signed_report(trial.report, trial.report_sha256, key))
        move(trial=trial, to=TrialState.HANDED_OVER, by=Mover.EVALUATOR, actor=actor, reason=reason, now=now)
        return trial
