"""What counts as personal data in text, by form and check digit, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.engines.personal_data.checksums import luhn_holds, resident_number_holds
from pandok.engines.personal_data.patterns import spans
from pandok.fields.lab.acts.vault.masking.pictures import kinds_in_line
from pandok.fields.lab.acts.vault.masking.tables import without_personal_data
from tests.fields.lab.acts.vault.masking.people import People


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("연락처 010-1234-5678 로", "연락처 [phone] 로"),
        ("+82 10-1234-5678", "[phone]"),
        ("kim.cs@mail.example.kr에게", "[email]에게"),
        ("카드 4111 1111 1111 1111", "카드 [card]"),
        ("면허 11-24-123456-01", "면허 [driver_licence]"),
        ("여권 M123A4567", "여권 [passport]"),
        ("신한은행 110-234-567890", "신한은행 [account]"),
        ("서울특별시 중구 세종대로 110 2층", "[address] 2층"),
        ("차량 12가 3456 통과", "차량 [plate] 통과"),
        ("서울 34나5678", "[plate]"),
        ("성명: 홍길동 / 수량 3", "성명: [name] / 수량 3"),
        ("김민서님 귀하", "[name]님 귀하"),
        ("200102-3123456", "[resident_number]"),
    ],
)
def test_found_and_masked(text: str, masked: str) -> None:
    assert without_personal_data(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "6109.10-1000",
        "12345-26-123456M",
        "4111 1111 1111 1112",
        "991345-1234567",
        "면 티셔츠 100 벌",
        "A1234567",
        "박스 12 개",
        "IMO 9321483",
        "user@host",
        "1234567890123",
        "0.4111111111111111",
        "-12.01012345678",
        "값 3.01012345678 초",
        "a1b2-02-1234-5678-9c",
    ],
)
def test_left_alone(text: str) -> None:
    assert without_personal_data(text) == (text, [])


@given(st.integers(0, 10**6), st.booleans(), st.booleans())
def test_numbers_with_their_check_digit_are_found_anywhere(seed: int, foreigner: bool, dash: bool) -> None:
    number = People(seed).resident_number(foreigner=foreigner, dash=dash)
    assert resident_number_holds(number.replace("-", ""))
    [found] = spans(f"번호({number})입니다")
    assert found.kind == ("foreigner_number" if foreigner else "resident_number")
    assert found.sureness == "checked"


@given(st.integers(0, 10**6), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_breaks_a_cards_check(seed: int, place: int, by: int) -> None:
    digits = People(seed).card().replace(" ", "")
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert luhn_holds(digits)
    assert not luhn_holds(wrong)


@given(st.text(max_size=200))
def test_any_text_is_masked_once_and_for_all(text: str) -> None:
    once, _ = without_personal_data(text)
    assert without_personal_data(once)[0] == once


def no_hangul() -> None:
    return None


def test_a_plate_is_seen_also_without_hangul_where_its_gap_shows() -> None:
    for text in ("12 7} 3456", "77 9041", "345L6789"):
        assert [kind for kind, _ in kinds_in_line(text, no_hangul)] == ["plate"]
    for text in ("SIZE 100", "12/2026", "1273456", "2024-11-02"):
        assert kinds_in_line(text, no_hangul) == []


def test_a_line_that_may_be_a_plate_is_read_again() -> None:
    assert [kind for kind, _ in kinds_in_line("1273456", lambda: "12 가 3456")] == ["plate"]
    assert kinds_in_line("1273456", lambda: "1273456") == []
    assert kinds_in_line("77 9041", lambda: "77 9041") == []
