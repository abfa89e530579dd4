"""Which inspections a person may see. Everything else answers like nothing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.fields.xray.models import Inspection, ScanView
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.roles import Action


def inspections_visible_to(account: Account) -> QuerySet[Inspection]:
    """Auditor and administrator: all; who works at a site: those of that site; without one: those without one."""
    if account.may(Action.SEE_ALL_SCANS):
        return Inspection.objects.all()
    if account.may(Action.SEE_SITE_SCANS):
        return Inspection.objects.filter(site=site_of(account))
    return Inspection.objects.none()


def inspection_of(account: Account, inspection_id: UUID) -> Inspection:
    """Raises RequestError where there is none, or it is not theirs to see: nobody learns which of the two."""
    found = inspections_visible_to(account).filter(pk=inspection_id).select_related("site").first()
    if found is None:
        raise refusal("not_there")
    return found


def view_of(account: Account, view_id: int) -> ScanView:
    """Raises RequestError as `inspection_of`."""
    found: ScanView | None = ScanView.objects.filter(
        pk=view_id, scan__inspection__in=inspections_visible_to(account).values("pk")
    ).first()
    if found is None:
        raise refusal("not_there")
    return found
