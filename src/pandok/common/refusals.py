"""Refusals that need no words but their own, as a table: what happened, and what to do next.

Each code is written in one place: here in a table, or as `code=…` of the one function that makes it. `tables` gives
those of all tables, by code; tests/contracts/test_error_codes.py holds both kinds together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text

Reason = tuple[Text, Text]
E = TypeVar("E", bound=PandokError)
_TABLES: dict[str, Refusals[Any]] = {}

SHARED: Mapping[str, Reason] = {
    "role": (
        Text(ko="이 계정은 그 일을 할 수 없습니다.", en="This account may not do that."),
        Text(ko="역할이 있는 사람에게 맡기십시오.", en="Ask a person who has the role."),
    ),
    "state": (
        Text(ko="지금 이 단계에서는 할 수 없습니다.", en="This cannot be done at this stage."),
        Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
    ),
}
"""Reasons that several areas give: each in its own name."""


class Refusals(Generic[E]):
    """A maker of refusals: from a reason and the fields that programs read to an error `area.reason`; without an area
    the reasons are whole codes. Raises ValueError where a code stands in another table.
    """

    def __init__(self, area: str, reasons: Mapping[str, Reason], kind: type[E]):
        self._area, self._kind, self.reasons = area, kind, reasons
        for reason in reasons:
            if _TABLES.setdefault(self._code(reason), self) is not self:
                raise ValueError(f"{self._code(reason)} stands in two tables")

    def __call__(self, reason: str, **fields: Any) -> E:
        what, next_step = self.reasons[reason]
        return self._kind(what, next_step, code=self._code(reason), **fields)

    def _code(self, reason: str) -> str:
        return f"{self._area}.{reason}" if self._area else reason


def refusals(area: str, reasons: Mapping[str, Reason]) -> Refusals[RequestError]:
    """What the one who asks can put right."""
    return Refusals(area, reasons, RequestError)


def tables() -> Mapping[str, Refusals[Any]]:
    """Of the modules that are loaded."""
    return dict(_TABLES)
