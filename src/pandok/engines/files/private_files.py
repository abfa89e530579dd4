"""Files of this site belong to the user of the service alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

PRIVATE_UMASK = 0o077
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private() -> None:
    """From here on this process makes files that only its user reads."""
    os.umask(os.umask(0o777) | PRIVATE_UMASK)


def open_to_others(home: Path) -> list[Path]:
    """What of a site others may read: the home folder with all below it, or else the files in it that hold data.

    Files made by an earlier version were; they stay as they are until somebody changes them.
    """
    if not home.exists() or not home.stat().st_mode & _OTHERS:
        return []
    named = [*sorted(home.glob("pandok.db*")), home / "secret-key", home / "blobs", home / "mail", home / "keys"]
    return [home, *(path for path in named if path.exists() and path.stat().st_mode & _OTHERS)]
