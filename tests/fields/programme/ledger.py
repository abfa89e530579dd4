"""Outcomes as somebody enters them."""

from __future__ import annotations

from typing import Any

from pandok.common import house
from pandok.fields.programme.acts.outcomes.entering import enter_outcome
from pandok.fields.programme.models import Agreement, Outcome
from tests.fields.programme.office import NOON, person, signed
from tests.roles import Role

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PATENT = {
    "kind": "patent_applied",
    "title": "수위와 강우로 침수를 먼저 아는 방법",
    "registration": "10-2026-0012345",
    "happened_on": "2026-02-20",
    "figure": "",
    "share_percent": "60",
    "source": "키프리스",
    "owner": "가온센서",
    "maker": "가온센서",
    "licence": "공동 활용",
    "state_right": "",
    "territory": "대한민국",
    "expires_on": "",
}
SALE = PATENT | {"kind": "sale", "title": "다른 구청에 판매", "registration": "", "figure": "12,000,000"}


def entered_outcome(agreement: Agreement | None = None, **other: Any) -> Outcome:
    return enter_outcome(
        (agreement or signed()).pk, PATENT | other, data=PDF, filename="출원번호통지서.pdf", blobs=house.blobs(),
        actor=person(Role.PROGRAMME_OFFICE), now=NOON,
    )  # fmt: skip
