"""Codes of the second step against the vectors of RFC 6238, and what counts as a recovery code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pandok.core import two_step

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", the secret of the RFC
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert two_step.code_of(SECRET, two_step.step_at(at)) == code
    assert two_step.matching_step(SECRET, f"{code[:3]} {code[3:]}", at, after=-1) == two_step.step_at(at)


@pytest.mark.parametrize(("aside", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_aside(aside: int, counts: bool) -> None:
    step = two_step.step_at(NOON) + aside
    found = two_step.matching_step(SECRET, two_step.code_of(SECRET, step), NOON, after=-1)
    assert found == (step if counts else None)


def test_a_step_that_was_used_does_not_count_again() -> None:
    step = two_step.step_at(NOON)
    code = two_step.code_of(SECRET, step)
    assert two_step.matching_step(SECRET, code, NOON, after=step) is None
    assert two_step.matching_step(SECRET, code, NOON + timedelta(seconds=20), after=step) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "0x1234"])
def test_other_texts_are_no_codes(typed: str) -> None:
    assert two_step.matching_step(SECRET, typed, NOON, after=-1) is None


def test_recovery_codes_are_read_as_people_type_them() -> None:
    code = two_step.recovery_code(bytes(range(0, 240, 20)))
    plain = code.replace("-", "")
    assert len(plain) == 12
    assert two_step.plain_recovery_code(f" {code.lower()} ") == plain
    assert two_step.plain_recovery_code(code[:-1]) is None
    assert two_step.plain_recovery_code("O" * 12) is None
    with pytest.raises(ValueError, match="12 random bytes"):
        two_step.recovery_code(b"short")


def test_the_address_for_the_app_names_account_and_site() -> None:
    address = two_step.address_for_app(SECRET, "kim", "Pandok")
    assert address.startswith("otpauth://totp/Pandok:kim?")
    assert f"secret={SECRET}" in address
