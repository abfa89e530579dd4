"""An importer that was unknown, or named only after the holder was told: it is told too, by the officer's press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Party
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.deciding import name_parties
from pandok.fields.counterfeit.acts.cases.done_before import done_before
from pandok.fields.counterfeit.acts.cases.refusals import not_open, not_yours
from pandok.fields.counterfeit.acts.notices.drafting import Draft, draft
from pandok.fields.counterfeit.acts.notices.issuing import IMPORTER_NOTICE
from pandok.fields.counterfeit.acts.notices.links import checked_answer, make_link, withdraw_links
from pandok.fields.counterfeit.acts.notices.notice_record import keep_notice, keep_pdf, numbered
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, Notice, NoticeLink
from pandok.fields.counterfeit.states import HEARD, State, Turn

TOLD_LATER = "importer_told"


@dataclass(frozen=True)
class Reach:
    """Who the importer is and how it is reached, as the officer found it on the papers."""

    name: str
    email: str
    phone: str


def importer_notice(case: Case) -> Notice | None:
    """The notice that the importer of the case was given."""
    if case.importer is None:
        return None
    return case.notices.filter(party=case.importer, template=IMPORTER_NOTICE).order_by("-issued_at").first()


def can_reach(case: Case) -> bool:
    return State(case.state) in HEARD


def tell_importer(*, case: Case, actor: Account, now: datetime, office: Office, nonce: str) -> Notice:
    """Give the importer that the case names its notice, where it has none. The same press again gives the same."""
    _must_work(case, actor)
    notice = importer_notice(case)
    if notice is not None:
        return notice
    if case.importer is None:
        raise RequestError(
            Text(ko="수입자가 지정되지 않았습니다.", en="No importer is named."),
            Text(ko="수입자를 먼저 지정하십시오.", en="Name the importer first."),
            code="importer.nobody",
        )
    drawn = _drawn(case, case.importer, now, office)
    return _issue(case=case, party=case.importer, drawn=drawn, actor=actor, now=now, office=office, nonce=nonce)


def reach_importer(
    *,
    case: Case,
    reach: Reach,
    check_kind: str,
    check_answer: str,
    actor: Account,
    now: datetime,
    office: Office,
    nonce: str,
) -> str:
    """Name an importer nobody knew, give it its notice, and return the token of the link to it, told once.

    The link goes by the officer's hand, and service counts from its opening: a mail with an address behind an account
    would reach nobody. Later notices go to the mail address.
    """
    _must_work(case, actor)
    if case.importer is not None:
        raise RequestError(
            Text(ko="수입자가 이미 지정되어 있습니다.", en="An importer is named already."),
            Text(ko="화면을 새로 고친 뒤 그 수입자에게 알리십시오.", en="Reload the page and tell that one."),
            code="importer.named",
        )
    reach = _checked(reach)
    answer = checked_answer(case, check_kind, check_answer)
    party = Party(kind=Party.IMPORTER, name=reach.name, phone=reach.phone, added_at=now)
    drawn = _drawn(case, party, now, office)
    with transaction.atomic():
        notice = _issue(case=case, party=party, drawn=drawn, actor=actor, now=now, office=office, nonce=nonce)
        if reach.email:
            party.email = reach.email
            party.save(update_fields=["email"])
        return make_link(notice=notice, kind=check_kind, answer=answer, actor=actor, now=now)


def new_link(*, case: Case, check_kind: str, check_answer: str, actor: Account, now: datetime) -> str:
    """Another link to the importer's notice, in place of the earlier one."""
    _must_work(case, actor)
    answer = checked_answer(case, check_kind, check_answer)
    with transaction.atomic():
        case = locked(case.id)
        return make_link(notice=_notice(case), kind=check_kind, answer=answer, actor=actor, now=now)


def withdraw_link(*, case: Case, actor: Account, now: datetime) -> int:
    _must_work(case, actor)
    return withdraw_links(notice=_notice(case), actor=actor, now=now)


