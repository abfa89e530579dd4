"""Operations of the academy in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {}
OPERATIONS: dict[str, tuple[str, str]] = {}
FIELDS: dict[str, str] = {}
