"""States of a certificate of a trial, and which kinds there are.

drafted → issued → withdrawing → withdrawn       two persons lead it in, and two lead it out
   └→ dropped        └──────┘  (turned down: it holds as before)
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class CertificateKind(StrEnum):
    """TRIAL says that it was tried and what came out; PERFORMANCE that every KPI was proven; HONEST that a trial was
    carried through whose KPIs were not."""

    TRIAL = "trial"
    PERFORMANCE = "performance"
    HONEST = "honest"

    @property
    def words(self) -> Text:
        return _KINDS[self]

    def fits(self, *, proven: bool) -> bool:
        return self is CertificateKind.TRIAL or (self is CertificateKind.PERFORMANCE) is proven


class CertificateState(StrEnum):
    DRAFTED = "drafted"
    DROPPED = "dropped"
    ISSUED = "issued"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _STATES[self]


class CertificateMover(StrEnum):
    OFFICE = "office"
    MANAGER = "manager"


_S, _M = CertificateState, CertificateMover
_KINDS = {
    CertificateKind.TRIAL: Text(ko="실증확인서", en="Certificate of a trial"),
    CertificateKind.PERFORMANCE: Text(ko="성능확인서", en="Certificate of performance"),
    CertificateKind.HONEST: Text(ko="성실 실증 확인서", en="Certificate of an honest trial"),
}
_STATES = {
    _S.DRAFTED: Text(ko="초안", en="Drafted"),
    _S.DROPPED: Text(ko="초안 폐기", en="Draft dropped"),
    _S.ISSUED: Text(ko="발급", en="Issued"),
    _S.WITHDRAWING: Text(ko="취소 확인 대기", en="Withdrawal to be confirmed"),
    _S.WITHDRAWN: Text(ko="발급 취소", en="Withdrawn"),
}
VALID = frozenset({_S.ISSUED, _S.WITHDRAWING})
"""It holds: what one person alone proposes takes nothing away."""
PUBLIC = VALID | {_S.WITHDRAWN}
"""Shown to who enters number and code."""

CERTIFICATES = StateTable(
    title=Text(ko="실증 확인서", en="Certificate of a trial"),
    states=_STATES,
    by={
        _M.OFFICE: Text(ko="사업단", en="programme office"),
        _M.MANAGER: Text(ko="사업 책임자", en="programme manager"),
    },
    moves={
        (_S.DRAFTED, _S.ISSUED): frozenset({_M.MANAGER}),
        (_S.DRAFTED, _S.DROPPED): frozenset({_M.OFFICE, _M.MANAGER}),
        (_S.ISSUED, _S.WITHDRAWING): frozenset({_M.OFFICE, _M.MANAGER}),
        (_S.WITHDRAWING, _S.WITHDRAWN): frozenset({_M.MANAGER}),
        (_S.WITHDRAWING, _S.ISSUED): frozenset({_M.MANAGER}),
    },
)
