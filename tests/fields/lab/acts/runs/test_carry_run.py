"""A run from the queue to its score, with models that are functions: what ends it, who pays, what is kept."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from pandok.common.models import AuditEntry
from pandok.common.records.lifecycle import Overtaken
from pandok.core.errors import StoreError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.engines.bulk.local import LocalBulk
from pandok.engines.onnx_gate.refusals import GateRefusal
from pandok.engines.sandbox.codes import SandboxCode
from pandok.fields.lab.acts.runs.carry_run import do_run
from pandok.fields.lab.acts.runs.holding import take
from pandok.fields.lab.acts.runs.operating import cancel_run
from pandok.fields.lab.acts.runs.run_moves import went_silent
from pandok.fields.lab.acts.runs.run_tools import RunTools
from pandok.fields.lab.acts.runs.sealed_part import MOST_FATAL
from pandok.fields.lab.models import CaseOutput, Run, RunEvent
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.runs.fakes import (
    START,
    FakeInputs,
    FakeSandboxes,
    Scored,
    failing,
    make_account,
    make_registration,
    make_run,
    make_submission,
    make_tools,
    score_of,
    total,
)
from tests.roles import Role

pytestmark = pytest.mark.django_db
S = RunState


def carried(run: Run, tools: RunTools) -> Run:
    do_run(run_id=run.pk, tools=tools, clock=lambda: START)
    run.refresh_from_db()
    return run


def states(run: Run) -> list[str]:
    return list(RunEvent.objects.filter(run=run).order_by("sequence").values_list("to_state", flat=True))


def test_a_good_model_goes_all_the_way() -> None:
    score = Scored()
    run = carried(make_run(make_registration()), make_tools(score=score))
    assert run.stands is S.AWAITING_RELEASE
    assert states(run) == ["queued", "leased", "checking", "running", "scoring", "awaiting_release"]
    assert score.runs == [run.pk]
    assert (run.done, run.total, run.sandbox_level, run.charged) == (30, 30, 2, True)
    outputs = list(run.outputs.all())
    assert [one.value for one in outputs] == [[score_of(number)] for number in range(30)]
    assert all(len(one.output_sha256) == 64 and not one.missing for one in outputs)


def test_every_step_stands_in_the_audit_trail() -> None:
    run = carried(make_run(make_registration()), make_tools())
    entries = AuditEntry.objects.filter(object=f"run:{run.pk}").order_by("sequence")
    assert [one.action.removeprefix("lab.run.") for one in entries] == states(run)
    assert {one.details["registration"] for one in entries} == {run.registration.sha256}


def test_a_model_that_the_gate_refuses_never_sees_sealed_data() -> None:
    inputs = FakeInputs()
    refusals = (GateRefusal("graph.subgraph", "Loop"), GateRefusal("data.external", "w"))
    tools = make_tools(sandboxes=FakeSandboxes(refusals=refusals), inputs=inputs)
    run = carried(make_run(make_registration()), tools)
    assert run.stands is S.REFUSED
    assert [one["code"] for one in run.refusals] == ["graph.subgraph", "data.external"]
    assert (run.died_at, run.charged, inputs.opened) == ("checking", False, [])


@pytest.mark.parametrize(
    ("samples", "where"),
    [
        ({"p003": [score_of(3) + 0.5]}, "p003, 1"),
        ({"p003": [score_of(3), 1.0]}, "p003: 1 ≠ 2"),
    ],
)
def test_outputs_that_cannot_be_reproduced_are_refused_with_the_case(
    samples: dict[str, list[float]], where: str
) -> None:
    registration = make_registration()
    run = carried(make_run(registration, make_submission(registration, sample_outputs=samples)), make_tools())
    assert (run.stands, run.refusal_code) == (S.REFUSED, "run.samples_differ")
    assert where in run.refusals[0]["where"]


def test_outputs_within_the_tolerance_are_accepted() -> None:
    registration = make_registration()
    submission = make_submission(registration, sample_outputs={"p003": [score_of(3) + 5e-4]})
    assert carried(make_run(registration, submission), make_tools()).stands is S.AWAITING_RELEASE


def test_a_model_that_answers_differently_the_second_time_is_refused() -> None:
    calls = itertools.count()
    drifting = FakeSandboxes(model=lambda x: total(x) + 1e-7 * next(calls))
    run = carried(make_run(make_registration()), make_tools(sandboxes=drifting))
    assert (run.stands, run.refusal_code, run.charged) == (S.REFUSED, "run.not_repeatable", False)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (SandboxCode.TIME_LIMIT, S.TIMED_OUT),
        (SandboxCode.MEMORY_LIMIT, S.REFUSED),
        (SandboxCode.CRASHED, S.REFUSED),
        (SandboxCode.BAD_INPUT, S.REFUSED),
    ],
)
def test_a_failure_on_a_public_case_ends_the_run_and_costs_nothing(code: SandboxCode, state: RunState) -> None:
    tools = make_tools(sandboxes=FakeSandboxes(model=failing(code, lambda x: x[0, 0] == 7.5)))
    run = carried(make_run(make_registration()), tools)
    assert (run.stands, run.refusal_code, run.charged) == (state, code.value, False)
    assert run.refusals[0]["where"] == "p007"


def test_a_sealed_case_without_an_output_is_missing_and_the_run_goes_on() -> None:
    sandboxes = FakeSandboxes(model=failing(SandboxCode.CRASHED, lambda x: x[0, 0] == 35.5))
    run = carried(make_run(make_registration()), make_tools(sandboxes=sandboxes, inputs=FakeInputs(count=40)))
    assert run.stands is S.AWAITING_RELEASE
    assert list(run.outputs.exclude(missing="").values_list("number", "missing")) == [(35, "sandbox.crashed")]
    assert sandboxes.loads == 2 + 2


def test_a_model_that_breaks_down_again_and_again_is_stopped_and_says_where_to_the_operator_only() -> None:
    sandboxes = FakeSandboxes(model=failing(SandboxCode.TIME_LIMIT, lambda x: x[0, 0] >= 30.5))
    run = carried(make_run(make_registration()), make_tools(sandboxes=sandboxes, inputs=FakeInputs(count=90)))
    assert (run.stands, run.died_at, run.died_at_case) == (S.TIMED_OUT, "running", 30 + MOST_FATAL)
    assert run.refusals == [{"code": "sandbox.time_limit", "where": "", "said": None}]
    assert run.charged


def test_a_run_that_takes_too_long_in_all_is_timed_out() -> None:
    run = carried(make_run(make_registration()), make_tools(run_seconds=0.0))
    assert (run.stands, run.refusal_code) == (S.TIMED_OUT, "run.total_time")


def test_an_output_that_is_no_number_is_missing() -> None:
    tools = make_tools(
        sandboxes=FakeSandboxes(model=lambda x: total(x) if x[0, 0] < 30 else np.full((1, 1), np.nan, np.float32)),
        inputs=FakeInputs(count=32),
    )
    run = carried(make_run(make_registration()), tools)
    assert set(run.outputs.filter(number__gte=30).values_list("missing", flat=True)) == {"feeding.output_not_finite"}


def test_sealed_data_are_refused_below_the_registered_level_and_the_attempt_is_given_back() -> None:
    inputs = FakeInputs()
    run = carried(make_run(make_registration()), make_tools(sandboxes=FakeSandboxes(level=1), inputs=inputs))
    assert (run.stands, run.refusal_code, run.charged, inputs.opened) == (S.FAILED_LAB, "lab.sandbox_level", False, [])


def test_a_trouble_of_the_lab_puts_the_run_back_and_it_goes_on_from_what_is_stored() -> None:
    said = Text(ko="열 수 없음", en="cannot be opened")

    def breaks(number: int) -> None:
        if number == 450:
            raise StoreError(said, said, code="store.vault_broken")

    run, score = make_run(make_registration()), Scored()
    broken = make_tools(inputs=FakeInputs(count=500, at=breaks), score=score)
    with pytest.raises(StoreError):
        do_run(run_id=run.pk, tools=broken, clock=lambda: START)
    run.refresh_from_db()
    assert (run.stands, run.done, run.lease_until) == (S.QUEUED, 400, None)
    whole = FakeInputs(count=500)
    assert carried(run, make_tools(inputs=whole, score=score)).stands is S.AWAITING_RELEASE
    assert whole.opened == list(range(400, 500))
    assert (run.outputs.count(), run.done, score.runs) == (500, 500, [run.pk])


def test_another_environment_does_not_go_on_with_half_a_run() -> None:
    run, score = make_run(make_registration()), Scored(error=StoreError(Text(ko="", en=""), Text(ko="", en="")))
    with pytest.raises(StoreError):
        do_run(run_id=run.pk, tools=make_tools(score=score), clock=lambda: START)
    run = carried(run, make_tools(environment={"onnxruntime": "1.32"}))
    assert (run.stands, run.refusal_code, run.charged) == (S.FAILED_LAB, "lab.environment", False)


def test_what_an_overtaken_worker_brings_is_dropped() -> None:
    run = make_run(make_registration())
    old = take(run.pk, worker="old", now=START, lease_s=60)
    new = take(run.pk, worker="new", now=START, lease_s=60)
    assert old is not None
    assert new is not None
    assert new.fencing > old.fencing
    with pytest.raises(Overtaken):
        old.store([CaseOutput(run=run, number=0, case_id="c", value=[1.0], fencing=old.fencing)], now=START)
    with pytest.raises(Overtaken):
        old.move(S.CHECKING, now=START)
    assert not old.beat(START)
    assert not CaseOutput.objects.exists()
    assert new.beat(START)
    assert went_silent("old") in RunEvent.objects.filter(run=run).values_list("reason", flat=True)


def test_a_cancelled_run_ends_under_its_worker_and_is_not_charged() -> None:
    run = make_run(make_registration())
    operator = make_account("operator", Role.LAB_OPERATOR)

    def cancels(number: int) -> None:
        if number == 3:
            cancel_run(run=Run.objects.get(pk=run.pk), reason="the wrong pack", actor=operator, now=START)

    score = Scored()
    carried(run, make_tools(inputs=FakeInputs(at=cancels), score=score))
    assert (run.stands, run.charged, score.runs) == (S.CANCELLED, False, [])
    assert run.outputs.count() == 0
    assert do_run(run_id=run.pk, tools=make_tools(), clock=lambda: START) is None


def test_several_sandboxes_give_the_same_outputs_as_one() -> None:
    registration = make_registration()
    one = carried(make_run(registration), make_tools())
    three = carried(make_run(registration), make_tools(bulk=LocalBulk(3)))
    rows = [list(run.outputs.values_list("number", "case_id", "value", "output_sha256")) for run in (one, three)]
    assert rows[0] == rows[1]


def test_the_confirm_part_is_run_on_its_own_cases() -> None:
    run = carried(make_run(make_registration(), part=Part.CONFIRM), make_tools())
    assert run.outputs.first().case_id == "confirm-0000"


def test_a_lab_failure_past_the_seal_gives_one_attempt_back_however_it_was_found() -> None:
    """By the run itself as by the job; and what is kept of it names no sealed case."""
    registration, charged = make_registration(), []
    submission = make_submission(registration)
    for _ in range(3):
        run, score = (
            make_run(registration, submission),
            Scored(error=StoreError(Text(ko="", en=""), Text(ko="", en=""))),
        )
        with pytest.raises(StoreError):
            do_run(run_id=run.pk, tools=make_tools(score=score), clock=lambda: START)
        run = carried(run, make_tools(environment={"onnxruntime": "1.32"}))
        assert (run.stands, run.refusal_code, run.died_at_case) == (S.FAILED_LAB, "lab.environment", None)
        assert run.refusals == [GateRefusal("lab.environment").__dict__ | {"said": None}]
        charged.append(run.charged)
    assert charged == [False, True, True]
    before = carried(make_run(registration, submission), make_tools(sandboxes=FakeSandboxes(level=1)))
    assert (before.refusal_code, before.charged) == ("lab.sandbox_level", False)
