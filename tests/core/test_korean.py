"""Particles after names, numbers and words in another script."""

from __future__ import annotations

import pytest

from pandok.core.korean import particle
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.notices.wordings import fill


@pytest.mark.parametrize(
    ("word", "after_consonant", "fits"),
    [
        ("시연 통관장", "으로", "으로"),
        ("인천공항 우편세관", "으로", "으로"),
        ("서울", "으로", "로"),
        ("평택지소", "으로", "로"),
        ("제3창고(B동)", "으로", "으로"),
        ("통관보류 요청 기한", "이", "이"),
        ("심사", "이", "가"),
        ("2026-000001", "을", "을"),
        ("2026-000002", "은", "는"),
        ("Incheon", "과", "와"),
        ("", "이", "가"),
    ],
)
def test_a_particle_fits_the_last_sound(word: str, after_consonant: str, fits: str) -> None:
    assert particle(word, after_consonant) == fits


def test_a_notice_says_the_office_with_its_particle() -> None:
    asks = Text(ko="문의는 {office:으로} 하십시오.", en="Please ask {office}.")
    assert fill(asks, {"office": Text(ko="시연 통관장", en="Demo")}).ko == "문의는 시연 통관장으로 하십시오."
    assert fill(asks, {"office": Text(ko="우체국 분소", en="Demo")}).ko == "문의는 우체국 분소로 하십시오."
