"""The one way to change an alert: pandok.common.records.lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.models import Alert, AlertEvent
from pandok.fields.street.refusals import refusal
from pandok.fields.street.states import TABLE, AlertMover, AlertState

AFTER_EVENT: list[Callable[[Alert, AlertEvent], None]] = []
"""Who is told of every new event, in its transaction."""


def locked(alert_id: str) -> Alert:
    """The alert, locked until the end of the transaction. Raises RequestError where there is none."""
    try:
        return ALERTS.locked(alert_id)
    except Alert.DoesNotExist:
        raise refusal("no_alert") from None


def _facts(alert: Alert, event: Any) -> dict[str, Detail]:
    told: dict[str, Detail] = {"reader": alert.reader, "level": alert.case_level}
    if event is not None and event.from_state and event.from_state != event.to_state:
        told |= {"from": event.from_state, "to": event.to_state}
    return told


def _no_such_way(_alert: Alert, start: AlertState, to: AlertState) -> RequestError:
    return RequestError(
        Text(
            ko=f"이 경보는 지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"This alert is '{start.words.en}' and cannot become '{to.words.en}' by you now.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="street.no_such_way",
    )


ALERTS: Lifecycle[Alert, AlertState, AlertMover] = Lifecycle(
    model=Alert,
    table=TABLE,
    name="alert",
    action="alert",
    no_way=_no_such_way,
    facts=_facts,
    history=History(AlertEvent, "alert"),
    nobody="street",
    listeners=AFTER_EVENT,
)
