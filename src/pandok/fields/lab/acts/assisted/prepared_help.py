"""Before the first reading: what the model says of every case, promised by its hash, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.core.errors import InputError
from pandok.core.lab.assisted_trial import line_up
from pandok.core.lab.commitment import SALT_BYTES, commitment
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.photographs import pixels_as_read
from pandok.fields.lab.acts.trials.candidates import Candidate, CaseInput
from pandok.fields.lab.acts.trials.refusals import not_the_registered
from pandok.fields.lab.acts.trials.sealing import opened_seed, sealed_answer
from pandok.fields.lab.models import AssistedCase, AssistedHelp, ShadowTrial

HELPED = "assisted.helped"


def prepare_help(
    *,
    trial: ShadowTrial,
    candidate: Candidate,
    blobs: FolderBlobs,
    clock: Callable[[], datetime],
    random: Callable[[int], bytes],
) -> None:
    """Ask the model about every case that has no answer yet; run again it goes on. Raises ModelError and StoreError
    where it may be tried again, RequestError where the model is not the registered one."""
    if candidate.card_sha256 != trial.locked.candidate_sha256:
        raise not_the_registered(candidate.title)
    seed = opened_seed(trial.seed_sealed)
    for case in trial.assisted_cases.filter(help__isnull=True).select_related("reading__signal"):
        photographs = case.reading.signal.photographs.order_by("position")
        boxes = tuple(tuple(box) if box else None for box in case.reading.boxes)
        given = CaseInput(tuple(pixels_as_read(one, blobs) for one in photographs), dict(case.reading.filters), boxes)
        try:
            output = candidate.answer(given)
        except InputError as error:
            output = {"outcome": "unreadable", "candidates": [], "code": error.error_code}
        _keep(case, trial, output, seed, clock(), random(SALT_BYTES))


def _keep(
    case: AssistedCase, trial: ShadowTrial, output: dict[str, Any], seed: bytes, now: datetime, salt: bytes
) -> None:
    in_use = [one.design.design_id for one in case.reading.reading.candidates]
    of_model = [str(one["design_id"]) for one in output.get("candidates", [])]
    promised = commitment(output, salt)
    with transaction.atomic():
        entry = audit.tell(WORKER, HELPED, f"trial:{trial.id}", "", now, {"case": case.number, "commitment": promised})
        AssistedHelp.objects.create(
            case=case,
            commitment=promised,
            sealed=sealed_answer(output, salt),
            line_up=list(
                line_up(seed, case.number, truth=case.truth, lists=[in_use, of_model], count=trial.assisted.line_up)
            ),
            at=now,
            audit_sequence=entry.sequence,
        )
