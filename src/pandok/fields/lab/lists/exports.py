"""Whose eyes a request is for: authors see theirs, checkers and auditors what was submitted, receivers what was
released to them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.common.roles import Role
from pandok.fields.lab.models import ExportRequest
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.export_states import ExportState


def exports_visible_to(account: Account) -> QuerySet[ExportRequest]:
    own = Q(author=account) | Q(receiver=account, state=ExportState.RELEASED.value)
    if account.may(Action.REVIEW_EXPORTS) or (Role.AUDITOR in account.roles and account.may(Action.SEE_LAB)):
        own |= ~Q(state=ExportState.PENDING.value)
    return ExportRequest.objects.filter(own).select_related("author", "receiver", "project")
