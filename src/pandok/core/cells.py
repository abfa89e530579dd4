"""Cells of tables that leave the house: none is run as a formula by the program that opens the file."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"^[\s\x00-\x1f\x7f]*[=+\-@\t\r|%＝＋－＠]")


def harmless(cell: str) -> str:
    """The cell, quoted off where a table program might take it for a formula.

    >>> harmless("=1+1"), harmless(" -2"), harmless("2026-000001")
    ("'=1+1", "' -2", '2026-000001')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
