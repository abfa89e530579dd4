"""The law as data: versions by day, clocks that fit the states."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from pandok.core.cases.law import LawVersion, law_on
from pandok.core.cases.states import State, Turn, allowed
from pandok.desk.cases.law import law_versions


def test_shipped_versions_fit_the_table_of_states() -> None:
    for law in law_versions():
        for clock in law.clocks:
            assert clock.starts_in in clock.runs_in
            if clock.at_expiry is not None:
                assert any(allowed(state, clock.at_expiry, Turn.SYSTEM) for state in clock.runs_in), clock.id


def test_the_terms_of_the_field_note() -> None:
    law = law_on(law_versions(), date(2026, 11, 21))
    request = law.clock("holder_request")
    assert (request.length_days(recorded=True), request.length_days(recorded=False)) == (7, 5)
    assert law.clock("suit").days == 10
    assert law.security_percent == 120
    assert law.advance_request_days_before_arrival == 20
    assert request.starts_in is State.NOTIFIED


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
