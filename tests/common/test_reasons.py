"""Reasons go by one rule, and every record has room for what the rule takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from pandok.common.reasons import MOST_REASON, REMARK, checked_reason, given_words
from pandok.core.errors import RequestError

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pandok"
SHORT_BY_THEMSELVES = {
    "PersonSession.ended_reason",  # a word of the program
    "RunEvent.reason",  # errors of workers, cut where they are written
}


def test_every_record_has_room_for_a_reason_that_the_rule_takes() -> None:
    narrow = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.name.endswith("reason") and (getattr(field, "max_length", None) or MOST_REASON) < MOST_REASON
    }
    assert narrow == SHORT_BY_THEMSELVES, "PostgreSQL refuses what does not fit"


def test_no_page_takes_less_of_a_reason_than_the_rule() -> None:
    narrow = [
        f"{path.name}: {found[0][:80]}"
        for path in SOURCE.rglob("*.html")
        for found in re.finditer(r'<(?:input|textarea)[^>]*name="reason"[^>]*>', path.read_text(encoding="utf-8"))
        if (limit := re.search(r'maxlength="(\d+)"', found[0])) and int(limit[1]) < MOST_REASON
    ]
    assert narrow == []


@pytest.mark.parametrize(("words", "code"), [(" \n", "case.no_reason"), ("x" * (MOST_REASON + 1), "case.too_long")])
def test_nothing_and_too_much_are_refused_for_an_everyday_step(words: str, code: str) -> None:
    with pytest.raises(RequestError) as refused:
        given_words(words)
    assert refused.value.error_code == code


def test_a_phrase_is_enough_for_an_everyday_step_and_not_for_what_cannot_be_undone() -> None:
    assert given_words(" 같음 ") == "같음"
    with pytest.raises(RequestError) as refused:
        checked_reason("같음")
    assert refused.value.error_code == "request.reason"


def test_a_remark_says_that_it_is_the_note_that_is_too_long() -> None:
    with pytest.raises(RequestError) as refused:
        given_words("x" * (MOST_REASON + 1), REMARK)
    assert refused.value.error_code == "case.note_too_long"
    assert "메모가" in refused.value.what.ko
