"""The settings of the site under test, changed field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from pandok import settings as place
from pandok.settings import Settings, settings

Choose = Callable[..., Settings]


def changed(**fields: Any) -> Settings:
    """The settings as they stand but for these, checked as those of a site are."""
    unknown = fields.keys() - Settings.model_fields.keys()
    assert not unknown, f"no such settings: {sorted(unknown)}"
    made = Settings.__new__(Settings)
    # All fields are given: what the environment and a file say need not be read again, thousands of times.
    BaseModel.__init__(made, **dict(settings()) | fields)
    return made


def choose_in(monkeypatch: pytest.MonkeyPatch) -> Choose:
    def choose(**fields: Any) -> Settings:
        monkeypatch.setattr(place, "_settings", changed(**fields))
        return settings()

    return choose
