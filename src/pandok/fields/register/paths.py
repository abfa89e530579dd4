"""Files that a source names: found inside its folder, never outside."""

from __future__ import annotations

import os
import re
import stat
from functools import lru_cache
from pathlib import Path

from pandok.fields.register.spelling import names_in

_DRIVE = re.compile(r"[A-Za-z]:")


class PathRefused(Exception):
    """Internal to the import: why a path is not used. `code` is that of a finding."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=256)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def inside(folder: Path, written: str) -> Path:
    """The file that `written` names inside `folder`. A backslash counts as a slash.

    The exact name comes first; where there is none, the one that differs only in how its letters are composed, and then
    only in case. Raises PathRefused "path.none", "path.outside" (absolute, climbing out, or a link that leads out),
    "path.missing", "path.ambiguous" (two files could be meant), "path.unreadable" (not an ordinary file).
    """
    plain = written.strip().replace("\\", "/")
    if not plain:
        raise PathRefused("path.none")
    if "\0" in plain or plain.startswith(("/", "~")) or _DRIVE.match(plain):
        raise PathRefused("path.outside")
    root = _real_folder(str(folder))
    joined = os.path.normpath(os.path.join(root, plain))
    if not joined.startswith(root + os.sep):
        raise PathRefused("path.outside")
    try:
        return _ordinary_file(root, joined)
    except PathRefused as refused:
        if refused.code != "path.missing":
            raise
    return _ordinary_file(root, _spelled(root, joined))


def _ordinary_file(root: str, joined: str) -> Path:
    parent, name = os.path.split(joined)
    real_parent = _real_folder(parent)
    path = os.path.join(real_parent, name)
    try:
        kind = os.lstat(path).st_mode
        if stat.S_ISLNK(kind):
            path = os.path.realpath(path)
        # The parent is checked before anything is said about the file: no probing outside the folder.
        if not (path + os.sep).startswith(root + os.sep):
            raise PathRefused("path.outside")
        if stat.S_ISLNK(kind):
            kind = os.lstat(path).st_mode
    except FileNotFoundError:
        code = "path.missing" if (real_parent + os.sep).startswith(root + os.sep) else "path.outside"
        raise PathRefused(code) from None
    except OSError:
        raise PathRefused("path.unreadable") from None
    if not stat.S_ISREG(kind):
        raise PathRefused("path.unreadable")
    return Path(path)


def _spelled(root: str, joined: str) -> str:
    """The path with each part as it is really spelled. Raises PathRefused where no part or more than one fits."""
    path = root
    for part in os.path.relpath(joined, root).split(os.sep):
        real = os.path.realpath(path)
        if not (real + os.sep).startswith(root + os.sep):
            raise PathRefused("path.outside")
        found = names_in(real).like(part)
        if len(found) != 1:
            raise PathRefused("path.ambiguous" if found else "path.missing")
        path = os.path.join(path, found[0])
    return path
