"""Where bytes that others made are about to be parsed. Tests watch these doors: no transaction may be open there.

A transaction holds the only write lock (SQLite) or the case's row (PostgreSQL); a file that takes seconds to decode
would make everybody else wait, or fail.
"""

from __future__ import annotations

from collections.abc import Callable

WATCHERS: list[Callable[[str], None]] = []


def about_to_parse(what: str) -> None:
    """Called first by everything that decodes, unpacks or parses a file from outside."""
    for watcher in WATCHERS:
        watcher(what)
