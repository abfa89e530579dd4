"""Files that a source names: found inside its folder, never outside."""

from __future__ import annotations

import os
import re
import stat
from functools import lru_cache
from pathlib import Path

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

    Raises PathRefused "path.none", "path.outside" (absolute, climbing out, or a link that leads out),
    "path.missing", "path.unreadable" (not an ordinary file).
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
