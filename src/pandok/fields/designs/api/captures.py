"""Captures: photographs in, a reading out. The sender's own UUID makes sending twice the same as once."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from ninja.responses import Status
from pydantic import BaseModel, Field, create_model

from pandok.common.models import Account
from pandok.core.declaration import DECLARED, declare
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.designs.acts.captures import capture_of, capture_of_another, receive_capture, too_many_sent
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS
from pandok.fields.designs.acts.reading_places import read_in_turn
from pandok.fields.designs.api.declared_goods import taken
from pandok.fields.designs.models import Capture
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.designs.roles import Action
from pandok.fields.designs.web.uploads import keep_uploads
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Moment, one_of

router = Router(tags=["captures"])
_READS = may(Action.READ_PHOTOGRAPHS)
Shares = Annotated[str, Field(pattern=r"^([0-9]{1,5}(,[0-9]{1,5}){3})?$")]


DeclaredIn = create_model("DeclaredIn", **taken(DECLARED))


class CaptureIn(DeclaredIn):  # type: ignore[valid-type, misc]  # made of what is declared
    capture_id: UUID = Field(description="Made by the sender; the same UUID is the same capture")
    taken_at: Moment | None = None
    locarno_class: str = Field(default="", max_length=10, pattern=r"^([0-9]{2}(-[0-9]{2})?)?$")
    in_force_only: bool = True
    recorded_only: bool = False
    box: list[Shares] = Field(
        default=[], description="For each photograph `x1,y1,x2,y2` around the article, in ten-thousandths of its sides"
    )


class FailureReason(BaseModel):
    code: str
    what: Text
    next_step: Text


class CaptureOut(BaseModel):
    """`failed`: the reader could not work, for `reason`; ask for the reading again."""

    id: UUID
    state: Annotated[str, one_of("received", "read", "unreadable", "failed")]
    received_at: Moment
    reading_id: UUID | None
    reason: FailureReason | None


@router.post(
    "",
    auth=_READS,
    response={201: CaptureOut, **answers(CaptureOut)},
    summary="Send photographs and have them read",
)
@once(repeatable=True)
def send_capture(
    request: HttpRequest,
    sent: Form[CaptureIn],
    photographs: File[list[UploadedFile]],
) -> Status[CaptureOut]:
    """One to seven photographs of one article, as JPEG, PNG, WebP, HEIC, TIFF or BMP. 201: kept and read; 200: this
    capture had come before."""
    actor, now = actor_of(request), timezone.now()
    capture, created = _own(actor, sent.capture_id), False
    if capture is None:
        if len(photographs) > MOST_PHOTOGRAPHS:
            raise too_many_sent(len(photographs))
        declaration = declare(**sent.model_dump(include=set(DeclaredIn.model_fields)))
        kept, refused = keep_uploads(request)
        if refused:
            raise refused[0][2]
        capture, created = receive_capture(
            capture_id=sent.capture_id,
            photographs=kept,
            declaration=declaration.model_copy(update={"taken_at": sent.taken_at}),
            filters=ReadingFilters(**sent.model_dump(include=set(ReadingFilters.model_fields))),
            actor=actor,
            now=now,
        )
    capture = read_in_turn(capture, actor, now)
    return Status(201 if created else 200, capture_out(capture))


@router.get("/{uuid:capture_id}", auth=_READS, response=answers(CaptureOut), summary="One of your captures")
def get_capture(request: HttpRequest, capture_id: UUID) -> CaptureOut:
    capture = _own(actor_of(request), capture_id)
    if capture is None:
        raise not_found()
    return capture_out(capture)


@router.post(
    "/{uuid:capture_id}/read",
    auth=_READS,
    response=answers(CaptureOut),
    summary="Read a capture whose reading failed",
)
@once(repeatable=True)
def read_capture_again(request: HttpRequest, capture_id: UUID) -> CaptureOut:
    actor = actor_of(request)
    capture = _own(actor, capture_id)
    if capture is None:
        raise not_found()
    return capture_out(read_in_turn(capture, actor, timezone.now()))


def capture_out(capture: Capture) -> CaptureOut:
    return CaptureOut(
        id=capture.id,
        state=capture.state,
        received_at=capture.received_at,
        reading_id=capture.reading_id,
        reason=FailureReason(**capture.reason) if capture.reason else None,
    )


def _own(actor: Account, capture_id: UUID) -> Capture | None:
    """Your capture with this number; somebody else's is answered as if it did not exist."""
    try:
        return capture_of(actor, capture_id)
    except RequestError as error:
        if error.error_code == capture_of_another().error_code:
            raise not_found() from error
        raise
