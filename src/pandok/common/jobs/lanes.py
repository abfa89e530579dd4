"""Lanes: work of one lane waits for the same worker, and for no other."""

from __future__ import annotations

from enum import StrEnum


class Lane(StrEnum):
    """A rush of photographs must delay neither mail and clocks nor the lab."""

    SHORT = "short"
    """Mail, clocks, notices: done within a moment."""
    READING = "reading"
    """Photographs: each takes a core for a part of a second, and many may come at once."""
    LONG = "long"
    """It may take hours."""
