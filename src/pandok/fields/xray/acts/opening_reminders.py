"""What readers stopped is to be opened by a term: opening officers are reminded before it ends and once it has."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from pandok.common.declared import granted
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import WORKER, Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account
from pandok.core.dates import moment_short
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.xray.acts.webhook_events import OPENING_DUE, tell
from pandok.fields.xray.models import Inspection
from pandok.fields.xray.roles import Action
from pandok.fields.xray.states import InspectionState
from pandok.settings import settings

LOOKED_BACK = timedelta(days=2)
"""A worker that stood still for longer reminds of nothing old: it stands in the list as overdue."""
_SOON = Text(ko="개장 기한이 다가옵니다", en="An opening is due soon")
_LATE = Text(ko="개장 기한이 지났습니다", en="An opening is overdue")


@every(300, by_clock=True)
def remind_of_openings(work: Work) -> None:
    remind(now=work.now)


def remind(*, now: datetime) -> int:
    """One mail before the term ends and one after, to each person who opens there; the supervisors too once it is
    over. May be called again: nobody is told twice of one term. Returns how many inspections were due."""
    soon = now + timedelta(hours=settings().xray_remind_hours)
    due = Inspection.objects.filter(
        state=InspectionState.OPENING.value, due_at__lte=soon, due_at__gt=now - LOOKED_BACK
    ).select_related("site")
    told = 0
    for inspection in due:
        _tell(inspection, now)
        told += 1
    return told


def _tell(inspection: Inspection, now: datetime) -> None:
    assert inspection.due_at is not None
    late = inspection.due_at <= now
    what, kind = (_LATE, "late") if late else (_SOON, "soon")
    due = moment_short(inspection.due_at, OFFICE_ZONE)
    address = f"{settings().address.rstrip('/')}/xray/inspections/{inspection.pk}/"
    ko = f"{what.ko}: 검사 {inspection.number}, 기한 {due.ko}.\n{address}"
    en = f"{what.en}: inspection {inspection.number}, due {due.en}.\n{address}"
    term = f"{inspection.pk}:{inspection.due_at:%Y%m%d%H%M}:{kind}"
    with transaction.atomic():
        for account in addressees(inspection, late=late):
            try:
                queue_mail(
                    recipient=account.email,
                    subject=f"[판독] {what.ko} · 검사 {inspection.number}",
                    body_text=f"{ko}\n\n―――――\n\n{en}\n",
                    key=f"xray-opening:{term}:{account.pk}",
                    actor=WORKER,
                    now=now,
                )
            except RequestError:  # an address that no mail can go to: it still stands in the list
                continue
        newest = inspection.events.order_by("-sequence").values_list("sequence", flat=True)[0]
        data: dict[str, str | int] = {"due_at": inspection.due_at.isoformat(), "late": int(late)}
        tell(inspection, OPENING_DUE, sequence=newest, now=now, data=data)


def addressees(inspection: Inspection, *, late: bool) -> list[Account]:
    """Who opens at its customs office; who has things read again too, once it is late."""
    if inspection.site_id is None:
        return []
    there = Account.objects.filter(site_membership__site_id=inspection.site_id, is_active=True).exclude(email="")
    supervisors, openers = _who_may(Action.RECALL_SCANS), _who_may(Action.RECORD_OPENINGS)
    names = openers | supervisors if late else openers - supervisors
    return list(there.filter(groups__name__in=names).distinct().order_by("pk"))


def _who_may(action: Action) -> set[str]:
    return {role.value for role in granted()[action]}
