"""Which results a person sees: the submitter its own once released, the field owner those of own problems likewise."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.models import Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState

_SCORED = [RunState.AWAITING_RELEASE.value, RunState.RELEASED.value, RunState.WITHHELD.value]


def results_visible_to(account: Account) -> QuerySet[Run]:
    """Scored runs, newest first. Who belongs to the submitter sees nothing before release, whatever else they are."""
    runs = Run.objects.filter(Q(comparison__isnull=False) | Q(ladder__isnull=False), state__in=_SCORED)
    runs = runs.select_related("submission", "registration__pack", "comparison", "report", "ladder")
    released, own = Q(state=RunState.RELEASED.value), Q(submitter=organisation_of(account).key)
    seen = Q(pk__in=[])
    if account.may(Action.SEE_RESULTS):
        seen |= ~own
        seen |= released
    if account.may(Action.SUBMIT_MODELS):
        seen |= released & own
    if account.may(Action.DEFINE_PROBLEMS):
        seen |= released & Q(registration__pack__owner=account)
    # In the order of release where only released ones are seen: the order of ends would tell of the runs' pace.
    order = ("-ended_at", "-queued_at") if account.may(Action.SEE_RESULTS) else ("-state_since", "-queued_at")
    return runs.filter(seen).order_by(*order)
