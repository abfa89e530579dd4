"""File names that are the same to a person: Hangul composed or decomposed, capital or small letters.

A table is typed on Windows, the files come from a Mac (decomposed Hangul) or from a camera (capital suffixes).
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from functools import lru_cache


def composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """Composed and without regard to case."""
    return composed(composed(name).casefold())


class Names:
    """The names in a folder. `like` finds those that `written` may mean."""

    def __init__(self, names: tuple[str, ...]):
        self._names = frozenset(names)
        self._composed: defaultdict[str, list[str]] = defaultdict(list)
        self._folded: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            self._composed[composed(name)].append(name)
            self._folded[folded(name)].append(name)

    def like(self, written: str) -> tuple[str, ...]:
        """The exact name; else those that differ in composition only; else those that differ in case too."""
        if written in self._names:
            return (written,)
        return tuple(self._composed.get(composed(written)) or self._folded.get(folded(written)) or ())


def names_in(folder: str) -> Names:
    """What lies in a folder; nothing where it cannot be read. Read again once the folder has changed."""
    try:
        return _names_in(folder, os.stat(folder).st_mtime_ns)
    except OSError:
        return Names(())


@lru_cache(maxsize=64)
def _names_in(folder: str, _changed_ns: int) -> Names:
    return Names(tuple(os.listdir(folder)))
