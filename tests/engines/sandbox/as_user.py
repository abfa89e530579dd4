"""Run a program as an ordinary user, from tests that run as root.

    python as_user.py UID PROGRAM [ARGUMENT ...]

An interpreter under root's home is out of reach for others; here, in a mount namespace of this process alone, the
folder is shown to everybody.
"""

from __future__ import annotations

import ctypes
import os
import sys

_NEWNS, _REC_PRIVATE, _BIND = 0x20000, 16384 | (1 << 18), 4096
ORDINARY_UID = 61100


def show_to_everybody(folder: str) -> None:
    closed = next((part for part in _parents(folder) if not os.stat(part).st_mode & 0o001), None)
    if closed is None:
        return
    _called("unshare", _NEWNS)
    _called("mount", None, b"/", None, _REC_PRIVATE, None)
    held = os.open(folder, os.O_PATH)
    _called("mount", b"tmpfs", closed.encode(), b"tmpfs", 0, b"mode=755")
    os.makedirs(folder)
    _called("mount", f"/proc/self/fd/{held}".encode(), folder.encode(), None, _BIND, None)
    os.close(held)


def _parents(folder: str) -> list[str]:
    parts = folder.strip("/").split("/")
    return ["/" + "/".join(parts[: end + 1]) for end in range(len(parts))]


def _called(name: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), name)


if __name__ == "__main__":
    uid = int(sys.argv[1])
    os.umask(0o022)  # the site's own is closed to others
    show_to_everybody(os.path.realpath(sys.base_prefix))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.execv(sys.argv[2], sys.argv[2:])
