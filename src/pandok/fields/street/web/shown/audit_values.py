"""What the audit trail shows for streetlights: where an alert came."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.street.states import AlertState


def audit_words() -> dict[str, Text]:
    return {
        f"alert.{state.value}": Text(ko=f"가로등 경보: {state.words.ko}", en=f"Alert: {state.words.en}")
        for state in AlertState
    }


def audit_states() -> dict[str, dict[str, Text]]:
    return {"alert.": {state.value: state.words for state in AlertState}}
