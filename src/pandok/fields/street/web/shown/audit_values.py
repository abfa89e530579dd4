"""What the audit trail shows for streetlights: where an alert came."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.street.command_states import CommandState
from pandok.fields.street.states import AlertState
from pandok.fields.street.warning_states import WarningState
from pandok.fields.street.work_states import WorkState


def audit_words() -> dict[str, Text]:
    alerts = {
        f"alert.{state.value}": Text(ko=f"가로등 경보: {state.words.ko}", en=f"Alert: {state.words.en}")
        for state in AlertState
    }
    commands = {
        f"command.{state.value}": Text(ko=f"장치 명령: {state.words.ko}", en=f"Command: {state.words.en}")
        for state in CommandState
        if state is not CommandState.ASKED
    }
    warnings = {
        f"resident-warning.{state.value}": Text(ko=f"주민 알림: {state.words.ko}", en=f"Warning: {state.words.en}")
        for state in WarningState
    }
    works = {
        f"work-order.{state.value}": Text(ko=f"작업 지시: {state.words.ko}", en=f"Work order: {state.words.en}")
        for state in WorkState
    }
    return alerts | commands | warnings | works


def audit_states() -> dict[str, dict[str, Text]]:
    return {
        "alert.": {state.value: state.words for state in AlertState},
        "resident-warning.": {state.value: state.words for state in WarningState},
        "command.": {state.value: state.words for state in CommandState},
        "work-order.": {state.value: state.words for state in WorkState},
    }
