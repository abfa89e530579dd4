"""Who may do what at the desk: a table of roles and actions. What is not in the table is refused.

A role is a Django group of the same name; an account may have several.
"""

from __future__ import annotations

from enum import Enum

from pandok.core.text import Text


class Role(Enum):
    """A role; its value is the name of the group."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HOLDER = "holder"
    IMPORTER = "importer"
    APPRAISER = "appraiser"
    LAB_OPERATOR = "lab-operator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def title(self) -> Text:
        return _TITLES[self][0]

    @property
    def description(self) -> Text:
        return _TITLES[self][1]


_TITLES: dict[Role, tuple[Text, Text]] = {
    Role.OFFICER: (
        Text(ko="세관 공무원", en="Customs officer"),
        Text(ko="물품을 촬영해 판독하고, 자신의 판독을 봅니다.", en="Photographs goods, and sees their own readings."),
    ),
    Role.SUPERVISOR: (
        Text(ko="감독자", en="Supervisor"),
        Text(ko="판독하고, 모든 직원의 판독을 봅니다.", en="Reads, and sees the readings of all officers."),
    ),
    Role.HOLDER: (
        Text(ko="권리자", en="Right holder"),
        Text(ko="자신의 권리에 관한 건만 봅니다.", en="Sees only the cases of their own rights."),
    ),
    Role.IMPORTER: (
        Text(ko="수입자", en="Importer"),
        Text(ko="자신에게 통지된 건만 봅니다.", en="Sees only the cases they were told of."),
    ),
    Role.APPRAISER: (
        Text(ko="감정인", en="Appraiser"),
        Text(ko="맡은 감정 건만 봅니다.", en="Sees only the appraisals assigned to them."),
    ),
    Role.LAB_OPERATOR: (
        Text(ko="실증랩 운영자", en="Lab operator"),
        Text(ko="판독기를 시험하고 운영합니다.", en="Tests and runs readers."),
    ),
    Role.AUDITOR: (
        Text(ko="감사자", en="Auditor"),
        Text(
            ko="모든 판독과 기록을 보고, 아무것도 바꾸지 않습니다.",
            en="Sees all readings and records, changes nothing.",
        ),
    ),
    Role.ADMINISTRATOR: (
        Text(ko="관리자", en="Administrator"),
        Text(ko="계정과 설정을 관리하고, 판독을 봅니다.", en="Manages accounts and settings, and sees readings."),
    ),
}


class Action(Enum):
    """Something a page, a command or the API lets a person do."""

    READ_PHOTOGRAPHS = "read photographs"
    SEE_OWN_READINGS = "see own readings"
    SEE_ALL_READINGS = "see all readings"


MAY: dict[Action, frozenset[Role]] = {
    Action.READ_PHOTOGRAPHS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Action.SEE_OWN_READINGS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    Action.SEE_ALL_READINGS: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
}


def may(roles: frozenset[Role], action: Action) -> bool:
    """Whether one of `roles` allows `action`."""
    return bool(roles & MAY.get(action, frozenset()))
