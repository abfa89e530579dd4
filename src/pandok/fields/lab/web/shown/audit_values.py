"""What the audit trail's details of runs, exports, trials and sealed data are called."""

from __future__ import annotations

from pandok.common.models import AuditEntry
from pandok.common.web.shown.audit_details import Words, of_kinds
from pandok.core.lab.assisted_trial import Arm
from pandok.core.lab.refusals import REASONS as RUN_REASONS
from pandok.core.text import Text
from pandok.fields.lab.states.export_states import Choice, ExportState
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.states.trial_states import TrialState
from pandok.fields.lab.web.shown.vault_page import KINDS as SEALED_KINDS
from pandok.proof.verdict import Verdict


def audit_values() -> dict[str, Words]:
    sealed = {str(name): words for name, words in SEALED_KINDS.items()}
    return {
        "arm": of_kinds(Arm),
        "choice": of_kinds(Choice),
        "kind": sealed,
        "part": {
            "public": Text(ko="공개 자료", en="public"),
            "feedback": Text(ko="피드백", en="feedback"),
            "confirm": Text(ko="확인", en="confirm"),
        },
        "step": {
            **sealed,
            "mask": Text(ko="가림 처리", en="masking"),
            "scoring": Text(ko="채점", en="scoring"),
        },
        "verdict": of_kinds(Verdict),
    }


def audit_states() -> dict[str, Words]:
    return {"lab.run.": of_kinds(RunState), "export.": of_kinds(ExportState), "trial.": of_kinds(TrialState)}


def audit_reason(entry: AuditEntry) -> Text | None:
    """Why a model was refused: the sentences behind the codes."""
    codes = entry.reason.split(", ")
    if entry.action != "lab.submission.refused" or not all(one in RUN_REASONS for one in codes):
        return None
    return Text(
        ko=" ".join(RUN_REASONS[one].what.ko for one in codes),
        en=" ".join(RUN_REASONS[one].what.en for one in codes),
    )
