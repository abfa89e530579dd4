"""Whom the lab deals with."""

from __future__ import annotations

from pandok.common.party_kind import PartyKind
from pandok.core.text import Text

COMPANY = PartyKind("company", Text(ko="모델 제출 회사", en="Company that submits models"), of_administrators=True)
