"""Papers of a case: sent by customs and parties, given to whom they concern; every download is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.models import Account
from pandok.fields.counterfeit.acts.answering.papers import send_paper
from pandok.fields.counterfeit.acts.cases.documents import (
    documents_visible_to,
    file_for,
    keep_document,
    may_see_document,
    share_document,
)
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.api.in_turn import case_in_turn
from pandok.fields.counterfeit.lists.visible import in_customs_hands, turns_in
from pandok.fields.counterfeit.models import CaseDocument
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.web.api.binary import binary, safe_file
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found, refusal
from pandok.web.api.request_values import Asked, Reason, one_of
from pandok.web.api.uploads import uploaded

router = Router(tags=["documents"])
of_case = Router(tags=["documents"])
_SEES = may(Action.SEE_CASES)
Kind = Annotated[str, one_of("appraisal", "licence", "parallel_import", "power_of_attorney", "suit", "other")]
Side = Literal["holder", "importer", "association"]
_ACTIONS = {
    Turn.OFFICER: Action.WORK_CASES,
    Turn.HOLDER: Action.ANSWER_AS_HOLDER,
    Turn.IMPORTER: Action.ANSWER_AS_IMPORTER,
    Turn.APPRAISER: Action.APPRAISE,
}


class DocumentOut(BaseModel):
    """`party`: on whose behalf; null: customs. `shared_with`: sides that may see it too, shown to customs only."""

    id: UUID
    case_id: UUID
    kind: Kind
    filename: str
    media_type: str
    size_bytes: int
    sha256: str
    party: str | None
    uploaded_at: datetime
    shared_with: list[Side]


class DocumentIn(BaseModel):
    kind: Kind


class ShareIn(Asked):
    with_: list[Side] = Field(alias="with", max_length=3)
    reason: Reason


@of_case.get("/{uuid:case_id}/documents", auth=_SEES, response=answers(list[DocumentOut]), summary="Papers of a case")
def list_documents(request: HttpRequest, case_id: UUID) -> list[DocumentOut]:
    account = actor_of(request)
    case = visible_case(account, case_id)
    found = documents_visible_to(account, case).select_related("party").order_by("uploaded_at", "pk")
    return [_out(one, account) for one in found]


@of_case.post(
    "/{uuid:case_id}/documents",
    auth=may(*_ACTIONS.values()),
    response=answers(DocumentOut, 201),
    summary="Send a paper to a case",
)
@once(status=201)
def send_document(
    request: HttpRequest, case_id: UUID, asked: Form[DocumentIn], file: File[UploadedFile]
) -> DocumentOut:
    """PDF, JPEG, PNG, HEIC or TIFF of at most 20 MB. The same file of the same side again is the same paper."""
    actor, case = case_in_turn(request, case_id, *_ACTIONS)
    turns, now, blobs = turns_in(actor, case), timezone.now(), house.blobs()
    for turn, action in _ACTIONS.items():
        if turn not in turns or not actor.may(action):
            continue
        data, name = uploaded(file)
        if turn is Turn.OFFICER:
            kept = keep_document(
                case=case, data=data, filename=name, kind=asked.kind, actor=actor, now=now, blobs=blobs
            )
        else:
            kept = send_paper(
                case=case, turn=turn, kind=asked.kind, data=data, filename=name, actor=actor, now=now, blobs=blobs
            )
        return _out(kept, actor)
    raise refusal(403)


@router.get("/{uuid:document_id}", auth=_SEES, response=answers(DocumentOut), summary="About one paper")
def get_document(request: HttpRequest, document_id: UUID) -> DocumentOut:
    account = actor_of(request)
    return _out(_found(account, document_id), account)


@router.get(
    "/{uuid:document_id}/content",
    auth=_SEES,
    **binary("The file; for another side than customs and its sender without place and device", "*/*"),
    summary="One paper itself",
)
def get_document_content(request: HttpRequest, document_id: UUID) -> HttpResponse:
    account, blobs = actor_of(request), house.blobs()
    document = _found(account, document_id)
    if document.sha256 not in blobs:
        raise not_found()
    seen_in = f"case:{document.case_id}"
    data, media_type, name = file_for(account, document, blobs)
    record_viewing(account=account, sha256=document.sha256, obj=seen_in, now=timezone.now(), action=DOCUMENT)
    return safe_file(data, media_type=media_type, filename=name)


@router.post(
    "/{uuid:document_id}/share",
    auth=may(Action.WORK_CASES),
    response=answers(DocumentOut),
    summary="Say which parties may see a paper",
)
@once(repeatable=True)
def share(request: HttpRequest, document_id: UUID, asked: ShareIn) -> DocumentOut:
    document = _found(actor_of(request), document_id)
    actor, _ = case_in_turn(request, document.case_id, Turn.OFFICER)
    now, blobs = timezone.now(), house.blobs()
    shared = share_document(
        document=document, kinds=asked.with_, actor=actor, reason=asked.reason, now=now, blobs=blobs
    )
    return _out(shared, actor)


def _found(account: Account, document_id: UUID) -> CaseDocument:
    document = CaseDocument.objects.select_related("case", "party").filter(id=document_id).first()
    if document is None or not may_see_document(account, document):
        raise not_found()
    return document


def _out(document: CaseDocument, account: Account) -> DocumentOut:
    return DocumentOut(
        id=document.id,
        case_id=document.case_id,
        kind=document.kind,
        filename=document.filename,
        media_type=document.media_type,
        size_bytes=document.size_bytes,
        sha256=document.sha256,
        party=document.party.name if document.party else None,
        uploaded_at=document.uploaded_at,
        shared_with=document.shared_with if in_customs_hands(account, document.case) else [],
    )
