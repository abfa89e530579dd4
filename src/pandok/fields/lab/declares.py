"""What the proving lab declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link, PublicPage
from pandok.core.text import Text
from pandok.fields.lab.party_kinds import COMPANY
from pandok.fields.lab.roles import MAY, Action, Role
from pandok.fields.lab.states import acceptance_states, export_states, run_states, trial_states

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    party_kinds=(COMPANY,),
    states=(run_states.TABLE, export_states.TABLE, trial_states.TABLE, acceptance_states.TABLE),
    jobs=(
        "pandok.fields.lab.acts.runs.job",
        "pandok.fields.lab.acts.shadow.jobs",
        "pandok.fields.lab.acts.submissions.partial",
        "pandok.fields.lab.acts.vault.upkeep",
        "pandok.fields.lab.acts.vault.masked_copies",
    ),
    links=(Link(140, "lab", Text(ko="실증랩", en="Proving lab"), Action.SEE_LAB, below=True),),
    public=(
        PublicPage(
            10,
            "public_register",
            Text(ko="실증랩 공개 대장", en="Public register of the proving lab"),
            "pandok.fields.lab.lists.public_counts.proofs_made",
        ),
    ),
    introduction=Introduction(
        Text(ko="실증랩", en="Proving lab"),
        Text(
            ko="기업은 자료를 받지 않고 모델을 제출하며, 기관은 봉인된 자료로 시험합니다.",
            en="Companies submit models without receiving the data; the agency tests them on sealed data.",
        ),
    ),
    audit_words="pandok.fields.lab.web.shown.audit_words.audit_words",
    audit_values="pandok.fields.lab.web.shown.audit_values.audit_values",
    audit_reason="pandok.fields.lab.web.shown.audit_values.audit_reason",
    audit_states="pandok.fields.lab.web.shown.audit_values.audit_states",
    largest_request="pandok.fields.lab.acts.submissions.unpacking.largest_request",
)
