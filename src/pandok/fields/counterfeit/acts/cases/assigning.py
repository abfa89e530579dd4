"""Who of customs is in charge of a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from pandok.common.declared import granted
from pandok.common.models import Account, SiteMember
from pandok.common.reasons import given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.opening import search_words
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import ENDED, State, Turn


def colleagues(account: Account) -> QuerySet[Account]:
    """Who can be given cases by this person: those of their site who work on cases; of every site if they have none."""
    roles = [role.value for role in granted()[Action.WORK_CASES]]
    people = Account.objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")
    site = SiteMember.objects.filter(account=account).values_list("site_id", flat=True).first()
    return people if site is None else people.filter(site_membership__site_id=site)


def assign_case(*, case: Case, officer: Account, actor: Account, reason: str, now: datetime) -> Case:
    """Put `officer` in charge. Raises RequestError where one of the two may not, or the case is closed."""
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        given_words(reason)
        if not colleagues(actor).filter(pk=officer.pk).exists():
            raise RequestError(
                Text(
                    ko=f"'{officer.get_username()}'에게는 사건을 맡길 수 없습니다.",
                    en=f"'{officer.get_username()}' cannot be given cases.",
                ),
                Text(ko="같은 세관의 담당자를 고르십시오.", en="Choose an officer of the same site."),
                code="case.wrong_officer",
            )
        if State(case.state) in ENDED:
            raise RequestError(
                Text(ko=f"사건 {case.number}은(는) 종결되었습니다.", en=f"Case {case.number} is closed."),
                Text(ko="종결된 사건은 담당자를 바꿀 수 없습니다.", en="A closed case keeps its officer."),
                code="case.closed",
            )
        if case.officer_id == officer.pk:
            return case
        before = case.officer.get_username()
        case.officer = officer
        note(
            case,
            "assigned",
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"was": before, "officer": officer.get_username()},
            changes={"words": search_words(case)},
        )
        return case
