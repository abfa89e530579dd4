"""Applications to calls, for programs of the firm that applies and of those who may read them after the deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.errors import RequestError
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.lists.applications import (
    application_for,
    applications_among,
    applications_visible_to,
    as_submitted,
)
from pandok.fields.programme.models import ApplicationFile, CallApplication
from pandok.fields.programme.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Limit, Page, one_of

router = Router(tags=["Calls for applications"])
_SEES = may(Action.SEE_APPLICATIONS)


class CallApplicationOut(BaseModel):
    """`sha256`: of the receipt, empty before it was submitted. `firm`: the lead, by its name then."""

    id: UUID
    number: str
    call: str
    state: Annotated[str, one_of(*ApplicationState)]
    firm: str
    title: str
    made_at: datetime
    submitted_at: datetime | None
    sha256: str


class ApplicationMemberOut(BaseModel):
    """As it was written; the lead is the first."""

    name: str
    number: str
    share: str


class ApplicationPaperOut(BaseModel):
    id: int
    filename: str
    size_bytes: int
    sha256: str


class WholeApplicationOut(CallApplicationOut):
    """`as_submitted` false: what stands here is not what the receipt was given for, or nothing was submitted yet."""

    members: list[ApplicationMemberOut]
    answers: dict[str, str]
    files: list[ApplicationPaperOut]
    as_submitted: bool


@router.get("", auth=_SEES, response=answers(Page[CallApplicationOut]), summary="Applications to calls")
def list_call_applications(
    request: HttpRequest,
    words: str = "",
    state: ApplicationState | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[CallApplicationOut]:
    """The newest first: of your own firm; of all, after the deadline, for who may read them."""
    shown = applications_visible_to(actor_of(request), timezone.now())
    found = applications_among(shown, words=words[:100], state=state or "")
    return page_by_time(found, field="made_at", cursor=cursor, limit=limit, shape=_out)


@router.get(
    "/{uuid:application_id}", auth=_SEES, response=answers(WholeApplicationOut), summary="One application to a call"
)
def get_call_application(request: HttpRequest, application_id: UUID) -> WholeApplicationOut:
    try:
        found = application_for(actor_of(request), application_id, timezone.now())
    except RequestError as error:
        raise not_found() from error
    return whole_out(found)


def whole_out(found: CallApplication) -> WholeApplicationOut:
    return WholeApplicationOut(
        **_out(found).model_dump(),
        members=[ApplicationMemberOut(**one) for one in found.members],
        answers=found.answers,
        files=[paper_out(one) for one in found.files.all()],
        as_submitted=as_submitted(found),
    )


def paper_out(one: ApplicationFile) -> ApplicationPaperOut:
    return ApplicationPaperOut(id=one.pk, filename=one.filename, size_bytes=one.size_bytes, sha256=one.sha256)


def _out(one: CallApplication) -> CallApplicationOut:
    return CallApplicationOut(
        id=one.pk,
        number=one.number,
        call=one.call.number,
        state=one.state,
        firm=one.party_name,
        title=one.title,
        made_at=one.made_at,
        submitted_at=one.submitted_at,
        sha256=one.sha256,
    )
