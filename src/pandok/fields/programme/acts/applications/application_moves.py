"""The one way to change where an application stands, and the hash of what was submitted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pandok.common.models import Account, Party
from pandok.common.parties.belonging import parties_of
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.fields.programme.application_refusals import refusal
from pandok.fields.programme.application_states import APPLICATIONS, ApplicationMover, ApplicationState
from pandok.fields.programme.call_states import CallState, takes_applications
from pandok.fields.programme.models import ApplicationEvent, Call, CallApplication

_no_way = no_such_way(code="application.no_such_way")


def _facts(application: CallApplication, _row: ApplicationEvent | None) -> dict[str, Detail]:
    return {"number": application.number}


CYCLE: Lifecycle[CallApplication, ApplicationState, ApplicationMover] = Lifecycle(
    model=CallApplication,
    table=APPLICATIONS,
    name="call-application",
    action="call-application",
    no_way=_no_way,
    facts=_facts,
    history=History(ApplicationEvent, "application"),
)


def firm_of(account: Account) -> Party | None:
    """The firm for which somebody applies."""
    found: Party | None = parties_of(account).filter(kind=Party.COMPANY).order_by("pk").first()
    return found


def own_application(application_id: UUID, actor: Account, now: datetime, *states: ApplicationState) -> CallApplication:
    """Locked, of the actor's firm, in one of `states`, while its call is open. Raises RequestError:
    application.not_there, application.not_open, application.no_such_way."""
    mine = CallApplication.objects.filter(pk=application_id, party__in=parties_of(actor))
    if not mine.exists():
        raise refusal("not_there")
    application = CYCLE.locked(application_id)
    must_be_open(application.call, now)
    stands = ApplicationState(application.state)
    if states and stands not in states:
        raise _no_way(application, stands, states[0])
    return application


def must_be_open(call: Call, now: datetime) -> None:
    """Raises RequestError: application.not_open."""
    if not takes_applications(CallState(call.state), call.opens_at, call.closes_at, now):
        raise refusal("not_open")


def receipt_of(application: CallApplication) -> dict[str, Any]:
    """What the hash of the receipt is of: all that was submitted, to which call, and when."""
    at = application.submitted_at
    return {
        "number": application.number,
        "call": application.call.number,
        "call_sha256": application.call.sha256,
        "firm": application.party_name,
        "title": application.title,
        "members": application.members,
        "answers": application.answers,
        "files": [[one.filename, one.sha256] for one in application.files.order_by("pk")],
        "submitted_at": at.astimezone(UTC).isoformat() if at else "",
    }


def receipt_sha256(application: CallApplication) -> str:
    return digest(receipt_of(application))
