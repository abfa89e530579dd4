"""Kinds of parties in words."""

from __future__ import annotations

from pandok.common.models import Party
from pandok.core.text import Text

PARTY_KINDS: dict[str, Text] = {
    Party.HOLDER: Text(ko="권리자", en="Right holder"),
    Party.IMPORTER: Text(ko="수입자", en="Importer"),
    Party.ASSOCIATION: Text(ko="감정 단체", en="Appraising association"),
}
"""Those of a case."""
KIND_WORDS = {**PARTY_KINDS, Party.COMPANY: Text(ko="모델 제출 회사", en="Company that submits models")}
