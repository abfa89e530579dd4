"""The one way to change a data set of the catalogue."""

from __future__ import annotations

from uuid import UUID

from pandok.common.models import Account
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DATA_SETS, DataSetMover, DataSetState
from pandok.fields.programme.models import DataSet, DataSetEvent
from pandok.fields.programme.roles import Action

_no_way = no_such_way(code="data_set.no_such_way")


def _facts(data_set: DataSet, _row: DataSetEvent | None) -> dict[str, Detail]:
    return {"number": data_set.number}


CYCLE: Lifecycle[DataSet, DataSetState, DataSetMover] = Lifecycle(
    model=DataSet,
    table=DATA_SETS,
    name="data-set",
    action="data-set",
    no_way=_no_way,
    facts=_facts,
    history=History(DataSetEvent, "data_set"),
)


def locked_data_set(data_set_id: UUID) -> DataSet:
    """Raises RequestError: data_set.not_there."""
    return CYCLE.locked_in(data_set_id, missing=lambda: refusal("not_there"))


def mover_of(account: Account) -> DataSetMover | None:
    """As whom somebody leads data sets on."""
    if account.may(Action.PUBLISH_DATA_SETS):
        return DataSetMover.PUBLISHER
    return DataSetMover.KEEPER if account.may(Action.KEEP_DATA_SETS) else None
