"""The desk that commands work at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandok.fields.designs.open_desk import Desk


def open_desk() -> Desk:
    """The desk of this site; Django must be ready."""
    from pandok.fields.designs import open_desk as opening

    return opening.open_desk()
