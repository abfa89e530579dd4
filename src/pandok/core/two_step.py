"""Time-based codes (RFC 6238: SHA-1, 6 digits, 30 seconds, as every authenticator app reads them) and recovery codes.

A code belongs to a time step. `matching_step` names the step; the caller remembers it, and asks next time only for
later ones: a code that was seen over a shoulder cannot be used again.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp

STEP_SECONDS = 30
STEPS_ASIDE = 1
"""A phone's clock may be one step before or behind."""
RECOVERY_CODES = 10
_RECOVERY_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that is mistaken for something else on paper: no 0 O 1 I L U."""
_RECOVERY_LENGTH = 12


def step_at(at: datetime) -> int:
    """Number of the time step in which `at` lies."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """The six digits that the app shows in `step`."""
    return pyotp.HOTP(secret).at(step)


def matching_step(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """The step around `at`, later than `after`, whose code this is; None where there is none."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    now = step_at(at)
    for step in range(now - STEPS_ASIDE, now + STEPS_ASIDE + 1):
        if step > after and hmac.compare_digest(code_of(secret, step), digits):
            return step
    return None


def last_step_that_counts(last_step: int, now: datetime) -> int:
    """The step after which codes are new. One that lies in the future was noted under a wrong clock: codes that are
    right now must not be refused until that day.

    >>> from datetime import UTC
    >>> last_step_that_counts(10**9, datetime(2026, 1, 1, tzinfo=UTC))
    -1
    """
    return last_step if last_step <= step_at(now) + STEPS_ASIDE else -1


def address_for_app(secret: str, username: str, issuer: str) -> str:
    """The `otpauth://` address that the square code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def recovery_code(random: bytes) -> str:
    """A code like ABCD-2345-EFGH from at least 12 random bytes: 58 bits."""
    if len(random) < _RECOVERY_LENGTH:
        raise ValueError(f"a recovery code needs {_RECOVERY_LENGTH} random bytes")
    # 240 = 8 * 30: a byte above would make some letters likelier; it is folded, which costs a thirtieth of a bit.
    letters = "".join(_RECOVERY_ALPHABET[byte % len(_RECOVERY_ALPHABET)] for byte in random[:_RECOVERY_LENGTH])
    return "-".join(letters[place : place + 4] for place in range(0, _RECOVERY_LENGTH, 4))


def plain_recovery_code(typed: str) -> str | None:
    """What a person typed, without blanks and hyphens and in capitals; None where it cannot be a recovery code."""
    letters = re.sub(r"[\s\-]", "", typed).upper()
    return letters if len(letters) == _RECOVERY_LENGTH and set(letters) <= set(_RECOVERY_ALPHABET) else None
