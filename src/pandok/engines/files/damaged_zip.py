"""What reading a zip raises that is cut off, falsified, encrypted or packed by a method nobody knows."""

from __future__ import annotations

import struct
import zipfile
import zlib

DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # encrypted; its leaf NotImplementedError: an unknown method
)
"""Opening one may raise ValueError too, for a directory that contradicts itself."""
