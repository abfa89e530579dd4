from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from pandok.core.webhook_signature import holds, sign

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_the_signature_can_be_made_with_any_tool() -> None:
    expected = hmac.new(b"s3cret", b'1772413200.{"a":1}', hashlib.sha256).hexdigest()
    assert sign("s3cret", b'{"a":1}', AT) == f"t=1772413200,v1={expected}"


@pytest.mark.parametrize("late_s", [0, 299, -299])
def test_a_right_signature_holds(late_s: int) -> None:
    assert holds("s", b"body", sign("s", b"body", AT), now=AT + timedelta(seconds=late_s))


@pytest.mark.parametrize(
    ("secret", "body", "header", "late_s"),
    [
        ("other", b"body", None, 0),
        ("s", b"bodY", None, 0),
        ("s", b"body", None, 301),
        ("s", b"body", None, -301),
        ("s", b"body", "", 0),
        ("s", b"body", "t=x,v1=00", 0),
        ("s", b"body", "t=1772413200", 0),
        ("s", b"body", "t=1772413200,v1=가", 0),
    ],
)
def test_a_wrong_one_does_not(secret: str, body: bytes, header: str | None, late_s: int) -> None:
    made = sign("s", b"body", AT) if header is None else header
    assert not holds(secret, body, made, now=AT + timedelta(seconds=late_s))
