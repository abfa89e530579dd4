"""Landlock: from here on no file can be opened, made or removed, no TCP port reached, and no outside process signalled.

The rule set is empty: nothing is exempt, because all that the runtime needs was read before.
"""

from __future__ import annotations

import ctypes
import os
import struct

from pandok.engines.sandbox.inside.libc import syscall

_VERSION_FLAG = 1
_FILES_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_BIND_AND_CONNECT, _ABSTRACT_SOCKETS_AND_SIGNALS = 3, 3


def abi() -> int:
    """The version of Landlock that the kernel offers; 0 where there is none."""
    try:
        return syscall("landlock_create_ruleset", None, 0, _VERSION_FLAG)
    except OSError:
        return 0


def deny_everything() -> int:
    """Lock this thread in; the version used comes back. no_new_privs must have been set."""
    version = abi()
    files = max((mask for least, mask in _FILES_BY_ABI.items() if least <= version), default=0)
    network = _BIND_AND_CONNECT if version >= 4 else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    wanted = struct.pack("<QQQ", files, network, scoped)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    rules = syscall("landlock_create_ruleset", ctypes.create_string_buffer(wanted, len(wanted)), len(wanted), 0)
    try:
        syscall("landlock_restrict_self", rules, 0)
    finally:
        os.close(rules)
    return version
