"""Refusals that several use cases of this room share: each code is written once."""

from __future__ import annotations

from typing import Any

from pandok.core.errors import ImportRefused
from pandok.core.text import Text


def wrong_columns(what: Text, next_step: Text, **fields: Any) -> ImportRefused:
    """The columns of a table cannot be found."""
    return ImportRefused(what, next_step, code="import.columns", **fields)
