"""Django makes models anew after each operation of a step, and takes every field apart and builds it again for each.

Copying the fields instead takes less than half the time of a test that walks through all steps. Processes that such
tests start (restore, serve) walk as the product does.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.db.models import Field
from django.utils.functional import cached_property

_clone = Field.clone


def _copied(field: Any) -> Any:
    if "model" in field.__dict__:  # of a model that stands
        return _clone(field)
    made = _without_what_was_found(copy.copy(field))
    if (relation := field.__dict__.get("remote_field")) is not None:
        made.remote_field = _without_what_was_found(copy.copy(relation))
        made.remote_field.field = made
    return made


def _without_what_was_found(copied: Any) -> Any:
    """What it found out of the models around it, and kept, it finds out among its own."""
    for name in [one for one in copied.__dict__ if isinstance(getattr(type(copied), one, None), cached_property)]:
        del copied.__dict__[name]
    return copied


def walk_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the end of the test."""
    monkeypatch.setattr(Field, "clone", _copied)
