"""Spellings of numbers, names and HS codes as they come from labels, papers and Korean keyboards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.core.declaration import (
    MOST_ITEM_NAME,
    declare,
    normal_bl_number,
    normal_hs_code,
    normal_item_name,
    normal_parcel_number,
    shown_hs_code,
)
from pandok.core.errors import RequestError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("6012-3456-7890", "601234567890"),
        ("６０１２ ３４５６ ７８９０", "601234567890"),
        ("rr 123 456 785 kr", "RR123456785KR"),
        ("601234\u200b567890", "601234567890"),
        ("6012–3456—7890", "601234567890"),
    ],
)
def test_a_number_is_found_however_it_was_typed(typed: str, kept: str) -> None:
    assert normal_parcel_number(typed) == normal_bl_number(typed) == kept


@pytest.mark.parametrize("typed", ["abc", "1" * 36, "송장12345", "https://x.test/1?a=2", "<script>", "12;34 DROP"])
def test_what_is_no_number_is_refused_in_both_languages(typed: str) -> None:
    with pytest.raises(RequestError) as refused:
        normal_parcel_number(typed)
    assert refused.value.error_code == "request.parcel_number"
    assert "운송장번호" in refused.value.message("ko")
    assert "parcel number" in refused.value.message("en")


@pytest.mark.parametrize(
    ("typed", "digits", "shown"),
    [
        ("4202.92-1000", "4202921000", "4202.92-1000"),
        ("４２０２．９２－１０００", "4202921000", "4202.92-1000"),
        ("420292", "420292", "4202.92"),
        ("4202 92 10", "42029210", "4202.92-10"),
        ("", "", ""),
    ],
)
def test_hs_codes(typed: str, digits: str, shown: str) -> None:
    assert normal_hs_code(typed) == digits
    assert shown_hs_code(digits) == shown
    assert normal_hs_code(shown) == digits


@pytest.mark.parametrize("typed", ["42029", "42029210001", "4202.92-10AB", "٤٢٠٢٩٢", "사이공이구이"])
def test_a_wrong_hs_code_is_refused(typed: str) -> None:
    if typed == "٤٢٠٢٩٢":
        # Digits of other scripts are not the tariff's.
        assert not typed.isascii()
    with pytest.raises(RequestError):
        normal_hs_code(typed)


def test_item_names_are_composed_and_cut_of_what_cannot_be_seen() -> None:
    assert normal_item_name("\u1109\u1169\u11ab가방\u202e  leather\n\tbag\x00") == "손가방 leather bag"
    with pytest.raises(RequestError):
        normal_item_name("가" * (MOST_ITEM_NAME + 1))


def test_declare_names_the_field_that_is_wrong() -> None:
    assert declare().model_dump(exclude_defaults=True) == {}
    with pytest.raises(RequestError) as refused:
        declare(parcel_number="601234567890", hs_code="1")
    assert refused.value.error_code == "request.hs_code"


@given(st.text(max_size=80))
def test_any_text_is_refused_or_has_one_spelling(typed: str) -> None:
    for rule in (normal_parcel_number, normal_hs_code, normal_item_name):
        try:
            kept = rule(typed)
        except RequestError:
            continue
        assert rule(kept) == kept
