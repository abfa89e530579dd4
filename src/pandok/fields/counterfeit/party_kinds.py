"""Whom the desk deals with beside the holders of the register."""

from __future__ import annotations

from pandok.common.party_kind import PartyKind
from pandok.core.text import Text
from pandok.fields.register.party_kinds import HOLDER

IMPORTER = PartyKind("importer", Text(ko="수입자", en="Importer"), served=True)
ASSOCIATION = PartyKind("association", Text(ko="감정 단체", en="Appraising association"))
OF_CASE: dict[str, Text] = {kind.name: kind.words for kind in (HOLDER, IMPORTER, ASSOCIATION)}
"""Those of a case, in words."""
