"""A signal that is read while a trial runs is in the trial, from that moment and whatever becomes of it."""

from __future__ import annotations

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.parties.belonging import site_of
from pandok.core.lab.trial import TrialProtocol
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.lab.acts.trials.input_digest import input_digest
from pandok.fields.lab.models import ShadowCase, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState

COMMIT_JOB = "lab.shadow_commit"


def enrol(record: ReadingRecord) -> None:
    """Told by the desk of every new reading, in its transaction. Only the first reading of a signal enrols it."""
    running = list(ShadowTrial.objects.filter(state=TrialState.RUNNING.value, protocol__mode="blind"))
    if not running or ReadingRecord.objects.filter(signal_id=record.signal_id).exclude(pk=record.pk).exists():
        return
    site = site_of(record.actor)
    for trial in running:
        code = site.code if site else ""
        if not takes(trial.plan, code, record.actor.get_username()):
            continue
        case = ShadowCase.objects.create(
            trial=trial,
            signal_id=record.signal_id,
            reading=record,
            input_sha256=input_digest(record),
            site=code,
            enrolled_at=record.read_at,
        )
        enqueue(COMMIT_JOB, {"case": str(case.id)}, key=f"{COMMIT_JOB}:{case.id}", now=record.read_at)
        audit.tell(
            record.actor,
            "shadow.enrolled",
            f"trial:{trial.id}",
            "",
            record.read_at,
            {"case": str(case.id), "signal": str(record.signal_id), "input": case.input_sha256},
        )


def takes(plan: TrialProtocol, site: str, username: str) -> bool:
    """Whether captures of this person at this site are part of the trial."""
    return username not in plan.testers and (not plan.sites or site in plan.sites)
