"""The main links, in the order in which they stand; each is shown to who may follow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from pandok.common.models import Account
from pandok.common.people.roles import Action
from pandok.core.text import Text
from pandok.fields.counterfeit.lists.case_filter import CaseFilter
from pandok.fields.counterfeit.lists.cases import Tab, work_list

_TABS: tuple[Tab, Tab] = ("mine", "overdue")


@dataclass(frozen=True)
class Link:
    """`name` is the URL name; `also` are URL names of pages that belong under it."""

    name: str
    words: Text
    action: Action
    also: tuple[str, ...] = ()


LINKS: tuple[Link, ...] = (
    Link(
        "cases",
        Text(ko="사건", en="Cases"),
        Action.SEE_CASE_FILES,
        ("case", "case_act", "cases_act", "case_notify", "case_party", "case_declared", "case_documents"),
    ),
    Link("capture", Text(ko="촬영", en="Photograph"), Action.READ_PHOTOGRAPHS),
    Link("readings", Text(ko="판독 기록", en="Readings"), Action.SEE_OWN_READINGS, ("reading",)),
    Link("notices", Text(ko="받은 통지", en="Notices"), Action.SEE_TOLD_CASES, ("notice",)),
    Link("guides", Text(ko="감별 안내", en="Guides"), Action.ANSWER_AS_HOLDER, ("guide", "guide_new")),
    Link("designs", Text(ko="등록디자인", en="Register"), Action.SEE_REGISTER, ("design",)),
    Link("statistics", Text(ko="통계", en="Statistics"), Action.SEE_STATISTICS, ("found_later",)),
    Link("audit", Text(ko="감사", en="Audit"), Action.SEE_AUDIT, ("audit_chain", "audit_compare", "audit_export")),
    Link("retention", Text(ko="보존", en="Retention"), Action.SEE_RETENTION, ("deletion",)),
    Link("deliveries", Text(ko="발송 확인", en="Deliveries"), Action.SETTLE_DELIVERIES),
    Link(
        "parties",
        Text(ko="당사자", en="Parties"),
        Action.MANAGE_PARTIES,
        ("party", "party_new", "party_change", "sites", "site"),
    ),
    Link("law", Text(ko="적용 법령", en="Law"), Action.SEE_AUDIT),
    Link("holidays", Text(ko="휴일", en="Holidays"), Action.KEEP_HOLIDAYS, ("holiday_withdraw",)),
    Link("lab", Text(ko="실증랩", en="Proving lab"), Action.SEE_LAB),
    Link(
        "tokens",
        Text(ko="API 연계", en="API"),
        Action.MAKE_TOKENS,
        ("systems", "webhooks", "webhook", "api_page"),
    ),
    Link("accounts", Text(ko="계정", en="Accounts"), Action.MANAGE_ACCOUNTS, ("account_new", "account_admin")),
)


@dataclass(frozen=True)
class ShownLink:
    address: str
    words: str
    current: bool
    count: int = 0
    """What waits there for this person; `late`: how much of it is near or over its term."""
    late: int = 0


@dataclass(frozen=True)
class Waiting:
    """Cases in the charge of a person that wait for customs, and those of all they see that are near or over a term."""

    mine: int = 0
    late: int = 0


def waiting_for(account: Account, now: datetime) -> Waiting:
    """Counted anew for each page; nothing for who works on no cases."""
    if not account.may(Action.WORK_CASES):
        return Waiting()
    counts = [work_list(account=account, tab=tab, chosen=CaseFilter(), now=now).count() for tab in _TABS]
    return Waiting(*counts)


def links_for(request: HttpRequest, language: str, waiting: Waiting) -> list[ShownLink]:
    """The links that the person of this request may follow, with what waits there."""
    here = getattr(request.resolver_match, "url_name", None)
    return [
        ShownLink(
            reverse(link.name),
            link.words.in_language(language),
            _stands_in(link, here, request.path),
            count=waiting.mine if link.name == "cases" else 0,
            late=waiting.late if link.name == "cases" else 0,
        )
        for link in LINKS
        if request.user.may(link.action)
    ]


def _stands_in(link: Link, here: str | None, path: str) -> bool:
    """The lab is one area of many pages: everything below its address belongs to it."""
    in_the_lab = link.name == "lab" and path.startswith(reverse("lab"))
    return here == link.name or here in link.also or in_the_lab


def first_page(account: Account) -> str:
    """The URL name of the first main link that a person may follow; their own account where there is none."""
    return next((link.name for link in LINKS if account.may(link.action)), "account")
