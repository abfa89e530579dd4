"""Hand the verdict over: the report under the site's signature; the next site checks it with the public key alone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.canonical import canonical, digest
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.signing import SigningKey, opened
from pandok.fields.lab.acts.shadow.give_verdict import holds
from pandok.fields.lab.acts.trials.trial_moves import locked, move
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState

PAYLOAD_TYPE = "application/vnd.pandok.shadow-trial+json"


def hand_over(
    *, trial: ShadowTrial, actor: Account, reason: str, now: datetime, key: SigningKey, blobs: FolderBlobs
) -> ShadowTrial:
    """Raises RequestError where the stored report is not what its rows give, and before there is a verdict."""
    reason = checked_reason(reason)
    with transaction.atomic():
        trial = locked(trial)
        if trial.report and not holds(trial):
            raise _does_not_hold()
        if trial.report:
            content = {"report": trial.report, "report_sha256": trial.report_sha256}
            trial.proof_pack = blobs.put(canonical(key.sign(canonical(content), PAYLOAD_TYPE)))
        move(trial=trial, to=TrialState.HANDED_OVER, by=Mover.EVALUATOR, actor=actor, reason=reason, now=now)
        return trial


def opened_report(envelope: dict[str, Any], public_keys: list[str]) -> dict[str, Any]:
    """The report of a signed file. Raises RequestError where signature or hash does not hold."""
    payload, _ = opened(envelope, PAYLOAD_TYPE, public_keys)
    content = json.loads(payload)
    if digest(content["report"]) != content["report_sha256"]:
        raise _does_not_hold()
    report: dict[str, Any] = content["report"]
    return report


def _does_not_hold() -> RequestError:
    return RequestError(
        Text(ko="보고서가 기록에서 계산한 값과 다릅니다.", en="The report is not what its rows give."),
        Text(ko="감사 기록을 확인한 뒤 인계하십시오.", en="Look at the audit trail before you hand it over."),
        code="trial.report_differs",
    )
