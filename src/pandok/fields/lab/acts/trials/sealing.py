"""The candidate's answers between commit and unblinding: sealed in the database, with a key of their own."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from pandok.core.canonical import canonical
from pandok.engines.vault.secrets import seal, unseal

_PURPOSE = "shadow trial"


def sealed_answer(output: Any, salt: bytes) -> str:
    content = canonical({"output": output, "salt": salt.hex()}).decode()
    return seal(content, secret_key=settings.SECRET_KEY, purpose=_PURPOSE)


def opened_answer(sealed: str) -> tuple[Any, bytes]:
    """Raises StoreError where the row or the site's key was changed."""
    content = json.loads(unseal(sealed, secret_key=settings.SECRET_KEY, purpose=_PURPOSE))
    return content["output"], bytes.fromhex(content["salt"])


def sealed_seed(seed: bytes) -> str:
    return seal(seed.hex(), secret_key=settings.SECRET_KEY, purpose=f"{_PURPOSE} seed")


def opened_seed(sealed: str) -> bytes:
    return bytes.fromhex(unseal(sealed, secret_key=settings.SECRET_KEY, purpose=f"{_PURPOSE} seed"))
