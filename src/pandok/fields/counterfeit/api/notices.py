"""Notices: issued by officers, read by the parties they went to; opening one is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.api.parties import PartyRef, party_ref
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.models import Account, Delivery, Party
from pandok.common.parties.electronic import consent_of, served_kinds, served_on_its_page
from pandok.fields.counterfeit.acts.notices.access import (
    PAGE,
    PDF,
    concerns_still,
    content_of,
    notices_for,
    record_opening,
)
from pandok.fields.counterfeit.acts.notices.consenting import say_for_oneself
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices, preview_notices, unprintable_in
from pandok.fields.counterfeit.acts.notices.serving import record_service
from pandok.fields.counterfeit.acts.notices.translations import is_offered, translated_pdf
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.api.in_turn import case_in_turn, nonce_of
from pandok.fields.counterfeit.api.office import office
from pandok.fields.counterfeit.lists.services import service_of
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.models import Notice
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.web.api.binary import binary, safe_file
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found, refusal
from pandok.web.api.request_values import Asked, Cursor, Day, FullReason, Key, Limit, Page, Reason, one_of

router = Router(tags=["notices"])
of_case = Router(tags=["notices"])
_SEES = may(Action.SEE_CASES)


class OpeningOut(BaseModel):
    account: str
    at: datetime
    what: Annotated[str, one_of("page", "pdf")]


class PdfQuery(BaseModel):
    lang: str = Field(default="", max_length=20, description="A translation for reference, for importers: vi, zh-hans")


class NoticeRow(BaseModel):
    """`delivery`: how far the mail came; null where none could go, and for parties. `filed`: this site has no mail
    server, so the mail is a file and reached nobody."""

    id: UUID
    case_id: UUID
    party: PartyRef
    template: str
    language: Annotated[str, one_of("ko", "en")]
    subject: str
    issued_at: datetime
    due_at: datetime | None
    delivery: Literal["queued", "sending", "sent", "filed", "failed", "unknown"] | None
    served_at: datetime | None = Field(
        description="From when the terms of this notice count; null: it reached nobody yet"
    )
    document_number: str


class NoticeOut(NoticeRow):
    """`content` is what was said, frozen. `openings` only for customs."""

    content: NoticeContent
    openings: list[OpeningOut]


class NoticeQuery(BaseModel):
    cursor: Cursor = ""
    limit: Limit = 50


class UnprintableOut(BaseModel):
    value: str
    letters: str


class PreviewOut(BaseModel):
    """`delivers` false: no mail server, so the mail would be a file. `electronic` false: the party has not agreed to
    electronic service, so the mail begins no term: serve the notice on paper. `unprintable`: what the PDF could not
    print."""

    party: PartyRef
    template: str
    subject: str
    due_at: datetime | None
    delivers: bool
    electronic: bool
    unprintable: list[UnprintableOut]


class ServiceIn(Asked):
    """`proof`: what shows it, for example the number of a receipt."""

    way: Literal["hand", "post", "other"]
    day: Day
    proof: FullReason


class ConsentIn(Asked):
    agrees: bool


class ConsentOut(BaseModel):
    """`address`: the mail address that was named; empty: the pages alone."""

    party: PartyRef
    agreed_on: date | None
    address: str


class NotifyIn(Asked):
    """`importer`: id of a party, where the case names none yet or another one."""

    reason: Reason
    importer: Key | None = None


@router.get("", auth=_SEES, response=answers(Page[NoticeRow]), summary="Notices, newest first")
def list_notices(request: HttpRequest, asked: Query[NoticeQuery]) -> Page[NoticeRow]:
    """Parties: those to them. Customs: those of the cases that the caller sees."""
    account = actor_of(request)
    rows = _visible(account).select_related("party")
    page = page_by_time(rows, field="issued_at", cursor=asked.cursor, limit=asked.limit, shape=_row)
    return _with_deliveries(page, account)


@router.get("/{uuid:notice_id}", auth=_SEES, response=answers(NoticeOut), summary="One notice")
def get_notice(request: HttpRequest, notice_id: UUID) -> NoticeOut:
    """For a party this is opening it, which is kept."""
    account = actor_of(request)
    notice, for_customs = _found(account, notice_id)
    content = content_of(notice)
    if not for_customs:
        record_opening(notice=notice, account=account, what=PAGE, now=timezone.now())
        if not concerns_still(notice):
            content = content.model_copy(update={"photographs": (), "evidence": None})
    openings = notice.openings.select_related("account") if for_customs else ()
    row = _with_deliveries(Page(items=[_row(notice)], next=None), account).items[0]
    return NoticeOut(
        **row.model_dump(),
        content=content,
        openings=[OpeningOut(account=one.account.get_username(), at=one.at, what=one.what) for one in openings],
    )


@router.get("/{uuid:notice_id}/pdf", auth=_SEES, **binary("The PDF", "application/pdf"), summary="PDF of a notice")
def get_notice_pdf(request: HttpRequest, notice_id: UUID, asked: Query[PdfQuery]) -> HttpResponse:
    account, now = actor_of(request), timezone.now()
    notice, for_customs = _found(account, notice_id)
    blobs = house.blobs()
    withdrawn = not for_customs and not concerns_still(notice) and bool(content_of(notice).pictures())
    if notice.pdf_sha256 not in blobs or withdrawn:
        raise not_found()
    if asked.lang and not is_offered(notice, asked.lang):
        raise refusal(422, errors=[{"place": ["query", "lang"], "why": "not offered for this notice"}])
    if not for_customs:
        record_opening(notice=notice, account=account, what=PDF, now=now)
    record_viewing(account=account, sha256=notice.pdf_sha256, obj=f"notice:{notice.id}", now=now, action=DOCUMENT)
    name = f"pandok-{content_of(notice).case_number}.pdf"
    data = translated_pdf(notice, blobs, asked.lang) if asked.lang else blobs.get(notice.pdf_sha256)
    return safe_file(data, media_type="application/pdf", filename=name)


@of_case.post(
    "/{uuid:case_id}/notify",
    auth=may(Action.WORK_CASES),
    response=answers(list[NoticeRow], 201),
    summary="Notify holder and importer",
)
@once(status=201, repeatable=True)
def notify(request: HttpRequest, case_id: UUID, asked: NotifyIn) -> list[NoticeRow]:
    """The holder's term begins as the notice is served: by mail or page where it agreed to that, else on paper."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    importer = Party.objects.filter(pk=asked.importer).first() if asked.importer is not None else None
    if asked.importer is not None and importer is None:
        raise refusal(422, errors=[{"place": ["body", "importer"], "why": "no such party"}])
    issued = issue_notices(
        case=case,
        actor=actor,
        reason=asked.reason,
        now=timezone.now(),
        office=office(),
        nonce=nonce_of(request),
        importer=importer,
    )
    return _with_deliveries(Page(items=[_row(one) for one in issued], next=None), actor).items


