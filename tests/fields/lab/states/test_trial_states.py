"""The table of a trial's moves: nothing skips a step, and nobody opens what still runs."""

from __future__ import annotations

import pytest

from pandok.fields.lab.states.trial_states import JUDGED, OPENED, STOPPED, TABLE, Mover, TrialState, may_move, moves_of

S = TrialState


def reachable(start: TrialState) -> set[TrialState]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for old, new in TABLE.moves:
            if old is here and new not in found:
                found.add(new)
                waiting.append(new)
    return found


def test_every_state_is_reached_and_every_move_is_somebodys() -> None:
    assert reachable(S.DRAFT) == set(S)
    assert all(by for by in TABLE.moves.values())


@pytest.mark.parametrize("state", sorted(STOPPED))
def test_only_a_stopped_trial_is_opened_and_only_by_an_evaluator(state: TrialState) -> None:
    assert [old for old, new in TABLE.moves if new is S.UNBLINDED and old not in STOPPED] == []
    assert TABLE.moves[(state, S.UNBLINDED)] == {Mover.EVALUATOR}


def test_boundaries_stop_a_trial_and_no_person() -> None:
    for state in (S.STOPPED_HARM, S.STOPPED_BENEFIT):
        assert [by for by in Mover if may_move(S.RUNNING, state, by)] == [Mover.SYSTEM]


def test_nothing_runs_again_and_nothing_leaves_the_end() -> None:
    assert S.RUNNING not in reachable(S.STOPPED_HARM) | reachable(S.COMPLETED)
    assert moves_of(S.EXPIRED, frozenset(Mover)) == ()
    assert JUDGED < OPENED
    assert not OPENED & {S.DRAFT, S.REGISTERED, S.RUNNING} | (OPENED & STOPPED)


def test_every_state_has_words() -> None:
    assert all(state.words.ko and state.words.en for state in S)
