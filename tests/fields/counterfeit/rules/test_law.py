"""The law as data: versions by day, clocks that fit the states."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pydantic import ValidationError

from pandok.fields.counterfeit.acts.notices.notice_phrases import percent
from pandok.fields.counterfeit.law.law_versions import law_versions
from pandok.fields.counterfeit.law.values import Citation, LawVersion, law_on
from pandok.fields.counterfeit.states import State, Turn, allowed


def test_shipped_versions_fit_the_table_of_states() -> None:
    for law in law_versions():
        for clock in law.clocks:
            assert clock.starts_in is None or clock.starts_in in clock.runs_in
            if clock.at_expiry is not None:
                assert any(allowed(state, clock.at_expiry, Turn.SYSTEM) for state in clock.runs_in), clock.id


def test_the_terms_of_the_field_note() -> None:
    law = law_on(law_versions(), date(2026, 11, 21))
    request = law.clock("holder_request")
    assert (request.length_days(recorded=True), request.length_days(recorded=False)) == (7, 5)
    assert law.clock("suit").days == 10
    assert law.security_percent == 120
    assert law.advance_request_days_before_arrival == 20
    assert request.starts_when_told == "holder_notice"
    assert State.NOTIFIED in request.runs_in


def test_ten_days_for_a_suit_count_from_the_day_the_holder_is_told_of_the_suspension() -> None:
    suit = law_on(law_versions(), date(2026, 11, 21)).clock("suit")
    assert (suit.starts_when_told, suit.days, suit.kind, suit.extension_days) == (
        "suspension_holder",
        10,
        "business",
        10,
    )


def test_every_source_is_an_article_with_a_day_and_a_link_to_the_official_text() -> None:
    for law in law_versions():
        for one in (*law.sources, *law.appeal_sources, *(source for clock in law.clocks for source in clock.sources)):
            assert one.url.startswith("https://www.law.go.kr/")
            assert one.as_of <= law.valid_from
            assert "Field notes" not in one.words.en
            assert re.search("[가-힣]", one.words.ko)
            assert (one.compared is None) != (one.unverified is None), one.words.en
            assert not re.search("[A-Za-z]{4}", one.words.ko)


def test_release_is_decided_within_the_days_of_the_decree() -> None:
    """Decree, article 240(3): 15 days from the request, the last of them moved by article 8(3) of the Act."""
    review = law_on(law_versions(), date(2026, 11, 21)).clock("release_review")
    assert (review.days, review.kind, review.basis) == (15, "calendar", "law")
    assert "제240조제3항" in review.source.ko


def test_small_enterprises_give_less_security_and_notices_say_so() -> None:
    """Decree, article 241(2)."""
    law = law_on(law_versions(), date(2026, 11, 21))
    assert (law.security_percent, law.security_percent_small) == (120, 40)
    assert percent(law.security_percent, law.security_percent_small).ko.count("퍼센트") == 2
    assert percent(120).ko == "120퍼센트"


def test_terms_of_the_office_are_said_to_be_none_of_the_law_and_can_be_set() -> None:
    law = law_on(law_versions(), date(2026, 11, 21))
    own = [clock for clock in law.clocks if clock.basis == "office"]
    assert {clock.id for clock in own} == {"answer_review", "suspension_decision"}
    for clock in own:
        assert "기관 내부 기한" in clock.title.ko
        assert "기관 내부 기한(법정 기한 아님)" in clock.source.ko
    assert law.with_office_terms({"answer_review": 5}).clock("answer_review").days == 5
    assert law.with_office_terms({"answer_review": 5}).clock("suspension_decision").days == 3
    with pytest.raises(ValueError, match="holder_request"):
        law.with_office_terms({"holder_request": 30})


def test_an_article_says_how_it_was_compared_or_that_it_was_not() -> None:
    with pytest.raises(ValidationError):
        Citation.model_validate(law_versions()[0].sources[0].model_dump() | {"unverified": None})


def test_a_newer_version_holds_from_its_first_day_only() -> None:
    old = law_versions()[0]
    new = old.model_copy(update={"version": "KR-2031", "valid_from": date(2031, 1, 1)})
    assert law_on([old, new], date(2030, 12, 31)) is old
    assert law_on([new, old], date(2031, 1, 1)) is new
    with pytest.raises(LookupError):
        law_on([new], date(2030, 1, 1))


def test_two_clocks_of_one_name_are_refused() -> None:
    law = law_versions()[0]
    with pytest.raises(ValidationError):
        LawVersion.model_validate(law.model_dump() | {"clocks": [law.clocks[0].model_dump()] * 2})
