"""Papers of a case: checked by content, kept in the blobs, noted in the history, shown to whom they concern.

`keep_document` is the one way in, for officers and parties alike; whether the actor may put papers to this case is
asked before (pandok.fields.counterfeit.lists.visible.turns_in).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.decoding import parsing_pool
from pandok.common.models import Account, Party, PartyMember
from pandok.common.papers.content import media_type_of, safe_filename
from pandok.common.reasons import given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.documents.shared_copy import shared_copy
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.refusals import no_such_paper
from pandok.fields.counterfeit.lists.visible import cases_visible_to, in_customs_hands
from pandok.fields.counterfeit.models import Case, CaseDocument
from pandok.fields.counterfeit.party_kinds import OF_CASE as PARTY_KINDS
from pandok.fields.counterfeit.roles import Action, Role
from pandok.fields.counterfeit.states import Turn

MOST_DOCUMENTS = 200
"""Of one case: more is a mistake or an attack."""

KINDS: dict[str, Text] = {
    "appraisal": Text(ko="감정서", en="Appraisal"),
    "licence": Text(ko="사용 허락 증명", en="Licence"),
    "parallel_import": Text(ko="병행수입 증빙", en="Proof of parallel import"),
    "power_of_attorney": Text(ko="위임장", en="Power of attorney"),
    "suit": Text(ko="제소 증명", en="Proof of a suit"),
    "other": Text(ko="그 밖의 서류", en="Other paper"),
}
_TURN_OF_PARTY = {Party.HOLDER: Turn.HOLDER, Party.IMPORTER: Turn.IMPORTER, Party.ASSOCIATION: Turn.APPRAISER}
_ROLE_OF_PARTY = {Party.HOLDER: Role.HOLDER, Party.IMPORTER: Role.IMPORTER, Party.ASSOCIATION: Role.APPRAISER}
_PLACE_OF_PARTY = {Party.HOLDER: "holder_id", Party.IMPORTER: "importer_id", Party.ASSOCIATION: "appraiser_id"}


def keep_document(
    *,
    case: Case,
    data: bytes,
    filename: str,
    kind: str,
    actor: Account,
    now: datetime,
    blobs: FolderBlobs,
    party: Party | None = None,
    media_type: str = "",
) -> CaseDocument:
    """Check and keep one file; `party` is on whose behalf, None: customs. `media_type`: what `media_type_of` said, from
    who calls inside a transaction and has looked at the bytes before it.

    The same file of the same side sent twice is kept once. Raises RequestError for a wrong kind, type, size or number;
    nothing is kept then.
    """
    if kind not in KINDS:
        raise no_such_paper(
            Text(ko="서류 종류가 올바르지 않습니다.", en="There is no such kind of paper."),
            Text(ko="목록에서 종류를 고르십시오.", en="Choose a kind from the list."),
        )
    media_type = media_type or media_type_of(data)
    name = safe_filename(filename, media_type)
    sha256 = blobs.put(data)
    with transaction.atomic():
        case = locked(case.id)
        mine = CaseDocument.objects.filter(case=case)
        same = mine.filter(sha256=sha256, party=party, kind=kind).first()
        if same is not None:
            return same
        if mine.count() >= MOST_DOCUMENTS:
            raise RequestError(
                Text(ko=f"서류가 이미 {MOST_DOCUMENTS}건입니다.", en=f"There are {MOST_DOCUMENTS} papers already."),
                Text(ko="여러 장을 한 PDF로 합쳐 올리십시오.", en="Join several pages in one PDF."),
                code="document.too_many",
            )
        document = CaseDocument.objects.create(
            case=case,
            kind=kind,
            filename=name,
            media_type=media_type,
            size_bytes=len(data),
            sha256=sha256,
            party=party,
            uploaded_by=actor,
            uploaded_at=now,
        )
        note(
            case,
            "document_added",
            by=_TURN_OF_PARTY[party.kind] if party else Turn.OFFICER,
            actor=actor,
            reason="",
            now=now,
            data={"document": str(document.id), "kind": kind, "sha256": sha256, "party": party.name if party else ""},
        )
        return document


def share_document(
    *, document: CaseDocument, kinds: Iterable[str], actor: Account, reason: str, now: datetime, blobs: FolderBlobs
) -> CaseDocument:
    """Say which parties of the case may see a paper beside customs and the side that gave it; noted with a reason.

    They get a copy without place, device and author. Raises RequestError where none can be made.
    """
    wanted = sorted(set(kinds))
    if set(wanted) - set(document.shared_with) and document.sha256 in blobs:
        # Told now, not to the party that opens it.
        shared_copy(parsing_pool(), blobs.get(document.sha256), document.media_type)
    if not set(wanted) <= set(PARTY_KINDS):
        raise RequestError(
            Text(ko="공유할 상대가 올바르지 않습니다.", en="There is no such kind of party."),
            Text(ko="목록에서 고르십시오.", en="Choose from the list."),
            code="document.share",
        )
    with transaction.atomic():
        case = locked(document.case_id)
        document = CaseDocument.objects.get(id=document.id)
        if document.shared_with == wanted:
            return document
        reason = given_words(reason)
        document.shared_with = wanted
        document.save(update_fields=["shared_with"])
        note(
            case,
            "document_shared",
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"document": str(document.id), "with": ",".join(wanted)},
        )
        return document


def documents_visible_to(account: Account, case: Case) -> QuerySet[CaseDocument]:
    """Customs sees all papers of a case; a party those that it gave and those that are shared with it."""
    papers = CaseDocument.objects.filter(case=case)
    if in_customs_hands(account, case):
        return papers
    if not (account.may(Action.SEE_TOLD_CASES) and cases_visible_to(account).filter(pk=case.pk).exists()):
        return papers.none()
    mine = PartyMember.objects.filter(account=account, party__active=True)
    seen = Q(pk__in=[])
    for party_id, kind in mine.values_list("party_id", "party__kind"):
        if getattr(case, _PLACE_OF_PARTY[kind]) != party_id or _ROLE_OF_PARTY[kind] not in account.roles:
            continue
        seen |= Q(party_id=party_id)
        if case.notices.filter(party_id=party_id).exists():
            seen |= Q(id__in=[paper.id for paper in papers if kind in paper.shared_with])
    return papers.filter(seen)


def file_for(account: Account, document: CaseDocument, blobs: FolderBlobs) -> tuple[bytes, str, str]:
    """Bytes, media type and name of a paper for somebody who may see it: as it was sent for customs and the side that
    gave it, else the copy for the other side. Raises StoreError, RequestError.
    """
    data = blobs.get(document.sha256)
    is_own = (
        document.party_id is not None
        and PartyMember.objects.filter(account=account, party_id=document.party_id).exists()
    )
    if is_own or in_customs_hands(account, document.case):
        return data, document.media_type, document.filename
    copy, media_type = shared_copy(parsing_pool(), data, document.media_type)
    return copy, media_type, safe_filename(document.filename, media_type)


def may_see_document(account: Account, document: CaseDocument) -> bool:
    return documents_visible_to(account, document.case).filter(pk=document.pk).exists()
