"""The table of moves, and the rule that nobody takes files out alone."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.fields.lab.states.export_states import (
    TABLE,
    Choice,
    ExportState,
    Vote,
    approved,
)


def test_every_state_has_words_and_its_moves() -> None:
    assert set(TABLE.states) == set(ExportState)
    assert all(state.words.ko and state.words.en for state in ExportState)
    assert {state for state in ExportState if state.ended} == {
        ExportState.RELEASED,
        ExportState.REJECTED,
        ExportState.WITHDRAWN,
    }


@pytest.mark.parametrize("old", ExportState)
def test_released_is_reached_from_approved_only(old: ExportState) -> None:
    assert TABLE.has(old, ExportState.RELEASED) == (old is ExportState.APPROVED)
    assert TABLE.has(old, ExportState.APPROVED) == (old is ExportState.PARTIALLY_REVIEWED)


VOTES = st.builds(
    Vote,
    voter=st.sampled_from("abcd"),
    sums=st.sampled_from(["now", "before"]),
    choice=st.sampled_from(list(Choice)),
    models=st.booleans(),
)


@given(st.lists(VOTES, max_size=6), st.booleans())
def test_approval_needs_two_others_who_agree_on_these_files(votes: list[Vote], has_model: bool) -> None:
    found = approved(votes, author="a", sums="now", has_model=has_model)
    others = [vote for vote in votes if vote.voter != "a" and vote.sums == "now"]
    agree = {vote.voter for vote in others if vote.choice is Choice.APPROVE and (vote.models or not has_model)}
    against = any(vote.choice is not Choice.APPROVE for vote in others)
    assert found == (len(agree) >= 2 and not against)


def test_one_person_twice_is_one_person() -> None:
    for one, other in product((True, False), repeat=2):
        twice = [Vote("b", "s", Choice.APPROVE, one), Vote("b", "s", Choice.APPROVE, other)]
        assert not approved(twice, author="a", sums="s", has_model=False)
