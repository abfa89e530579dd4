"""A setting whose value does not fit, wherever it is read."""

from __future__ import annotations

from typing import Any

from pandok.core.errors import RequestError
from pandok.core.text import Text


def wrong_setting(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """The value of a setting does not fit."""
    return RequestError(what, next_step, code="request.setting", **fields)
