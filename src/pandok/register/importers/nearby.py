"""Picture files that lie beside an XML file, found by name without trusting any path written in the XML."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})
FOLDERS = ("", "images", "register", "../register", "../images")
"""Where sheets are looked for, from the folder of the XML. The names in it are fixed; none comes from a source."""


@lru_cache(maxsize=64)
def listing(folder: str) -> dict[str, str]:
    """Ordinary picture files of a folder by their name in small letters."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return {}
    return {
        entry.name.casefold(): entry.path
        for entry in entries
        if os.path.splitext(entry.name)[1].casefold() in SUFFIXES and entry.is_file(follow_symlinks=False)
    }


def beside(folder: Path, name: str) -> Path | None:
    """The picture called `name` (its folder is ignored; the suffix may differ) near `folder`; None where none is."""
    base = os.path.basename(name.replace("\\", "/")).casefold()
    stem = os.path.splitext(base)[0]
    for place in FOLDERS:
        files = listing(os.path.normpath(folder / place))
        for candidate in (base, *(stem + suffix for suffix in sorted(SUFFIXES))):
            if candidate in files:
                return Path(files[candidate])
    return None


def pictures_named(folder: Path, number: str) -> list[Path]:
    """Pictures near `folder` whose name begins with `number`, or that lie in a folder of that name."""
    if not number.isalnum():
        return []
    own = listing(str(folder / number))
    if own:
        return [Path(path) for path in own.values()]
    start = number.casefold()
    for place in ("", "images"):
        names = listing(os.path.normpath(folder / place)).items()
        found = [Path(path) for name, path in names if name.startswith(start) and not name[len(start)].isalnum()]
        if found:
            return found
    return []
