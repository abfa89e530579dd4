"""A firm applies: it begins a draft, keeps it, submits it once, and may withdraw it until the deadline."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account, Party
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.fields.programme.acts.applications.application_moves import (
    CYCLE,
    firm_of,
    must_be_open,
    own_application,
    receipt_sha256,
)
from pandok.fields.programme.acts.calls.call_moves import locked_call
from pandok.fields.programme.application_refusals import refusal
from pandok.fields.programme.application_states import ApplicationMover, ApplicationState
from pandok.fields.programme.application_text import ApplicationSaid, kept, lacking_for_submission, not_whole
from pandok.fields.programme.models import CallApplication


def begin_application(call_id: UUID, *, actor: Account, now: datetime) -> CallApplication:
    """The application of the actor's firm to this call: the one that there is, else a new draft. Raises RequestError:
    application.no_firm, application.not_open, call.not_there."""
    firm = firm_of(actor)
    if firm is None:
        raise refusal("no_firm")
    with transaction.atomic():
        call = locked_call(call_id)  # two people of one firm at once begin one draft
        must_be_open(call, now)
        firm = locked(Party, firm.pk)
        there: CallApplication | None = (
            CallApplication.objects.filter(call=call, party=firm)
            .exclude(state=ApplicationState.WITHDRAWN.value)
            .first()
        )
        if there is not None:
            return there
        made: CallApplication = CallApplication.objects.create(
            number=next_of_year("AP", width=6, given=CallApplication.objects.all(), now=now),
            call=call,
            party=firm,
            party_name=firm.name,
            state=ApplicationState.DRAFT.value,
            state_since=now,
            members=[{"name": firm.name, "number": "", "share": ""}],
            made_by=actor,
            made_at=now,
            saved_at=now,
        )
        CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def save_application(application_id: UUID, said: ApplicationSaid, *, actor: Account, now: datetime) -> CallApplication:
    """Whatever was written, also what is not right yet. Raises RequestError: application.too_long, and as
    `own_application`."""
    with transaction.atomic():
        application = own_application(application_id, actor, now, ApplicationState.DRAFT)
        for name, value in kept(said, application.call.kind).as_columns().items():
            setattr(application, name, value)
        application.saved_at = now
        application.save()
    return application


def submit_application(application_id: UUID, *, actor: Account, now: datetime) -> CallApplication:
    """Once, whole, and in time: `now` is the moment at which it came in, by the clock of the server. Raises
    RequestError: application.lacking, and as `own_application`."""
    with transaction.atomic():
        application = own_application(application_id, actor, now)
        CYCLE.must_go(application, ApplicationState.SUBMITTED, ApplicationMover.APPLICANT)
        if found := lacking_for_submission(application.said, application.call.kind):
            raise not_whole(found)
        application.party_name = application.party.name
        application.submitted_by, application.submitted_at = actor, now
        application.sha256 = receipt_sha256(application)
        CYCLE.move(
            application,
            ApplicationState.SUBMITTED,
            by=ApplicationMover.APPLICANT,
            actor=actor,
            reason="",
            now=now,
            details={"sha256": application.sha256},
        )
    return application


def withdraw_application(application_id: UUID, *, reason: str, actor: Account, now: datetime) -> CallApplication:
    """Another may be begun until the deadline. Raises RequestError: request.reason, and as `own_application`."""
    reason = checked_reason(reason)
    with transaction.atomic():
        application = own_application(application_id, actor, now)
        CYCLE.move(
            application,
            ApplicationState.WITHDRAWN,
            by=ApplicationMover.APPLICANT,
            actor=actor,
            reason=reason,
            now=now,
        )
    return application
