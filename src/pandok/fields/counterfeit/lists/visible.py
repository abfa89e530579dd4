"""Which cases a person may see, and in which turn they may act. Everything else answers like nothing."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pandok.common.models import Account, PartyMember, SiteMember
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action, Role
from pandok.fields.counterfeit.states import Turn


def cases_visible_to(account: Account) -> QuerySet[Case]:
    """Officers: their own and their site's; supervisors: their site's, or all without one; auditor and administrator:
    all; parties: those that a notice told them of; everybody else: none."""
    conditions = _customs(account)
    if conditions is None:
        return Case.objects.all()
    if account.may(Action.SEE_TOLD_CASES):
        conditions |= _told(account)
    return Case.objects.filter(conditions)


def cases_of_customs(account: Account) -> QuerySet[Case]:
    """The cases whose whole file a person may see, with reasons and candidates: never by a notice to a party."""
    conditions = _customs(account)
    return Case.objects.all() if conditions is None else Case.objects.filter(conditions)


def case_numbered(cases: QuerySet[Case], number: str) -> Case:
    """The one of `cases` with this number. Raises RequestError where there is none."""
    case = cases.filter(number=number.strip()).first()
    if case is None:
        raise RequestError(
            Text(ko=f"사건 '{number[:20]}'이(가) 없습니다.", en=f"There is no case '{number[:20]}'."),
            Text(ko="사건번호를 확인하십시오.", en="Check the case number."),
            code="request.no_case",
        )
    return case


def in_customs_hands(account: Account, case: Case) -> bool:
    """Whether this person sees the whole file of this case."""
    return cases_of_customs(account).filter(pk=case.pk).exists()


def turns_in(account: Account, case: Case) -> frozenset[Turn]:
    """In which turns a person may act in a case that they see."""
    turns = set()
    if account.may(Action.WORK_CASES) and in_customs_hands(account, case):
        turns.add(Turn.OFFICER)
    mine = set(PartyMember.objects.filter(account=account, party__active=True).values_list("party_id", flat=True))
    told = set(case.notices.values_list("party_id", flat=True)) if mine else set()
    roles = {Turn.HOLDER: Role.HOLDER, Turn.IMPORTER: Role.IMPORTER, Turn.APPRAISER: Role.APPRAISER}
    for turn, role in roles.items():
        party = getattr(case, f"{turn.value}_id")
        if party in mine and party in told and role in account.roles:
            turns.add(turn)
    return frozenset(turns)


def customs_parts(account: Account) -> tuple[Q, ...] | None:
    """As a member of customs, in parts that do not overlap and that an index answers each; None: every case."""
    if account.may(Action.SEE_ALL_CASES):
        return None
    if not account.may(Action.SEE_SITE_CASES):
        return ()
    site = SiteMember.objects.filter(account=account).values_list("site_id", flat=True).first()
    if site is not None:
        return (Q(site_id=site), Q(officer_id=account.pk) & ~Q(site_id=site))
    if Role.SUPERVISOR in account.roles:
        return None
    return (Q(officer_id=account.pk),)


def _customs(account: Account) -> Q | None:
    parts = customs_parts(account)
    if parts is None:
        return None
    conditions = Q(pk__in=[])
    for part in parts:
        conditions |= part
    return conditions


def _told(account: Account) -> Q:
    mine = list(PartyMember.objects.filter(account=account, party__active=True).values_list("party_id", flat=True))
    conditions = Q(pk__in=[])
    for role, name in ((Role.HOLDER, "holder"), (Role.IMPORTER, "importer"), (Role.APPRAISER, "appraiser")):
        if role in account.roles:
            conditions |= Q(**{f"{name}_id__in": mine}) & Q(notices__party_id__in=mine)
    return Q(pk__in=Case.objects.filter(conditions).values("pk"))
