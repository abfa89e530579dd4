"""A data set is offered by who keeps it and published by somebody else; what was published may be taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.fields.programme.acts.data_sets.data_set_moves import CYCLE, locked_data_set, mover_of
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DataSetMover, DataSetState
from pandok.fields.programme.models import DataSet


def offer_data_set(data_set_id: UUID, *, reason: str, actor: Account, now: datetime) -> DataSet:
    """Raises RequestError: request.reason, data_set.not_there, data_set.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found = locked_data_set(data_set_id)
        CYCLE.move(
            found, DataSetState.OFFERED, by=DataSetMover.KEEPER, actor=actor, reason=reason, now=now,
            changes={"offered_by": actor},
        )  # fmt: skip
    return found


def publish_data_set(data_set_id: UUID, *, reason: str, actor: Account, now: datetime) -> DataSet:
    """Raises as `offer_data_set`, and data_set.own."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found = locked_data_set(data_set_id)
        CYCLE.must_go(found, DataSetState.PUBLISHED, DataSetMover.PUBLISHER)
        must_be_another(actor, found.offered_by_id, found.made_by_id, refused=refusal("own"))
        CYCLE.move(found, DataSetState.PUBLISHED, by=DataSetMover.PUBLISHER, actor=actor, reason=reason, now=now)
    return found


def make_private(data_set_id: UUID, *, reason: str, actor: Account, now: datetime) -> DataSet:
    """Of what is offered or published. Raises as `offer_data_set`."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found = locked_data_set(data_set_id)
        CYCLE.move(
            found, DataSetState.PRIVATE, by=mover_of(actor) or DataSetMover.KEEPER, actor=actor, reason=reason, now=now,
            changes={"offered_by": None},
        )  # fmt: skip
    return found
