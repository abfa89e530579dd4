"""What is kept of a session's key: a digest. Who has read the database file signs in as nobody with it.

The key itself is 32 random characters and stands in the cookie alone, so that its digest cannot be turned back.
"""

from __future__ import annotations

import hashlib

DIGITS = 40
"""Hexadecimal, 160 bits: as wide as Django's column."""


def kept_key(key: str) -> str:
    """The digest of a key; "" of none."""
    return hashlib.sha256(key.encode()).hexdigest()[:DIGITS] if key else ""
