"""One byte form for one value, so that its sha256 means the same on every machine.

JSON with sorted keys, no blanks, UTF-8; numbers as Python prints them (shortest form that reads back, the same on
every IEEE 754 machine). After RFC 8785, without its ordering of keys outside the Basic Multilingual Plane.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> bytes:
    """The bytes of a JSON-ready value or of a pydantic value. Raises ValueError for NaN and infinities."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return _ENCODER.encode(plain).encode()


def digest(value: Any) -> str:
    """The sha256 of `canonical(value)`, in hexadecimal.

    >>> digest({"b": 1, "a": "판독"}) == digest({"a": "판독", "b": 1})
    True
    """
    return hashlib.sha256(canonical(value)).hexdigest()
