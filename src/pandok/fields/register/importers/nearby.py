"""Picture files that lie beside an XML file, found by name without trusting any path written in the XML."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from pandok.core.natural_order import natural_key
from pandok.fields.register.paths import PathRefused
from pandok.fields.register.spelling import Names

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})
FOLDERS = ("", "images", "register", "../register", "../images")
"""Where sheets are looked for, from the folder of the XML. The names in it are fixed; none comes from a source."""


def listing(folder: str) -> dict[str, str]:
    """Ordinary picture files of a folder by their name as written, view 2 before view 10. Read again once the folder
    has changed."""
    try:
        return _listing(folder, os.stat(folder).st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=64)
def _listing(folder: str, _changed_ns: int) -> dict[str, str]:
    entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    return {
        entry.name: entry.path
        for entry in entries
        if os.path.splitext(entry.name)[1].casefold() in SUFFIXES and entry.is_file(follow_symlinks=False)
    }


@lru_cache(maxsize=64)
def _names(folder: str, changed_ns: int) -> Names:
    return Names(tuple(_listing(folder, changed_ns)))


def beside(folder: Path, name: str) -> Path | None:
    """The picture called `name` (its folder is ignored; the suffix may differ) near `folder`; None where none is.

    Letters may be composed otherwise and of another case. Raises PathRefused "path.ambiguous" where two files fit.
    """
    base = os.path.basename(name.replace("\\", "/"))
    stem = os.path.splitext(base)[0]
    for place in FOLDERS:
        where = os.path.normpath(folder / place)
        files = listing(where)
        if not files:
            continue
        names = _names(where, os.stat(where).st_mtime_ns)
        for candidate in (base, *(stem + suffix for suffix in sorted(SUFFIXES))):
            found = names.like(candidate)
            if len(found) > 1:
                raise PathRefused("path.ambiguous")
            if found:
                return Path(files[found[0]])
    return None


def pictures_named(folder: Path, number: str) -> list[Path]:
    """Pictures near `folder` whose name begins with `number`, or that lie in a folder of that name; by their number."""
    if not number.isalnum():
        return []
    own = listing(str(folder / number))
    if own:
        return [Path(path) for path in own.values()]
    start = number.casefold()
    for place in ("", "images"):
        names = [(name.casefold(), path) for name, path in listing(os.path.normpath(folder / place)).items()]
        found = [Path(path) for name, path in names if name.startswith(start) and not name[len(start)].isalnum()]
        if found:
            return found
    return []
