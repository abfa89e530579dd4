"""The lab as a Django app."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

from pandok.core.listeners import join

if TYPE_CHECKING:
    from pandok.fields.lab.models import Run


class LabConfig(AppConfig):
    name = "pandok.fields.lab"
    label = "lab"
    verbose_name = "Proving lab"

    def ready(self) -> None:
        _follow_the_desk()
        _score_runs()
        _follow_the_vault()
        _keep_files()
        _tell_the_audit()
        _hold_companies()
        _say_what_was_accepted()


def _follow_the_desk() -> None:
    """Shadow trials hear of readings and decisions; the desk knows nothing of them."""
    from pandok.fields.counterfeit.acts.cases.case_moves import AFTER_EVENT
    from pandok.fields.designs.acts.readings import AFTER_READING
    from pandok.fields.lab.acts.shadow.deciding import note_decision
    from pandok.fields.lab.acts.shadow.enrolling import enrol

    join(AFTER_READING, enrol)
    join(AFTER_EVENT, note_decision)


def _follow_the_vault() -> None:
    """Exports are held against the keyed prints of everything that was sealed."""
    from pandok.fields.lab.acts.exports.sealed_index import prints_before_put
    from pandok.fields.lab.acts.vault.store import BEFORE_PUT

    join(BEFORE_PUT, prints_before_put)


def _score_runs() -> None:
    from pandok.fields.lab.acts.runs.hooks import SCORERS

    join(SCORERS, _score_run)


def _score_run(*, run: Run, vault: Any, now: datetime) -> None:
    # Read in only when a run is scored: the statistics take longer to load than everything else together.
    from pandok.fields.lab.acts.scoring.scoring import score_run

    score_run(run=run, vault=vault, now=now)


def _tell_the_audit() -> None:
    """Proofs carry heads of the audit chain, which every check of it compares."""
    from pandok.common.audit.chain import HEADS_ELSEWHERE
    from pandok.fields.lab.acts.proofs.signed_heads import heads_in_proofs

    join(HEADS_ELSEWHERE, heads_in_proofs)


def _hold_companies() -> None:
    """A company whose run is under way is not taken out of use."""
    from pandok.common.parties.still_running import OF_FIELDS
    from pandok.fields.lab.acts.submissions.unfinished_runs import runs_of

    join(OF_FIELDS, runs_of)


def _say_what_was_accepted() -> None:
    """Fields that run models of others ask whether they were accepted here."""
    from pandok.common.accepted_models import OF_FIELDS
    from pandok.fields.lab.acts.proofs.accepted_models import accepted_here

    join(OF_FIELDS, accepted_here)


def _keep_files() -> None:
    from pandok.fields.counterfeit.acts.retention.owners import OF_OTHER_APPS
    from pandok.fields.lab.acts.files_in_use import files_in_use

    join(OF_OTHER_APPS, files_in_use)
