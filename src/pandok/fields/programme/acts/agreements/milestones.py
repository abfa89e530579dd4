"""Milestones of an agreement: what is to be done until when, and what shows that it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.core.days import day_from
from pandok.fields.programme.acts.agreements.agreement_moves import CYCLE, locked_agreement
from pandok.fields.programme.acts.data_sets.reports import plan_met
from pandok.fields.programme.agreement_refusals import refusal
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.data_refusals import refusal as data_refusal
from pandok.fields.programme.models import DataSet, Milestone

SET, DONE = "agreement.milestone_set", "agreement.milestone_done"
ROOM = 200


def set_milestone(
    agreement_id: UUID, *, title: str, due_on: str, data_set: str = "", actor: Account, now: datetime
) -> Milestone:
    """`data_set`: number of one whose plan is to be met. Raises RequestError: agreement.milestone, request.day,
    data_set.not_there, agreement.not_there, agreement.no_such_way."""
    title, data_set = " ".join(title.split()), data_set.strip()
    if not title or len(title) > ROOM:
        raise refusal("milestone")
    day = day_from(due_on)
    if data_set and not DataSet.objects.filter(number=data_set).exists():
        raise data_refusal("not_there")
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.RUNNING, AgreementState.DRAFT, AgreementState.OFFERED)
        made: Milestone = Milestone.objects.create(agreement=agreement, title=title, due_on=day, data_set=data_set)
        CYCLE.happened(
            agreement, actor=actor, reason=title, now=now, action=SET, columns={"what": "milestone_set"},
            details={"due_on": day.isoformat()},
        )  # fmt: skip
    return made


def reach_milestone(
    agreement_id: UUID, milestone_id: int, *, evidence: str, actor: Account, now: datetime
) -> Milestone:
    """Raises RequestError: case.no_reason, agreement.no_milestone, data_set.plan_unmet, agreement.not_there,
    agreement.no_such_way."""
    evidence = given_words(evidence)
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.RUNNING)
        found: Milestone | None = agreement.milestones.filter(pk=milestone_id, done_at=None).first()
        if found is None:
            raise refusal("no_milestone")
        if found.data_set and not plan_met(found.data_set):
            raise data_refusal("plan_unmet")
        found.done_at, found.done_by, found.evidence = now, actor, evidence
        found.save()
        CYCLE.happened(
            agreement, actor=actor, reason=evidence, now=now, action=DONE, columns={"what": "milestone_done"}
        )
    return found
