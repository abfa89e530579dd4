"""What is declared of goods, as calls bring it: a shape is made of `core/declaration`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from pandok.core.declaration import Declared


def taken(declared: Iterable[Declared]) -> dict[str, Any]:
    """Fields of a shape for `pydantic.create_model`; each may be left out."""
    return {
        one.name: (str, Field(default="", max_length=one.typed_most, description=one.about or None)) for one in declared
    }
