"""A password as Mosquitto keeps it: PBKDF2 of SHA-512, as its own `mosquitto_passwd` writes."""

from __future__ import annotations

import base64
import hashlib
import secrets

ROUNDS = 101
"""The passwords are random, 32 bytes: nobody guesses them, however fast."""


def keyed(word: str) -> str:
    salt = secrets.token_bytes(12)
    found = hashlib.pbkdf2_hmac("sha512", word.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(found).decode()}"
