"""What the audit trail's details of runs, exports, trials and sealed data are called."""

from __future__ import annotations

from pandok.common.web.shown.audit_details import Words, of_kinds
from pandok.core.lab.assisted_trial import Arm
from pandok.fields.lab.states.export_states import Choice, ExportState
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.states.trial_states import TrialState
from pandok.fields.lab.web.shown.vault_page import KINDS as SEALED_KINDS


def audit_values() -> dict[str, Words]:
    sealed = {str(name): words for name, words in SEALED_KINDS.items()}
    return {"arm": of_kinds(Arm), "choice": of_kinds(Choice), "kind": sealed, "step": sealed}


def audit_states() -> dict[str, Words]:
    return {"lab.run.": of_kinds(RunState), "export.": of_kinds(ExportState), "trial.": of_kinds(TrialState)}
