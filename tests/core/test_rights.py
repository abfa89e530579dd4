from __future__ import annotations

from datetime import date

import pytest

from pandok.core.rights import (
    LegalStatus,
    canonical_status,
    may_be_basis,
    recordal_on,
    recordal_stands,
    status_on,
)

DAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("등록", LegalStatus.IN_FORCE),
        ("소멸", LegalStatus.LAPSED),
        ("무효", LegalStatus.INVALIDATED),
        ("포기", LegalStatus.SURRENDERED),
        ("취소", LegalStatus.CANCELLED),
        ("공고", LegalStatus.PENDING),
        ("존속기간만료", LegalStatus.EXPIRED),
        ("in force", LegalStatus.IN_FORCE),
        ("IN_FORCE", LegalStatus.IN_FORCE),
        ("  Registered  ", LegalStatus.IN_FORCE),
        ("canceled", LegalStatus.CANCELLED),
        ("F10", LegalStatus.IN_FORCE),
        ("H12", LegalStatus.LAPSED),
        ("거절", LegalStatus.UNKNOWN),
        ("", LegalStatus.UNKNOWN),
    ],
)
def test_words_of_the_sources(word: str, status: LegalStatus) -> None:
    assert canonical_status(word) is status


@pytest.mark.parametrize("word", ["blue", "등록?", "Z99", "not in force", "no longer valid"])
def test_words_that_are_not_known_are_not_guessed(word: str) -> None:
    assert canonical_status(word) is None


@pytest.mark.parametrize("status", list(LegalStatus))
def test_only_a_right_in_force_may_be_a_basis(status: LegalStatus) -> None:
    assert may_be_basis(status, DAY, None) is (status is LegalStatus.IN_FORCE)


def test_the_last_day_still_counts() -> None:
    assert may_be_basis(LegalStatus.IN_FORCE, DAY, DAY)
    assert not may_be_basis(LegalStatus.IN_FORCE, DAY, date(2025, 5, 31))
    assert status_on(LegalStatus.IN_FORCE, DAY, date(2025, 5, 31)) is LegalStatus.EXPIRED
    assert status_on(LegalStatus.CANCELLED, DAY, date(2025, 5, 31)) is LegalStatus.CANCELLED


def test_an_unknown_or_old_recordal_does_not_stand() -> None:
    assert recordal_stands(True, DAY, None)
    assert not recordal_stands(None, DAY, None)
    assert not recordal_stands(False, DAY, None)
    assert not recordal_stands(True, DAY, date(2025, 5, 31))


def test_a_recordal_on_a_day() -> None:
    last = date(2025, 5, 31)
    assert [recordal_on(True, day, last) for day in (date(2025, 5, 30), last, DAY)] == [True, True, False]
    assert recordal_on(None, DAY, last) is None, "what no source says is not a no"
    assert recordal_on(False, DAY, None) is False