def _drawn(case: Case, party: Party, now: datetime, office: Office) -> tuple[Draft, str]:
    """The notice and the sha256 of its PDF: photographs are decoded and typeset before anything is locked."""
    worded = draft(case=case, party=party, template=IMPORTER_NOTICE, now=now, address=office.address)
    drafted = numbered(worded, case, now)
    return drafted, keep_pdf(drafted.content, party.language, office.blobs)


def _issue(
    *,
    case: Case,
    party: Party,
    drawn: tuple[Draft, str],
    actor: Account,
    now: datetime,
    office: Office,
    nonce: str,
) -> Notice:
    drafted, pdf = drawn
    with transaction.atomic():
        case = locked(case.id)
        if done_before(case, nonce) or (case.importer is not None and importer_notice(case) is not None):
            raise RequestError(
                Text(ko="수입자에게 이미 알렸습니다.", en="The importer was told already."),
                Text(ko="화면을 새로 고쳐 확인하십시오.", en="Reload the page and look."),
                code="importer.told",
            )
        if not can_reach(case):
            raise _not_open()
        if case.importer is not None and case.importer_id != party.pk:
            raise RequestError(
                Text(ko="그사이 다른 수입자가 지정되었습니다.", en="Another importer was named meanwhile."),
                Text(ko="화면을 새로 고쳐 확인하십시오.", en="Reload the page and look."),
                code="importer.changed",
            )
        if party.pk is None:
            party.save()
            audit.tell(
                actor,
                "party.created",
                f"party:{party.pk}",
                "",
                now,
                {"kind": party.kind, "name": party.name, "case": str(case.id)},
            )
            case = name_parties(case=case, actor=actor, now=now, importer=party)
        event = note(
            case,
            TOLD_LATER,
            by=Turn.OFFICER,
            actor=actor,
            reason="",
            now=now,
            data={"nonce": nonce, "party": party.name},
        )
        notice, _ = keep_notice(
            drafted, case=case, sequence=event.sequence, pdf_sha256=pdf, actor=actor, now=now, office=office
        )
        return notice


def _notice(case: Case) -> Notice:
    notice = importer_notice(case)
    if notice is None:
        raise RequestError(
            Text(ko="수입자에게 아직 알리지 않았습니다.", en="The importer was not told yet."),
            Text(ko="먼저 수입자에게 알리십시오.", en="Tell the importer first."),
            code="importer.not_told",
        )
    return notice


def _must_work(case: Case, actor: Account) -> None:
    if Turn.OFFICER not in turns_in(actor, case):
        raise not_yours()
    if not can_reach(case):
        raise _not_open()


def _not_open() -> RequestError:
    return not_open(
        Text(ko="지금은 수입자에게 알릴 단계가 아닙니다.", en="The importer cannot be told now."),
        Text(
            ko="권리자에게 통지한 뒤 결정 전까지 알릴 수 있습니다.",
            en="It can be told from the notice to the holder until the decision.",
        ),
    )


def _checked(reach: Reach) -> Reach:
    name, email, phone = (" ".join(one.split()) for one in (reach.name, reach.email, reach.phone))
    try:
        if email:
            validate_email(email)
        usable = 0 < len(name) <= 300 and len(phone) <= 40 and bool(email or phone)
    except ValidationError:
        usable = False
    if not usable:
        raise RequestError(
            Text(ko="수입자 이름과 연락처가 없거나 쓸 수 없습니다.", en="Name or address cannot be used."),
            Text(
                ko="이름과, 메일 주소나 전화번호 가운데 하나를 적으십시오.",
                en="Write the name, and a mail address or a telephone number.",
            ),
            code="importer.reach",
        )
    return Reach(name, email, phone)


CHECKS: dict[str, Text] = {
    NoticeLink.DECLARATION: Text(ko="운송장번호", en="Parcel number"),
    NoticeLink.BL: Text(ko="B/L 번호", en="B/L number"),
    NoticeLink.BUSINESS: Text(
        ko="사업자번호나 전화번호의 뒤 4자리(직접 적음)",
        en="Last 4 digits of the business or telephone number (typed below)",
    ),
}
"""What the importer may be asked, in the words of the officer's page."""
