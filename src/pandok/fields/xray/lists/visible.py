"""Which inspections a person may see. Everything else answers like nothing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.fields.xray.lists.retention import erasure_of
from pandok.fields.xray.models import Inspection, ScanView, ShownScan
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.roles import Action
from pandok.fields.xray.states import READABLE


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


def shows_images(account: Account, inspection: Inspection) -> bool:
    """Whoever reads sees a scan that waits only on their own screen, where its time counts: who had looked at it in
    peace before would be measured as fast."""
    if not account.may(Action.READ_SCANS) or inspection.stands not in READABLE:
        return True
    return ShownScan.objects.filter(inspection=inspection, reader=account).exists()


def view_of(account: Account, view_id: int) -> ScanView:
    """Raises RequestError as `inspection_of`, and where its images are not shown to this person now."""
    found: ScanView | None = (
        ScanView.objects.filter(pk=view_id, scan__inspection__in=inspections_visible_to(account).values("pk"))
        .select_related("scan__inspection")
        .first()
    )
    if found is None or not shows_images(account, found.scan.inspection) or erasure_of(found.scan) is not None:
        raise refusal("not_there")
    return found