@of_case.get("/{uuid:case_id}/notices", auth=_SEES, response=answers(list[NoticeRow]), summary="Notices of a case")
def list_case_notices(request: HttpRequest, case_id: UUID) -> list[NoticeRow]:
    account = actor_of(request)
    case = visible_case(account, case_id)
    rows = _visible(account).filter(case=case).select_related("party").order_by("-issued_at", "-pk")
    return _with_deliveries(Page(items=[_row(one) for one in rows], next=None), account).items


@of_case.get(
    "/{uuid:case_id}/notify/preview",
    auth=may(Action.WORK_CASES),
    response=answers(list[PreviewOut]),
    summary="What would be sent now",
)
def preview(request: HttpRequest, case_id: UUID) -> list[PreviewOut]:
    """Nothing is kept or sent. Read `unprintable` and `delivers` before you notify."""
    _, case = case_in_turn(request, case_id, Turn.OFFICER)
    place = office()
    return [
        PreviewOut(
            party=party_ref(one.party),
            template=one.content.template,
            subject=one.content.subject.in_language(one.party.language),
            due_at=one.content.due_at,
            delivers=place.delivers,
            electronic=served_on_its_page(one.party),
            unprintable=[
                UnprintableOut(value=value, letters=letters) for value, letters in unprintable_in(one.content)
            ],
        )
        for one in preview_notices(case=case, now=timezone.now(), office=place)
    ]


