"""Memory that two processes see. Its size is sealed, so that the other side cannot pull it away under the reader."""

from __future__ import annotations

import fcntl
import os

_ADD_SEALS = 1033
_SEAL, _SHRINK, _GROW, _WRITE = 1, 2, 4, 8
_NO_EXEC = 8  # MFD_NOEXEC_SEAL, Linux 6.3


def of_size(size: int) -> int:
    """A new descriptor of `size` zero bytes."""
    made = _create("tensors")
    os.ftruncate(made, size)
    fcntl.fcntl(made, _ADD_SEALS, _SHRINK | _GROW | _SEAL)
    return made


def holding(data: bytes) -> int:
    """A new descriptor that holds `data` and can never be written again."""
    made = _create("model")
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(made, rest) :]
    fcntl.fcntl(made, _ADD_SEALS, _SHRINK | _GROW | _WRITE | _SEAL)
    return made


def _create(name: str) -> int:
    flags = os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING
    try:
        return os.memfd_create(name, flags | _NO_EXEC)
    except OSError:
        return os.memfd_create(name, flags)
