"""Whose rights stand in the register."""

from __future__ import annotations

from pandok.common.party_kind import PartyKind
from pandok.core.text import Text

HOLDER = PartyKind("holder", Text(ko="권리자", en="Right holder"), served=True)