@of_case.post(
    "/{uuid:case_id}/notices/{uuid:notice_id}/service",
    auth=may(Action.WORK_CASES),
    response=answers(NoticeRow),
    summary="Record that a notice was served outside this system",
)
@once
def record_a_service(request: HttpRequest, case_id: UUID, notice_id: UUID, asked: ServiceIn) -> NoticeRow:
    """The terms of the notice count from that day. Each notice is served once."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    notice = case.notices.select_related("party").filter(id=notice_id).first()
    if notice is None:
        raise not_found()
    record_service(
        case=case,
        notice=notice,
        way=asked.way,
        day=asked.day,
        proof=asked.proof,
        actor=actor,
        now=timezone.now(),
        nonce=nonce_of(request),
    )
    return _with_deliveries(Page(items=[_row(notice)], next=None), actor).items[0]


@router.post(
    "/{uuid:notice_id}/electronic-service",
    auth=may(Action.SEE_TOLD_CASES),
    response=answers(ConsentOut),
    summary="The party of a notice agrees to electronic service, or no longer",
)
@once
def say_electronic(request: HttpRequest, notice_id: UUID, asked: ConsentIn) -> ConsentOut:
    """Its own word. What it has opened before is served as it agrees, not earlier."""
    account = actor_of(request)
    notice = notices_for(account).select_related("party").filter(id=notice_id).first()
    if notice is None or notice.party.kind not in served_kinds():
        raise not_found()
    say_for_oneself(party=notice.party, given=asked.agrees, actor=account, now=timezone.now())
    consent = consent_of(notice.party)
    return ConsentOut(
        party=party_ref(notice.party),
        agreed_on=consent.said_on if consent else None,
        address=consent.address if consent else "",
    )


def _visible(account: Account) -> QuerySet[Notice]:
    """A party's own, and those of cases whose whole file the caller sees."""
    mine = notices_for(account) if account.may(Action.SEE_TOLD_CASES) else Notice.objects.none()
    whole = Notice.objects.filter(case__in=cases_of_customs(account))
    return Notice.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=whole.values("pk")))


def _found(account: Account, notice_id: UUID) -> tuple[Notice, bool]:
    """The notice, and whether the caller sees it as customs."""
    notice = _visible(account).select_related("party", "case").filter(id=notice_id).first()
    if notice is None:
        raise not_found()
    return notice, cases_of_customs(account).filter(pk=notice.case_id).exists()


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        case_id=notice.case_id,
        party=party_ref(notice.party),
        template=notice.template,
        language=notice.language,
        subject=notice.subject,
        issued_at=notice.issued_at,
        due_at=notice.due_at,
        delivery=None,
        served_at=service.served_at if (service := service_of(notice)) else None,
        document_number=notice.document_number,
    )


def _with_deliveries(page: Page[NoticeRow], account: Account) -> Page[NoticeRow]:
    if not account.may(Action.SEE_SITE_CASES) and not account.may(Action.SEE_ALL_CASES):
        return page
    keys = dict(Notice.objects.filter(id__in=[row.id for row in page.items]).values_list("id", "delivery_key"))
    states = dict(Delivery.objects.filter(key__in=keys.values()).values_list("key", "state"))
    rows = [row.model_copy(update={"delivery": states.get(keys[row.id])}) for row in page.items]
    return Page(items=rows, next=page.next)
