"""Write the protocol of a trial, and lock it: by another person, with its hash, before the first case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.work import WORKER
from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.commitment import SALT_BYTES, seed_promise
from pandok.core.lab.trial import TrialProtocol, TrialRegistration
from pandok.fields.lab.acts.assisted.locked_plan import draw, keep
from pandok.fields.lab.acts.trials import refusals
from pandok.fields.lab.acts.trials.choosing import identity
from pandok.fields.lab.acts.trials.sealing import sealed_seed
from pandok.fields.lab.acts.trials.trial_moves import TRIALS, locked, move
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState
from pandok.settings import Settings

PREPARE_JOB = "lab.shadow_prepare"
Plan = TrialProtocol | AssistedProtocol


def draft_trial(*, protocol: Plan, actor: Account, now: datetime) -> ShadowTrial:
    with transaction.atomic():
        trial = ShadowTrial.objects.create(
            state=TrialState.DRAFT.value,
            state_since=now,
            author=actor,
            created_at=now,
            protocol=protocol.model_dump(mode="json"),
        )
        TRIALS.begin(trial, actor=actor, reason=protocol.title, now=now)
        return trial


def change_draft(*, trial: ShadowTrial, protocol: Plan, actor: Account, now: datetime) -> ShadowTrial:
    """Who changes a draft becomes its author. Raises RequestError once it is registered."""
    with transaction.atomic():
        trial = locked(trial)
        if trial.state != TrialState.DRAFT.value:
            raise refusals.locked()
        trial.protocol, trial.author = protocol.model_dump(mode="json"), actor
        trial.save()
        audit.tell(actor, "trial.changed", f"trial:{trial.id}", protocol.title, now)
        return trial


def register_trial(
    *,
    trial: ShadowTrial,
    actor: Account,
    reason: str,
    now: datetime,
    chosen: Settings,
    random: Callable[[int], bytes],
) -> ShadowTrial:
    """Lock the protocol, the candidate's files and the seed of the random checks. Raises RequestError for the author
    and for the reader that officers see; ModelError where the candidate is not installed."""
    reason = checked_reason(reason)
    seed = random(SALT_BYTES)
    with transaction.atomic():
        trial = locked(trial)
        if trial.state != TrialState.DRAFT.value:
            raise refusals.locked()
        must_be_another(actor, trial.author_id, refused=refusals.own_trial())
        plan = trial.any_plan
        if plan.candidate == chosen.encoder:
            raise refusals.reader_in_use(plan.candidate)
        tried = identity(plan.candidate, chosen)
        drawn = draw(plan, seed=seed) if isinstance(plan, AssistedProtocol) else None
        if drawn is not None:
            plan = plan.model_copy(update={"readers": tuple(drawn.readers)})
        registration = TrialRegistration(
            protocol=plan,
            candidate_title=tried.title,
            candidate_sha256=tried.sha256,
            reader_in_use=identity(chosen.encoder, chosen).title,
            seed_sha256=seed_promise(seed),
            author=trial.author.get_username(),
            registered_by=actor.get_username(),
            registered_at=now,
            cases_sha256=drawn.cases_sha256 if drawn else None,
            order_sha256=drawn.order_sha256 if drawn else None,
        )
        trial.registration = registration.model_dump(mode="json")
        trial.registration_sha256 = registration.sha256
        trial.seed_sealed = sealed_seed(seed)
        if drawn is not None:
            keep(trial, drawn)
        move(trial=trial, to=TrialState.REGISTERED, by=Mover.EVALUATOR, actor=actor, reason=reason, now=now)
        enqueue(PREPARE_JOB, {"trial": str(trial.id)}, key=f"{PREPARE_JOB}:{trial.id}", now=now)
        return trial


def note_prepared(*, trial: ShadowTrial, now: datetime) -> None:
    """The candidate has its index of the register."""
    with transaction.atomic():
        if ShadowTrial.objects.filter(id=trial.id, prepared_at=None).update(prepared_at=now):
            audit.tell(WORKER, "trial.prepared", f"trial:{trial.id}", "", now)
