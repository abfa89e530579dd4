"""Words for the moves of runs, exports and trials in the audit trail."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.lab.states.export_states import ExportState
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.states.trial_states import TrialState


def audit_words() -> dict[str, Text]:
    """The area, and the state it came into."""
    found = {}
    for prefix, area, states in (
        ("lab.run", Text(ko="실행", en="Run"), RunState),
        ("export", Text(ko="반출", en="Export"), ExportState),
        ("trial", Text(ko="그림자 시험", en="Trial"), TrialState),
    ):
        for state in states:
            words = state.words
            found[f"{prefix}.{state.value}"] = Text(ko=f"{area.ko}: {words.ko}", en=f"{area.en}: {words.en}")
    return found
