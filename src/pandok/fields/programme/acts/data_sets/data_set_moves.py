"""The one way to change a data set of the catalogue."""

from __future__ import annotations

from uuid import UUID

from pandok.common.models import Account
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DATA_SETS, DataSetMover, DataSetState
from pandok.fields.programme.models import DataSet, DataSetEvent
from pandok.fields.programme.roles import Action


def _no_way(_record: DataSet, start: DataSetState, to: DataSetState) -> RequestError:
    return RequestError(
        Text(
            ko=f"지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"It is '{start.words.en}' now, and cannot become '{to.words.en}'.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="data_set.no_such_way",
    )


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
    if not DataSet.objects.filter(pk=data_set_id).exists():
        raise refusal("not_there")
    return CYCLE.locked(data_set_id)


def mover_of(account: Account) -> DataSetMover | None:
    """As whom somebody leads data sets on."""
    if account.may(Action.PUBLISH_DATA_SETS):
        return DataSetMover.PUBLISHER
    return DataSetMover.KEEPER if account.may(Action.KEEP_DATA_SETS) else None
