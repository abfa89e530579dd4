"""The signature of a webhook: the receiver proves with the shared secret that a message is ours, whole and new.

`Pandok-Signature: t=1767225600,v1=<hex>`, where `v1` is HMAC-SHA256 over the time, a full stop and the body.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from pandok.core.whole_number import whole_number

HEADER = "Pandok-Signature"


def sign(secret: str, body: bytes, at: datetime) -> str:
    """The value of the header."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_mac(secret, body, seconds)}"


def holds(secret: str, body: bytes, header: str, *, now: datetime, tolerance_s: float = 300) -> bool:
    """Whether the header is right for the body and not older (or newer) than `tolerance_s`.

    >>> from datetime import UTC
    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> holds("secret", b"{}", sign("secret", b"{}", now), now=now)
    True
    """
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    seconds = whole_number(parts.get("t", ""))
    if seconds is None or abs(now.timestamp() - seconds) > tolerance_s:
        return False
    return hmac.compare_digest(parts.get("v1", "").encode(), _mac(secret, body, seconds).encode())


def _mac(secret: str, body: bytes, seconds: int) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
