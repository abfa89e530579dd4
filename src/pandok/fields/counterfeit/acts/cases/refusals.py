"""Refusals that several use cases of this room share: each code is written once."""

from __future__ import annotations

from typing import Any

from pandok.core.errors import RequestError
from pandok.core.text import Text


def not_open(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """Nothing more can be taken, or told, at the stage that the case is at."""
    return RequestError(what, next_step, code="case.not_open", **fields)


def too_far(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """The case has gone on past the point where this was possible."""
    return RequestError(what, next_step, code="case.too_far", **fields)


def unknown_design(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """No such design is registered."""
    return RequestError(what, next_step, code="case.unknown_design", **fields)


def no_such_paper(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """The kind of paper is missing, or is none of the list."""
    return RequestError(what, next_step, code="document.kind", **fields)


def not_yours() -> RequestError:
    return RequestError(
        Text(ko="이 사건을 맡고 있지 않습니다.", en="This case is not yours."),
        Text(ko="담당자나 감독자에게 요청하십시오.", en="Ask the officer in charge, or a supervisor."),
        code="case.not_yours",
    )
