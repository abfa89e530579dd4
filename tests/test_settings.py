"""Settings whose values have a form of their own."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pandok.settings import Settings


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"group": 1}', '"officer"'])
def test_a_role_map_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="oidc_role_map"):
        Settings(oidc_role_map=text)


def test_a_role_map_is_kept_as_written() -> None:
    assert Settings(oidc_role_map='{"customs": "officer"}').oidc_role_map == '{"customs": "officer"}'


@pytest.mark.parametrize("change", [{"two_step": "on"}, {"idle_minutes": 0}, {"idle_minutes": 10_000}])
def test_values_out_of_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"answer_review": 0}', '{"answer_review": "3"}', '{"answer_review": true}']
)
def test_terms_of_the_office_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="office_terms"):
        Settings(office_terms=text)
