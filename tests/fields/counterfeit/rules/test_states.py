"""The table of states: reachable, closed, and nobody moves out of turn."""

from __future__ import annotations

import pytest

from pandok.fields.counterfeit.states import TABLE, TURN_OF, State, Turn, allowed, ways_from


def test_every_state_can_be_reached_and_left_and_only_closed_is_final() -> None:
    reached = {State.CAPTURED} | {end for _, end in TABLE.moves}
    left = {start for start, _ in TABLE.moves}
    assert reached == set(State)
    assert set(State) - left == {State.CLOSED}


def test_the_end_is_reachable_from_everywhere() -> None:
    can_end = {State.CLOSED}
    while more := {start for start, end in TABLE.moves if end in can_end} - can_end:
        can_end |= more
    assert can_end == set(State)


def test_every_state_has_a_turn_and_a_title_in_both_languages() -> None:
    assert set(TURN_OF) == set(State)
    for state in State:
        assert state.words.ko
        assert state.words.en
    for turn in Turn:
        assert turn.words.ko
        assert turn.words.en


@pytest.mark.parametrize("turn", [Turn.HOLDER, Turn.IMPORTER, Turn.APPRAISER, Turn.SYSTEM])
def test_only_customs_decides_and_closes(turn: Turn) -> None:
    for state in State:
        assert not allowed(state, State.DECIDED, turn)
        assert not allowed(state, State.CLOSED, turn)
        # The clock may only take back an end that a late holiday undid.
        assert not allowed(state, State.NOTIFIED, turn) or (turn is Turn.SYSTEM and state is State.LAPSED)


def test_the_importer_moves_no_state() -> None:
    assert all(ways_from(state, Turn.IMPORTER) == () for state in State)


def test_nothing_skips_the_notice() -> None:
    assert not allowed(State.CANDIDATE_CHOSEN, State.SUSPENSION_REQUESTED, Turn.HOLDER)
    assert not allowed(State.CANDIDATE_CHOSEN, State.DECIDED, Turn.OFFICER)
    assert not allowed(State.READ, State.NOTIFIED, Turn.OFFICER)


def test_no_officer_ends_a_term_by_the_state_of_lapse() -> None:
    for state in State:
        for turn in set(Turn) - {Turn.SYSTEM}:
            assert not allowed(state, State.LAPSED, turn)
