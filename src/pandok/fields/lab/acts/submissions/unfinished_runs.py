"""Runs that have not ended hold their company in use."""

from __future__ import annotations

from pandok.common.models import Party
from pandok.core.text import Text
from pandok.fields.lab.models import Run, ShadowTrial, Submission
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.states.trial_states import TrialState


def runs_of(party: Party) -> list[Text]:
    """A line for each run of the people of this party that has not ended; its state is not told here."""
    if party.kind != Party.COMPANY:
        return []
    ended = [one.value for one in RunState if one.ended]
    runs = Run.objects.filter(submission__by__party_memberships__party=party).exclude(state__in=ended)
    lines = [
        Text(ko=f"진행 중인 평가 {run.pk}", en=f"run {run.pk} under way") for run in runs.order_by("pk").distinct()
    ]
    return lines + _locked_trials(party)


def _locked_trials(party: Party) -> list[Text]:
    """Trials whose protocol is locked on a model of this party, until their verdict."""
    from pandok.fields.lab.acts.trials.submitted import PREFIX  # which imports models, that import this at the start

    models = Submission.objects.filter(by__party_memberships__party=party).values_list("id", flat=True)
    names = [f"{PREFIX}{number}" for number in models.distinct()]
    trials = ShadowTrial.objects.filter(state__in=_LOCKED, protocol__candidate__in=names).order_by("created_at")
    return [Text(ko=f"사전등록한 시험 {one.pk}", en=f"trial {one.pk} under a locked protocol") for one in trials]


_LOCKED = [
    one.value
    for one in (
        TrialState.REGISTERED,
        TrialState.RUNNING,
        TrialState.STOPPED_HARM,
        TrialState.STOPPED_BENEFIT,
        TrialState.COMPLETED,
        TrialState.UNBLINDED,
    )
]
