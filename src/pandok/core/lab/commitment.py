"""Promises that can be checked later: an answer that is hidden now, and a draw that nobody can choose."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from pandok.core.canonical import canonical

SALT_BYTES = 32


def commitment(output: Any, salt: bytes) -> str:
    """sha256 of the canonical output followed by the salt. The salt keeps short answers from being guessed.

    >>> commitment({"a": 1}, b"x" * 32) == commitment({"a": 2}, b"x" * 32)
    False
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hashlib.sha256(canonical(output) + salt).hexdigest()


def keeps(promised: str, output: Any, salt: bytes) -> bool:
    """Whether `output` with `salt` is what was promised."""
    return hmac.compare_digest(promised, commitment(output, salt))


def drawn(seed: bytes, case: str, probability: float) -> bool:
    """Whether a case is drawn: the same answer whenever it is asked, and known to nobody without the seed.

    >>> drawn(b"s" * 32, "case", 1.0)
    True
    """
    if not 0 < probability <= 1:
        raise ValueError("the probability lies above 0 and up to 1")
    number = int.from_bytes(hmac.new(seed, case.encode(), hashlib.sha256).digest()[:8], "big")
    return number < probability * 2**64


def seed_promise(seed: bytes) -> str:
    """The hash of the seed, for the registration."""
    return hashlib.sha256(seed).hexdigest()
