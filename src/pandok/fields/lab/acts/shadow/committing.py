"""The candidate answers one case, and its answer is promised before anybody decides. One commit a case, for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.common.models.locking import locked as locked_record
from pandok.core.errors import InputError, StoreError
from pandok.core.lab.commitment import SALT_BYTES, commitment
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.photographs import pixels_as_read
from pandok.fields.lab.acts.trials.candidates import Candidate, CaseInput
from pandok.fields.lab.acts.trials.input_digest import input_digest
from pandok.fields.lab.acts.trials.refusals import not_the_registered
from pandok.fields.lab.acts.trials.sealing import sealed_answer
from pandok.fields.lab.models import ShadowCase, ShadowCommit, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState

COMMITTED = "shadow.committed"
FAILED: dict[str, Any] = {"outcome": "failed", "candidates": []}


def commit_answer(
    *,
    case_id: UUID,
    candidate: Callable[[ShadowTrial], Candidate],
    blobs: FolderBlobs,
    clock: Callable[[], datetime],
    random: Callable[[int], bytes],
) -> ShadowCommit | None:
    """Ask the candidate and keep its answer sealed, with the hash in the open.

    Run twice, or by two at once, it leaves one commit: the first. None where the trial has ended. Raises ModelError
    and StoreError where it may be tried again, RequestError where the model is not the registered one.
    """
    case = ShadowCase.objects.select_related("trial", "signal", "reading").get(id=case_id)
    found = ShadowCommit.objects.filter(case=case).first()
    if found is not None or case.trial.state != TrialState.RUNNING.value:
        return found
    model = candidate(case.trial)
    if model.card_sha256 != case.trial.locked.candidate_sha256:
        raise not_the_registered(model.title)
    try:
        output = model.answer(_input(case, blobs))
    except InputError as error:
        output = {"outcome": "unreadable", "candidates": [], "code": error.error_code}
    return keep_commit(case=case, output=output, clock=clock, random=random)


def commit_failure(
    *, case_id: UUID, clock: Callable[[], datetime], random: Callable[[int], bytes]
) -> ShadowCommit | None:
    """The candidate could not answer: that too is an outcome, and is promised like an answer."""
    case = ShadowCase.objects.select_related("trial").get(id=case_id)
    return keep_commit(case=case, output=FAILED, clock=clock, random=random)


def keep_commit(
    *, case: ShadowCase, output: dict[str, Any], clock: Callable[[], datetime], random: Callable[[int], bytes]
) -> ShadowCommit | None:
    salt = random(SALT_BYTES)
    promised = commitment(output, salt)
    with transaction.atomic():
        trial = locked_record(ShadowTrial, case.trial_id)
        found = ShadowCommit.objects.filter(case=case).first()
        if found is not None or trial.state != TrialState.RUNNING.value:
            return found
        last = ShadowCommit.objects.filter(trial=trial).aggregate(last=Max("sequence"))["last"] or 0
        now = clock()
        entry = audit.tell(
            WORKER,
            COMMITTED,
            f"trial:{trial.id}",
            "",
            now,
            {
                "case": str(case.id),
                "sequence": last + 1,
                "input": case.input_sha256,
                "commitment": promised,
            },
        )
        return ShadowCommit.objects.create(
            case=case,
            trial=trial,
            sequence=last + 1,
            commitment=promised,
            sealed=sealed_answer(output, salt),
            at=now,
            audit_sequence=entry.sequence,
        )


def _input(case: ShadowCase, blobs: FolderBlobs) -> CaseInput:
    if input_digest(case.reading) != case.input_sha256:
        raise StoreError(
            Text(ko="사건의 입력이 접수 때와 다릅니다.", en="The input of a case is not what was enrolled."),
            Text(ko="감사 기록을 확인하십시오.", en="Look at the audit trail."),
            code="trial.input_changed",
        )
    photographs = case.signal.photographs.order_by("position")
    boxes = tuple(tuple(box) if box else None for box in case.reading.boxes)
    return CaseInput(tuple(pixels_as_read(one, blobs) for one in photographs), dict(case.reading.filters), boxes)
