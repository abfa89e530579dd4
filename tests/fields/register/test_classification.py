from __future__ import annotations

import pytest

from pandok.fields.register.classification import korean, locarno


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("28-03", "28-03"),
        ("2803", "28-03"),
        ("2-1", "02-01"),
        ("LOC (13) Cl. 06-01", "06-01"),
        ("02.02", "02-02"),
        ("32-00", None),
        ("33-01", None),
        ("00-01", None),
        ("chair", None),
        ("", None),
        ("28", None),
        ("28-033", None),
    ],
)
def test_locarno(written: str, code: str | None) -> None:
    assert locarno(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [("B5-20", "B5-20"), ("d2 - 100a", "D2-100A"), ("H3-10B", "H3-10B"), ("Z1-10", None), ("06-01", None), ("", None)],
)
def test_korean(written: str, code: str | None) -> None:
    assert korean(written) == code
