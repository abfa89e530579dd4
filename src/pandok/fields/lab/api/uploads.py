"""Models in pieces: begun with size and checksum, sent on after a broken connection, handed in when whole."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.fields.lab.acts.submissions import partial
from pandok.fields.lab.acts.submissions.receiving import receive
from pandok.fields.lab.api.lab import SubmissionIn, SubmissionOut, open_problem_of, shown_submission
from pandok.fields.lab.models import PartialUpload, Submission
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web import sandbox_tools
from pandok.settings import settings
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import REFUSED_WITH, Refusal, answers, not_found, refusal
from pandok.web.api.request_values import Moment

router = Router(tags=["lab"])
_SUBMITS = may(Action.SUBMIT_MODELS)
PIECE = "application/offset+octet-stream"
_PIECE_BODY = {
    "requestBody": {
        "required": True,
        "content": {PIECE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class UploadIn(BaseModel):
    """Of the zip that will be handed in."""

    bytes: int = Field(ge=1)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class UploadOut(BaseModel):
    """`offset`: how many bytes are here, and where the next piece begins. `piece_bytes`: a good size for a piece: a
    broken connection costs one piece at most. After `until` what came is swept."""

    id: UUID
    bytes: int
    offset: int
    piece_bytes: int
    until: Moment


@router.post("/uploads", auth=_SUBMITS, response=answers(UploadOut, 201), summary="Begin an upload in pieces")
@once(status=201)
def begin_upload(request: HttpRequest, asked: UploadIn) -> UploadOut:
    """For large models and connections that break. At most three at once for each organisation, for a day."""
    made = partial.begin(size=asked.bytes, sha256=asked.sha256, actor=actor_of(request), now=timezone.now())
    return _upload(made)


@router.get("/uploads/{uuid:upload_id}", auth=_SUBMITS, response=answers(UploadOut), summary="How far an upload is")
def get_upload(request: HttpRequest, upload_id: UUID) -> UploadOut:
    return _upload(_own(request, upload_id))


@router.patch(
    "/uploads/{uuid:upload_id}",
    auth=_SUBMITS,
    response={**answers(UploadOut), REFUSED_WITH | {409}: Refusal},
    summary="Send the next piece",
    openapi_extra=_PIECE_BODY,
)
def send_piece(
    request: HttpRequest,
    upload_id: UUID,
    upload_offset: int = Header(-1, alias="Upload-Offset"),  # type: ignore[type-arg]  # Ninja's own form
) -> UploadOut:
    """The bytes themselves. `Upload-Offset`: where they begin, as in tus 1.0. Where it is not where the last piece
    ended, the answer is 409 with the right `offset` in `fields`. The same piece twice is therefore taken once."""
    found = _own(request, upload_id)
    if request.content_type != PIECE:
        raise refusal(415)
    if upload_offset < 0:
        raise refusal(422, errors=[{"place": ["header", "Upload-Offset"], "why": "a whole number of bytes"}])
    partial.take_piece(
        upload=found,
        offset=upload_offset,
        length=int(request.META.get("CONTENT_LENGTH") or 0),
        read=request.read,
        home=_home(),
    )
    return _upload(found)


@router.delete("/uploads/{uuid:upload_id}", auth=_SUBMITS, response=answers(UploadOut), summary="Give an upload up")
def give_up_upload(request: HttpRequest, upload_id: UUID) -> UploadOut:
    found = _own(request, upload_id)
    told = _upload(found)
    partial.give_up(upload=found, actor=actor_of(request), now=timezone.now(), home=_home())
    return told


@router.post(
    "/uploads/{uuid:upload_id}/submission",
    auth=_SUBMITS,
    response={**answers(SubmissionOut, 201), REFUSED_WITH | {409}: Refusal},
    summary="Hand a whole upload in",
)
@once(status=201, repeatable=True)
def submit_an_upload(request: HttpRequest, upload_id: UUID, asked: SubmissionIn) -> SubmissionOut:
    """As a file sent at once: the same checks and the same answer. The upload goes with it; the same `upload_key` again
    is answered with the first submission."""
    actor = actor_of(request)
    earlier = partial.earlier_submission(asked.upload_key, actor)
    if earlier is not None:
        return shown_submission(earlier)
    found, pack, now = _own(request, upload_id), open_problem_of(asked.problem_id), timezone.now()

    def received(upload: BinaryIO, size: int) -> Submission:
        return receive(
            upload=upload,
            size=size,
            pack=pack,
            upload_key=asked.upload_key,
            actor=actor,
            now=now,
            blobs=house.blobs(),
            check=sandbox_tools.check,
            public_ids=sandbox_tools.public_ids,
        )

    return shown_submission(partial.hand_in(upload=found, actor=actor, now=now, home=_home(), receive=received))


def _own(request: HttpRequest, upload_id: UUID) -> PartialUpload:
    found = partial.of_account(upload_id, actor_of(request), timezone.now())
    if found is None:
        raise not_found()
    return found


def _upload(one: PartialUpload) -> UploadOut:
    return UploadOut(
        id=one.pk,
        bytes=one.bytes,
        offset=partial.offset_of(one, _home()),
        piece_bytes=partial.PIECE_BYTES,
        until=one.begun_at + partial.KEPT_FOR,
    )


def _home() -> Path:
    return settings().home
