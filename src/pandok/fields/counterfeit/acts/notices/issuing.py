"""The officer's button: holder and importer are told, and the holder's term begins. Never twice for one press."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account, Party
from pandok.common.papers.letters import unprintable
from pandok.common.parties.electronic import served_by_mail
from pandok.common.reasons import given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move
from pandok.fields.counterfeit.acts.cases.deciding import must_stand, name_parties
from pandok.fields.counterfeit.acts.cases.done_before import done_before
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.acts.notices.drafting import Draft, draft, request_due
from pandok.fields.counterfeit.acts.notices.notice_record import keep_notice, keep_pdf, numbered
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, CaseEvent, Notice
from pandok.fields.counterfeit.states import State, Turn, allowed

HOLDER_NOTICE, IMPORTER_NOTICE = "holder_notice", "importer_notice"


def preview_notices(*, case: Case, now: datetime, office: Office, importer: Party | None = None) -> list[Draft]:
    """What the parties would be told now. Raises RequestError where the holder cannot be reached, and
    where the right that was chosen stands no longer."""
    if case.design is not None:
        must_stand(case.design, now)
    holder = reachable_holder(case)
    importer = importer or case.importer
    due = request_due(case, now) if office.delivers and served_by_mail(holder) else None
    drafts = [draft(case=case, party=holder, template=HOLDER_NOTICE, now=now, address=office.address, due=due)]
    if importer is not None:
        drafts.append(draft(case=case, party=importer, template=IMPORTER_NOTICE, now=now, address=office.address))
    return drafts


def unprintable_in(content: NoticeContent) -> list[tuple[str, str]]:
    """What the notice prints with letters that the type lacks, and those letters: the officer reads it before."""
    values = [content.party_name, content.office.ko, *(fact.value.ko for fact in (*content.facts, *content.contact))]
    found = [(value, unprintable(value)) for value in dict.fromkeys(values)]
    return [(value, letters) for value, letters in found if letters]


def issue_notices(
    *,
    case: Case,
    actor: Account,
    reason: str,
    now: datetime,
    office: Office,
    nonce: str,
    importer: Party | None = None,
) -> list[Notice]:
    """Tell holder and importer, and lead the case to "notified". The same `nonce` again gives the same notices.

    The holder's term begins where the notice has reached it (pandok.fields.counterfeit.acts.notices.serving).

    `importer` is named with it where the case has none. The PDFs are drawn before the case is locked; where the case
    has changed meanwhile, nothing is issued. Raises RequestError.
    """
    if Turn.OFFICER not in turns_in(actor, case):
        raise not_yours()
    if earlier := _issued_with(case, nonce):
        return earlier
    given_words(reason)
    case = Case.objects.get(id=case.id)
    if allowed(State(case.state), State.NOTIFIED, Turn.OFFICER):  # else `move` below says what is wrong
        drafts = [
            numbered(one, case, now) for one in preview_notices(case=case, now=now, office=office, importer=importer)
        ]
        pdfs = [keep_pdf(one.content, one.party.language, office.blobs) for one in drafts]
    else:
        drafts, pdfs = [], []
    with transaction.atomic():
        case = locked(case.id)
        if earlier := _issued_with(case, nonce):
            return earlier
        if importer is not None and case.importer_id != importer.id:
            case = name_parties(case=case, actor=actor, now=now, importer=importer)
        if drafts and _said(drafts) != _said(preview_notices(case=case, now=now, office=office, importer=importer)):
            raise _changed()
        event = move(
            case,
            State.NOTIFIED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"nonce": nonce, "notices": len(drafts)},
        )
        kept = [
            keep_notice(one, case=case, sequence=event.sequence, pdf_sha256=pdf, actor=actor, now=now, office=office)
            for one, pdf in zip(drafts, pdfs, strict=True)
        ]
        return [notice for notice, _ in kept]


def reachable_holder(case: Case) -> Party:
    """The holder of the chosen right; without a mail address it is served on paper. Raises RequestError where nobody is
    named."""
    holder = case.holder
    if holder is None or not holder.active:
        registered = case.design.holder.name if case.design and case.design.holder else "?"
        raise RequestError(
            Text(
                ko=f"이 사건의 권리자('{registered}')가 당사자로 등록되어 있지 않습니다.",
                en=f"The holder of this right ('{registered}') is not among the parties.",
            ),
            Text(
                ko="먼저 이 사건의 권리자를 지정하십시오. 목록에 없으면 감독자나 관리자에게 등록을 요청하십시오.",
                en="Name the holder of this case first; if it is not listed, ask a supervisor or administrator.",
            ),
            code="notice.no_holder",
        )
    return holder


def _issued_with(case: Case, nonce: str) -> list[Notice]:
    event: CaseEvent | None = done_before(case, nonce)
    if event is None:
        return []
    return [one for one in case.notices.all() if one.delivery_key.endswith(f":{event.sequence}")]


def _said(drafts: list[Draft]) -> list[tuple[int, NoticeContent]]:
    return [(one.party.id, one.content.model_copy(update={"address": "", "document_number": ""})) for one in drafts]


def _changed() -> RequestError:
    return RequestError(
        Text(ko="그사이 사건이 바뀌어 통지하지 않았습니다.", en="The case changed meanwhile; nobody was notified."),
        Text(ko="화면을 새로 고쳐 확인한 뒤 다시 통지하십시오.", en="Reload the page, look again, and notify."),
        code="notice.changed",
    )
