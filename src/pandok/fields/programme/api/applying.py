"""Applying to a call, for programs of a firm: begun, kept, with files, submitted once, withdrawn until the deadline."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Router, UploadedFile
from pydantic import Field

from pandok.common import house
from pandok.core.errors import RequestError
from pandok.core.programme.consortium import MemberSaid
from pandok.fields.programme.acts.applications import application_files, applying
from pandok.fields.programme.api.applications import ApplicationPaperOut, WholeApplicationOut, paper_out, whole_out
from pandok.fields.programme.application_text import ANSWER, LINE, MOST_MEMBERS, TITLE, ApplicationSaid
from pandok.fields.programme.lists.applications import application_for, is_own
from pandok.fields.programme.lists.calls import call_for
from pandok.fields.programme.models import CallApplication
from pandok.fields.programme.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, FullReason, Key
from pandok.web.api.uploads import uploaded

router = Router(tags=["Calls for applications"])
_APPLIES = may(Action.APPLY)


class ApplicationMemberIn(Asked):
    name: str = Field("", max_length=LINE)
    number: str = Field("", max_length=LINE, description="Business registration number")
    share: str = Field("", max_length=LINE, description="Share in percent")


class CallApplicationIn(Asked):
    """All that the draft says: what is left out is emptied."""

    title: str = Field("", max_length=TITLE)
    members: list[ApplicationMemberIn] = Field(default=[], max_length=MOST_MEMBERS, description="The lead first")
    answers: dict[str, Annotated[str, Field(max_length=ANSWER)]] = Field(
        default={}, max_length=50, description="By the key of each question of the kind of call"
    )

    def said(self) -> ApplicationSaid:
        members = tuple(MemberSaid(**one.model_dump()) for one in self.members)
        return ApplicationSaid(self.title, members, self.answers)


class WithdrawApplicationIn(Asked):
    reason: FullReason


@router.post(
    "/calls/{uuid:call_id}/applications", auth=_APPLIES, response=answers(WholeApplicationOut), summary="Begin to apply"
)
@once
def begin_call_application(request: HttpRequest, call_id: UUID) -> WholeApplicationOut:
    """For your firm; where there is a draft already, it is answered."""
    actor = actor_of(request)
    try:
        call_for(actor, call_id)
    except RequestError as error:
        raise not_found() from error
    made = applying.begin_application(call_id, actor=actor, now=timezone.now())
    return _whole(request, made.pk)


@router.post(
    "/applications/{uuid:application_id}/draft",
    auth=_APPLIES,
    response=answers(WholeApplicationOut),
    summary="Keep a draft",
)
@once
def save_call_application(request: HttpRequest, application_id: UUID, asked: CallApplicationIn) -> WholeApplicationOut:
    """Whatever is not right yet is said when it is submitted."""
    found = _own(request, application_id)
    applying.save_application(found.pk, asked.said(), actor=actor_of(request), now=timezone.now())
    return _whole(request, found.pk)


@router.post(
    "/applications/{uuid:application_id}/files",
    auth=_APPLIES,
    response=answers(ApplicationPaperOut),
    summary="Put a file to a draft",
)
@once
def add_file_of_application(
    request: HttpRequest, application_id: UUID, file: File[UploadedFile]
) -> ApplicationPaperOut:
    """PDF, JPEG, PNG, HEIC or TIFF of at most 20 MB. The same file again is the same paper."""
    found = _own(request, application_id)
    data, name = uploaded(file)
    made = application_files.add_file(
        found.pk, data=data, filename=name, actor=actor_of(request), now=timezone.now(), blobs=house.blobs()
    )
    return paper_out(made)


@router.post(
    "/applications/{uuid:application_id}/files/{file_id}/drop",
    auth=_APPLIES,
    response=answers(WholeApplicationOut),
    summary="Take a file out of a draft",
)
@once
def drop_file_of_application(request: HttpRequest, application_id: UUID, file_id: Key) -> WholeApplicationOut:
    found = _own(request, application_id)
    application_files.drop_file(found.pk, file_id, actor=actor_of(request), now=timezone.now())
    return _whole(request, found.pk)


@router.post(
    "/applications/{uuid:application_id}/submit",
    auth=_APPLIES,
    response=answers(WholeApplicationOut),
    summary="Submit an application",
)
@once
def submit_call_application(request: HttpRequest, application_id: UUID) -> WholeApplicationOut:
    """Once, whole and in time, by the clock of the server. `sha256` is the receipt."""
    found = _own(request, application_id)
    applying.submit_application(found.pk, actor=actor_of(request), now=timezone.now())
    return _whole(request, found.pk)


@router.post(
    "/applications/{uuid:application_id}/withdraw",
    auth=_APPLIES,
    response=answers(WholeApplicationOut),
    summary="Withdraw an application",
)
@once
def withdraw_call_application(
    request: HttpRequest, application_id: UUID, asked: WithdrawApplicationIn
) -> WholeApplicationOut:
    """Until the deadline; another may be begun."""
    found = _own(request, application_id)
    applying.withdraw_application(found.pk, reason=asked.reason, actor=actor_of(request), now=timezone.now())
    return _whole(request, found.pk)


def _own(request: HttpRequest, application_id: UUID) -> CallApplication:
    actor = actor_of(request)
    try:
        found = application_for(actor, application_id, timezone.now())
    except RequestError as error:
        raise not_found() from error
    if not is_own(actor, found):
        raise not_found()
    return found


def _whole(request: HttpRequest, application_id: UUID) -> WholeApplicationOut:
    return whole_out(application_for(actor_of(request), application_id, timezone.now()))
