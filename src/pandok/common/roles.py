"""Who may do what: the form in which every field declares its roles and actions, and those of the common floor.

A role is a Django group of the same name; an account may have several. What all fields declare is gathered in
`common/declared.py`; what nobody grants there is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Self

from pandok.core.text import Text


@dataclass(frozen=True)
class RoleFacts:
    """`name`: of the group. `place`: its rank among all roles. `staff`: signs in with a second step. `votes`: two of
    such a role must agree somewhere, on deletions, in the lab, on who signs in. `at_site`: works at a customs office.
    `acts_for`: the kind of party whose members have it."""

    name: str
    place: int
    title: Text
    description: Text
    staff: bool = False
    votes: bool = False
    at_site: bool = False
    acts_for: str = ""


class AnyRole(Enum):
    """A role of any field; its value is the name of the group."""

    _value_: str
    facts: RoleFacts

    def __new__(cls, facts: RoleFacts) -> Self:
        one = object.__new__(cls)
        one._value_, one.facts = facts.name, facts
        return one

    @property
    def title(self) -> Text:
        return self.facts.title

    @property
    def description(self) -> Text:
        return self.facts.description


class AnyAction(Enum):
    """Something a page, a command or the API lets a person do. `scope`: what tokens call it, for those that a token may
    allow at all; the second voice on a deletion, for one, is for persons only."""

    _value_: str
    scope: Text | None

    def __new__(cls, words: str, scope_ko: str = "") -> Self:
        one = object.__new__(cls)
        one._value_ = words
        one.scope = Text(ko=scope_ko, en=words.capitalize()) if scope_ko else None
        return one


class Role(AnyRole):
    AUDITOR = RoleFacts(
        "auditor",
        70,
        Text(ko="감사자", en="Auditor"),
        Text(
            ko="모든 판독과 기록을 보고, 아무것도 바꾸지 않습니다.",
            en="Sees all readings and records, changes nothing.",
        ),
        staff=True,
    )
    ADMINISTRATOR = RoleFacts(
        "administrator",
        80,
        Text(ko="관리자", en="Administrator"),
        Text(ko="계정과 설정을 관리하고, 판독을 봅니다.", en="Manages accounts and settings, and sees readings."),
        staff=True,
        votes=True,
    )


class Action(AnyAction):
    MANAGE_PARTIES = "manage parties and sites", "당사자와 세관 관리"
    SEE_AUDIT = "see the audit trail", "감사 기록 보기"
    SETTLE_DELIVERIES = "settle deliveries"
    SEE_OWN_ACCOUNT = "see own account", "자신의 계정 보기"
    """Of every role."""
    MANAGE_ACCOUNTS = "manage accounts"
    MAKE_TOKENS = "make API tokens for oneself"
    """Of all staff."""
    USE_WEBHOOKS = "be told of events by webhook", "웹훅 사용"


MAY: dict[AnyAction, frozenset[AnyRole]] = {
    Action.MANAGE_PARTIES: frozenset({Role.ADMINISTRATOR}),
    Action.SEE_AUDIT: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Action.SETTLE_DELIVERIES: frozenset({Role.ADMINISTRATOR}),
    Action.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Action.USE_WEBHOOKS: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}
