"""Papers and appraisals that parties send, under the same checks as the answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.papers.content import media_type_of
from pandok.common.reasons import GROUNDS, given_words
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.answering.acting_party import acting_party
from pandok.fields.counterfeit.acts.cases.case_moves import locked
from pandok.fields.counterfeit.acts.cases.deciding import record_appraisal
from pandok.fields.counterfeit.acts.cases.documents import KINDS, keep_document
from pandok.fields.counterfeit.acts.cases.refusals import no_such_paper
from pandok.fields.counterfeit.models import Case, CaseDocument
from pandok.fields.counterfeit.outcomes import Finding
from pandok.fields.counterfeit.states import Turn

KINDS_OF: dict[Turn, tuple[str, ...]] = {
    Turn.HOLDER: ("suit", "power_of_attorney", "other"),
    Turn.IMPORTER: ("parallel_import", "licence", "power_of_attorney", "other"),
    Turn.APPRAISER: ("other",),
}
"""The kinds of paper that each side may send; an appraisal comes with its finding (`send_appraisal`)."""


def kinds_for(turn: Turn) -> list[tuple[str, Text]]:
    return [(kind, KINDS[kind]) for kind in KINDS_OF[turn]]


def send_paper(
    *,
    case: Case,
    turn: Turn,
    kind: str,
    data: bytes,
    filename: str,
    actor: Account,
    now: datetime,
    blobs: FolderBlobs,
) -> CaseDocument:
    """Keep one paper of a party. The same file again is the same paper."""
    if kind not in KINDS_OF[turn]:
        raise no_such_paper(
            Text(ko="서류 종류를 고르지 않았습니다.", en="The kind of paper is missing."),
            Text(ko="목록에서 종류를 고르십시오.", en="Choose a kind from the list."),
        )
    acting_party(case, actor, turn)  # before anything is decoded; asked again under the lock
    media_type = media_type_of(data)
    with transaction.atomic():
        case = locked(case.id)
        return keep_document(
            case=case,
            data=data,
            filename=filename,
            kind=kind,
            actor=actor,
            now=now,
            blobs=blobs,
            party=acting_party(case, actor, turn),
            media_type=media_type,
        )


def send_appraisal(
    *,
    case: Case,
    turn: Turn,
    finding: Finding,
    data: bytes,
    filename: str,
    actor: Account,
    reason: str,
    now: datetime,
    blobs: FolderBlobs,
) -> Case:
    """Finding and document together; the case becomes "appraised". The same appraisal sent again changes nothing."""
    acting_party(case, actor, turn)
    reason, media_type = given_words(reason, GROUNDS), media_type_of(data)
    with transaction.atomic():
        case = locked(case.id)
        party = acting_party(case, actor, turn)
        before = set(CaseDocument.objects.filter(case=case, party=party, kind="appraisal").values_list("id", flat=True))
        document = keep_document(
            case=case,
            data=data,
            filename=filename,
            kind="appraisal",
            actor=actor,
            now=now,
            blobs=blobs,
            party=party,
            media_type=media_type,
        )
        if document.id in before and case.finding == finding.value:
            return locked(case.id)
        return record_appraisal(
            case=case, finding=finding, by=turn, actor=actor, reason=reason, now=now, document=str(document.id)
        )
