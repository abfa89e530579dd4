"""What is declared of steps and states holds together: every act exists, every button can be pressed."""

from __future__ import annotations

import inspect

import pytest

from pandok.fields.counterfeit.acts.cases.officer_steps import Details, act_of
from pandok.fields.counterfeit.states import STAGES, State, Turn, ways_from
from pandok.fields.counterfeit.steps import Step


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words_and_something_that_does_it(step: Step) -> None:
    assert step.words.ko
    assert step.words.en
    takes = inspect.signature(act_of(step)).parameters
    assert {"case", "actor", "reason", "now"} <= set(takes)
    if step.means.choice:
        assert step.means.choice.name in takes
        assert hasattr(Details(), step.means.choice.name)


@pytest.mark.parametrize("step", [one for one in Step if one.means.leads_to])
def test_every_step_that_leads_on_has_a_way_of_the_table(step: Step) -> None:
    assert any(step.means.leads_to in ways_from(state, Turn.OFFICER) for state in State)


@pytest.mark.parametrize("state", [one for one in State if one.means.next_step])
def test_the_first_button_of_a_state_can_be_pressed_there(state: State) -> None:
    step = Step(state.means.next_step)
    assert step.means.leads_to is None or step.means.leads_to in ways_from(state, Turn.OFFICER)


@pytest.mark.parametrize("state", State)
def test_every_state_says_what_to_do_and_where_it_stands(state: State) -> None:
    assert state.means.to_do.ko
    assert state.means.to_do.en
    assert state.means.stage in STAGES
