"""Whether a model of others was accepted here, as the field that proves models says: those that use models ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

OF_FIELDS: list[Callable[[str, date], bool]] = []
"""Of a model's sha256 and a day: whether this site's acceptance holds. Fields add theirs when they are ready."""


def is_accepted(model_sha256: str, on: date) -> bool:
    return any(says(model_sha256, on) for says in OF_FIELDS)
