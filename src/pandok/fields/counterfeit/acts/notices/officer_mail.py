"""Mail to the officer when a party acts or a term ends: what came, in which case, and where to look. No content."""

from __future__ import annotations

from pandok.common.declared import granted
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import CLOCK_EXPIRED
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.roles import Action, Role
from pandok.fields.counterfeit.states import Turn
from pandok.settings import settings

_FROM = {Turn.HOLDER.value, Turn.IMPORTER.value, Turn.APPRAISER.value}
_WHAT: dict[str, Text] = {
    "holder_answered": Text(ko="권리자 회신", en="The holder answered"),
    "suspension_requested": Text(ko="권리자의 통관보류 요청", en="The holder requests suspension"),
    "suspension_declined": Text(ko="권리자가 통관보류를 요청하지 않음", en="The holder requests no suspension"),
    "request_withdrawn": Text(ko="권리자가 통관보류 요청을 철회", en="The holder withdrew its request"),
    "importer_stated": Text(ko="수입자 의견", en="The importer made a statement"),
    "release_asked": Text(ko="수입자의 통관 허용 요청", en="The importer asks for release"),
    "document_added": Text(ko="서류 접수", en="A paper came in"),
    "appraised": Text(ko="감정 결과 접수", en="An appraisal came in"),
    "notice_link_closed": Text(ko="수입자 통지 링크가 닫힘", en="The importer's link was closed"),
    "notice_not_served": Text(ko="통지 메일이 도달하지 않음", en="A notice did not arrive"),
}
_SUBJECT = Text(ko="[판독] {what} · 사건 {number}", en="[Pandok] {what} · case {number}")
_BODY = Text(
    ko="{what}: 사건 {number}.\n처리할 순서가 담당 세관으로 넘어왔습니다.\n{address}",
    en="{what}: case {number}.\nIt is the officer's turn.\n{address}",
)


def tell_officer(case: Case, event: CaseEvent) -> None:
    """Called with every new event of a case, in its transaction
    (pandok.fields.counterfeit.acts.cases.case_moves.AFTER_EVENT)."""
    what = _what(case, event)
    if what is None:
        return
    address = f"{settings().address.rstrip('/')}/cases/{case.id}/"
    for account in addressees(case, with_supervisors=event.kind == CLOCK_EXPIRED):
        values = {"number": case.number, "address": address}
        subject = _SUBJECT.ko.format(what=what.ko, **values)
        body = f"{_BODY.ko.format(what=what.ko, **values)}\n\n―――――\n\n{_BODY.en.format(what=what.en, **values)}\n"
        try:
            queue_mail(
                recipient=account.email,
                subject=subject,
                body_text=body,
                key=f"officer:{case.id}:{event.sequence}:{account.pk}",
                actor="system",
                now=event.at,
            )
        except RequestError:  # an address that no mail can go to: the case still stands in the work list
            continue


def addressees(case: Case, *, with_supervisors: bool = False) -> list[Account]:
    """The officer in charge; where no mail can reach this person, the officers of the site. Supervisors beside them
    where a term was let pass."""
    found = [case.officer] if case.officer.is_active and case.officer.email else []
    if case.site_id is None:
        return found
    colleagues = Account.objects.filter(site_membership__site_id=case.site_id, is_active=True).exclude(email="")
    if not found:
        roles = [role.value for role in granted()[Action.WORK_CASES]]
        found = list(colleagues.filter(groups__name__in=roles).distinct().order_by("pk"))
    if with_supervisors:
        found += list(colleagues.filter(groups__name=Role.SUPERVISOR.value).order_by("pk"))
    return list({account.pk: account for account in found}.values())


def _what(case: Case, event: CaseEvent) -> Text | None:
    if event.kind == CLOCK_EXPIRED:
        title = law_version(case.law_version).clock(event.data["rule"]).title
        return Text(ko=f"기한 경과: {title.ko}", en=f"Term over: {title.en}")
    if event.by in _FROM or event.kind in ("notice_not_served", "notice_link_closed"):
        return _WHAT.get(event.kind)
    return None
