"""The refusal of a move that the table of a record does not have: where it stands, and what it cannot become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pandok.core.errors import RequestError
from pandok.core.text import InWords, Text


def no_such_way(*, code: str) -> Callable[[Any, InWords, InWords], RequestError]:
    """For `Lifecycle.no_way`: record, from, to."""

    def refused(_record: Any, start: InWords, to: InWords) -> RequestError:
        return RequestError(
            Text(
                ko=f"지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
                en=f"It is '{start.words.en}' now, and cannot become '{to.words.en}'.",
            ),
            Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
            code=code,
        )

    return refused
