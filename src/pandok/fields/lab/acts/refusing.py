"""Refusals of one area of the lab from a table of reasons, and the reasons that all areas share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pandok.core.errors import RequestError
from pandok.core.text import Text

Reason = tuple[Text, Text]
"""What happened, and what to do next."""

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


def refusals(area: str, reasons: Mapping[str, Reason]) -> Callable[..., RequestError]:
    """A maker of refusals `area.reason`: from a reason and the fields that programs read to a RequestError."""
    known = {**SHARED, **reasons}

    def refused(reason: str, **fields: object) -> RequestError:
        what, next_step = known[reason]
        return RequestError(what, next_step, code=f"{area}.{reason}", **fields)

    return refused
