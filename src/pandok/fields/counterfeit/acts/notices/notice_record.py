"""Keep a drafted notice: its row, its PDF and its mail. The same delivery key is the same notice, sent once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.messages.deliveries import Attachment, queue_mail
from pandok.common.models import Account, Party
from pandok.common.parties.electronic import served_by_mail
from pandok.common.records.lifecycle import SYSTEM_NAME
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.acts.notices.document_numbers import next_document_number
from pandok.fields.counterfeit.acts.notices.drafting import Draft
from pandok.fields.counterfeit.acts.notices.mail import mail_text
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.acts.notices.serving import serve
from pandok.fields.counterfeit.models import Case, Notice, NoticeService
from pandok.fields.register.models import View

LONGEST_SUBJECT = 300


def delivery_key(case: Case, template: str, party: Party, sequence: int | str) -> str:
    return f"case:{case.id}:{template}:{party.id}:{sequence}"


def numbered(drafted: Draft, case: Case, now: datetime) -> Draft:
    """The draft with the number that its document will bear; drawn once for each notice, before its PDF."""
    number = next_document_number(case.site, now.astimezone(OFFICE_ZONE).year)
    return replace(drafted, content=drafted.content.model_copy(update={"document_number": number}))


def keep_pdf(content: NoticeContent, language: str, blobs: FolderBlobs) -> str:
    """Draw the PDF and keep it; returns its sha256. Slow (0.3 s): called before a case is locked."""
    from pandok.fields.counterfeit.acts.notices.pdf import (
        notice_pdf,  # the typesetter is loaded where a notice is drawn, not at start
    )

    pictures = {sha256: blobs.get(sha256) for sha256 in content.pictures()}
    return blobs.put(notice_pdf(content, pictures, language))


def keep_notice(
    drafted: Draft,
    *,
    case: Case,
    sequence: int | str,
    pdf_sha256: str,
    actor: Account | None,
    now: datetime,
    office: Office,
) -> tuple[Notice, bool]:
    """The notice and whether it is new. Row, audit event and mail come together, in the caller's transaction or one.

    A party without a usable mail address is told by its page alone.
    """
    content, party = drafted.content, drafted.party
    key = delivery_key(case, content.template, party, sequence)
    with transaction.atomic():
        existing = Notice.objects.filter(delivery_key=key).first()
        if existing is not None:
            return existing, False
        subject = content.subject.in_language(party.language)
        notice = Notice.objects.create(
            id=drafted.id,
            case=case,
            party=party,
            template=content.template,
            template_version=content.version,
            language=party.language,
            subject=subject[:LONGEST_SUBJECT],
            content=content.model_dump(mode="json"),
            issued_by=actor,
            issued_at=now,
            due_at=content.due_at,
            pdf_sha256=pdf_sha256,
            delivery_key=key,
            document_number=content.document_number,
        )
        audit.tell(
            actor.get_username() if actor else SYSTEM_NAME,
            "notice.issued",
            f"notice:{notice.id}",
            "",
            now,
            {"case": str(case.id), "template": content.template, "party": party.id, "pdf": pdf_sha256},
        )
        if _queue(notice, content, actor, now, office) and office.delivers and served_by_mail(party):
            serve(notice, way=NoticeService.MAIL, at=now, now=now)
    return notice, True


def _queue(notice: Notice, content: NoticeContent, actor: Account | None, now: datetime, office: Office) -> bool:
    """Whether a mail goes out."""
    if not notice.party.email:
        return False
    attached = []
    if office.attach_pdf:
        name = f"pandok-{content.document_number or content.case_number}.pdf"
        attached.append(Attachment(notice.pdf_sha256, name, "application/pdf"))
    if content.drawings:
        attached.append(_drawing(content.drawings[0].sha256))
    try:
        queue_mail(
            recipient=notice.party.email,
            subject=notice.subject,
            body_text=mail_text(content, notice.language, further=notice.party.kind == Party.IMPORTER),
            key=notice.delivery_key,
            actor=actor or SYSTEM_NAME,
            now=now,
            attachments=attached,
        )
    except RequestError as error:
        if actor is not None or error.error_code != "request.mail_address":
            raise
        return False
    return True


def _drawing(sha256: str) -> Attachment:
    """The registered view that a mail carries: anybody may see it, unlike the photographs."""
    media_type = View.objects.filter(sha256=sha256).values_list("media_type", flat=True).first() or "image/png"
    return Attachment(sha256, f"registered-view.{media_type.rpartition('/')[2]}", media_type)
