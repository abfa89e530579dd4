"""The only place that changes where a request stands: table, event and audit entry in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pandok.common import numbering
from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.roles import Action
from pandok.core.audit import AuditEvent, Detail
from pandok.core.canonical import digest
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.models import ExportEvent, ExportRequest
from pandok.fields.lab.states.export_states import ExportState, may_move_export


def must(actor: Account, action: Action) -> None:
    if not actor.may(action):
        raise refused("role")


def locked(request_id: UUID) -> ExportRequest:
    """Inside a transaction."""
    return ExportRequest.objects.select_for_update(of=("self",), no_key=True).get(id=request_id)


def move(
    request: ExportRequest,
    new: ExportState,
    *,
    actor: Account,
    reason: str,
    now: datetime,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Raises RequestError for a move that is not in the table."""
    old = request.stands
    if not may_move_export(old, new):
        raise refused("state")
    request.state, request.state_since = new.value, now
    request.save()
    ExportEvent.objects.create(
        request=request, from_state=old.value, to_state=new.value, actor=actor, reason=reason, at=now
    )
    record(request, f"export.{new.value}", actor=actor, reason=reason, now=now, details=details)


def record(
    request: ExportRequest,
    action: str,
    *,
    actor: Account,
    reason: str,
    now: datetime,
    details: Mapping[str, Detail] | None = None,
) -> None:
    told: dict[str, Detail] = {"number": request.number, "sums": request.sums}
    audit.record(
        AuditEvent(
            actor=actor.get_username(),
            action=action,
            object=f"export:{request.id}",
            reason=reason,
            at=now,
            details=told | dict(details or {}),
        )
    )


def sums_of(request: ExportRequest, *, round: int = 0) -> str:
    """The hash of names and contents of all files, as submitted for the `round`th time: what votes are about."""
    round = round or request.events.filter(to_state=ExportState.SUBMITTED.value).count()
    return digest([round, [[one.name, one.sha256, one.size_bytes] for one in request.files.order_by("name")]])


def next_number(now: datetime) -> str:
    year = now.astimezone(OFFICE_ZONE).year
    return numbering.next_number(f"{year}-X", width=6, given=ExportRequest.objects.values_list("number", flat=True))
