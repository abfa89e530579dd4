"""Whose eyes a proof is for: submitters see those of their own models."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.common.roles import Role as CommonRole
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.models import ProofRecord
from pandok.fields.lab.roles import Action, Role


def proofs_visible_to(account: Account) -> QuerySet[ProofRecord]:
    """Everybody with the action but submitters sees all: proofs are made to be shown."""
    if not account.may(Action.SEE_PROOFS):
        return ProofRecord.objects.none()
    own = Q(submitter=organisation_of(account).key)
    others = account.roles - {Role.SUBMITTER}
    all_seen = Q() if any(role in _SEE_ALL for role in others) else own
    return ProofRecord.objects.filter(all_seen).select_related("kept_by").prefetch_related("acceptances")


_SEE_ALL = frozenset({Role.LAB_OPERATOR, CommonRole.AUDITOR, Role.EVALUATOR, Role.FIELD_OWNER, Role.OUTPUT_CHECKER})
