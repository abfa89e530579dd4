"""States of an agreement, and of a version of its KPI sheet.

agreement:  draft ⇄ offered → running → ended | cancelled      it runs from the second signature on
version:    offered → locked | rejected | taken_back
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class AgreementState(StrEnum):
    DRAFT = "draft"
    OFFERED = "offered"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"

    @property
    def words(self) -> Text:
        return _AGREEMENTS[self]


class AgreementMover(StrEnum):
    """SIGNATURES: what happens of itself when the last signature is there."""

    OFFICE = "office"
    SIGNATURES = "signatures"


class VersionState(StrEnum):
    OFFERED = "offered"
    LOCKED = "locked"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"

    @property
    def words(self) -> Text:
        return _VERSIONS[self]


class Side(StrEnum):
    """For whom somebody signs a version; the committee votes on amendments alone."""

    PROGRAMME = "programme"
    FIELD = "field"
    COMMITTEE = "committee"

    @property
    def words(self) -> Text:
        return _SIDES[self]


_A, _M = AgreementState, AgreementMover
_AGREEMENTS = {
    _A.DRAFT: Text(ko="작성 중", en="Being drafted"),
    _A.OFFERED: Text(ko="서명 중", en="To be signed"),
    _A.RUNNING: Text(ko="협약 체결·실증 중", en="Signed and running"),
    _A.ENDED: Text(ko="실증 종료", en="Ended"),
    _A.CANCELLED: Text(ko="협약 중단", en="Cancelled"),
}
_VERSIONS = {
    VersionState.OFFERED: Text(ko="서명·의결 중", en="To be signed and voted on"),
    VersionState.LOCKED: Text(ko="잠김", en="Locked"),
    VersionState.REJECTED: Text(ko="부결", en="Rejected"),
    VersionState.TAKEN_BACK: Text(ko="철회", en="Taken back"),
}
_SIDES = {
    Side.PROGRAMME: Text(ko="사업단", en="Programme"),
    Side.FIELD: Text(ko="현업", en="Field"),
    Side.COMMITTEE: Text(ko="사업추진위원회", en="Committee"),
}

AGREEMENTS = StateTable(
    title=Text(ko="실증 협약", en="Agreement on a trial"),
    states=_AGREEMENTS,
    by={
        _M.OFFICE: Text(ko="사업단", en="programme office"),
        _M.SIGNATURES: Text(ko="두 사람의 서명", en="the signatures of two"),
    },
    moves={
        (_A.DRAFT, _A.OFFERED): frozenset({_M.OFFICE}),
        (_A.OFFERED, _A.DRAFT): frozenset({_M.OFFICE}),
        (_A.OFFERED, _A.RUNNING): frozenset({_M.SIGNATURES}),
        (_A.DRAFT, _A.CANCELLED): frozenset({_M.OFFICE}),
        (_A.RUNNING, _A.CANCELLED): frozenset({_M.OFFICE}),
        (_A.RUNNING, _A.ENDED): frozenset({_M.OFFICE}),
    },
)
