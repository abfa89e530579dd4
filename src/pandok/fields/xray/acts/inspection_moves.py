"""The one way to change an inspection: pandok.common.records.lifecycle, with the term for opening."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pandok.common.models import Account
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.xray.models import Inspection, InspectionEvent
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.states import TABLE, InspectionMover, InspectionState
from pandok.settings import settings

AFTER_EVENT: list[Callable[[Inspection, InspectionEvent], None]] = []
"""Who is told of every new event, in its transaction: what they raise undoes the change."""


def locked(inspection_id: UUID) -> Inspection:
    """The inspection, locked until the end of the transaction. Raises RequestError where there is none."""
    try:
        return INSPECTIONS.locked(inspection_id)
    except Inspection.DoesNotExist:
        raise refusal("not_there") from None


def move(
    inspection: Inspection,
    to: InspectionState,
    *,
    by: InspectionMover,
    actor: Account | None,
    reason: str,
    now: datetime,
    details: Mapping[str, Detail] | None = None,
) -> InspectionEvent:
    """Lead a locked inspection on, inside the caller's transaction. What is to be opened gets its term."""
    opening = to is InspectionState.OPENING
    due_at = now + timedelta(hours=settings().xray_opening_hours) if opening else None
    event: InspectionEvent = INSPECTIONS.move(
        inspection, to, by=by, actor=actor, reason=reason, now=now, changes={"due_at": due_at}, details=details
    )
    return event


def _facts(inspection: Inspection, event: Any) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": inspection.number}
    return told if event is None else told | {"from": event.from_state, "to": event.to_state}


def _no_such_way(inspection: Inspection, start: InspectionState, to: InspectionState) -> RequestError:
    return RequestError(
        Text(
            ko=f"검사 {inspection.number}은(는) 지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"Inspection {inspection.number} is '{start.words.en}' and cannot become '{to.words.en}' by you now.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="xray.no_such_way",
    )


INSPECTIONS = Lifecycle(
    model=Inspection,
    table=TABLE,
    name="inspection",
    action="inspection",
    no_way=_no_such_way,
    facts=_facts,
    history=History(InspectionEvent, "inspection"),
    listeners=AFTER_EVENT,
)
