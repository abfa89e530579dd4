"""The one way to change a work order: pandok.common.records.lifecycle."""

from __future__ import annotations

from typing import Any

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.models import WorkOrder, WorkOrderEvent
from pandok.fields.street.refusals import refusal
from pandok.fields.street.work_states import TABLE, WorkMover, WorkState


def locked_work(number: str) -> WorkOrder:
    """Locked until the end of the transaction. Raises RequestError where there is none."""
    found = WorkOrder.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise refusal("no_work")
    return WORKS.locked(found)


def _facts(work: WorkOrder, _event: Any) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": work.number, "work": work.kind}
    if work.pole_id:
        told["pole"] = work.pole.key if work.pole else ""
    if work.feeder:
        told["feeder"] = work.feeder
    if work.crew_id:
        told["crew"] = work.crew.get_username() if work.crew else ""
    return told


def _no_such_way(_work: WorkOrder, start: WorkState, to: WorkState) -> RequestError:
    return RequestError(
        Text(
            ko=f"이 작업은 지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"This work order is '{start.words.en}' and cannot become '{to.words.en}' by you now.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="street.no_such_way_of_work",
    )


WORKS: Lifecycle[WorkOrder, WorkState, WorkMover] = Lifecycle(
    model=WorkOrder,
    table=TABLE,
    name="work-order",
    action="work-order",
    no_way=_no_such_way,
    facts=_facts,
    history=History(WorkOrderEvent, "work"),
    nobody="street",
)
