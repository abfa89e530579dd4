"""A model answers as it would outside; one that does not is ended with a code and nothing more."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from pandok.engines.sandbox.codes import SandboxCode, SandboxError
from pandok.engines.sandbox.inside.duty_model import options
from pandok.engines.sandbox.layers import ALL
from pandok.engines.sandbox.limits import MIB, Limits
from pandok.engines.sandbox.loaded_model import Running
from pandok.engines.sandbox.sandbox import Sandbox
from tests.engines.onnx_gate.corpus import good, model, value
from tests.engines.sandbox import hostile_duty, models

SMALL = Limits(memory_bytes=512 * MIB, input_bytes=MIB, output_bytes=4096, seconds_per_case=20, seconds_in_all=60)
CASE = np.arange(4, dtype=np.float32).reshape(1, 4)
HOSTILE_DUTY = "tests.engines.sandbox.hostile_duty"


def failure(sandbox: Sandbox, model: bytes, limits: Limits = SMALL, case: np.ndarray = CASE) -> SandboxCode:
    with pytest.raises(SandboxError) as caught, sandbox.load(model, limits) as running:
        running.run({"x": case})
    return caught.value.sandbox_code


def test_answers_are_those_of_the_runtime_outside_bit_for_bit(sandbox: Sandbox) -> None:
    encoder = (files("pandok") / "models" / "pandok-design" / "encoder.onnx").read_bytes()
    session = onnxruntime.InferenceSession(encoder, options(), providers=["CPUExecutionProvider"])
    pictures = np.random.default_rng(5).integers(0, 256, (4, 1, 224, 224, 3), np.uint8)
    with sandbox.load(encoder) as running:
        for picture in pictures:
            inside = running.run({"pictures": picture})
            outside = session.run(["plain", "tuned"], {"pictures": picture})
            assert [inside[name].tobytes() for name in ("plain", "tuned")] == [one.tobytes() for one in outside]
    assert running.ended["signal"] in (0, 9)


def test_an_answer_is_the_callers_own(sandbox: Sandbox) -> None:
    with sandbox.load(good(), SMALL) as running:
        first = running.run({"x": CASE})["y"]
        kept = first.copy()
        running.run({"x": CASE * 100})
        assert np.array_equal(first, kept)
        assert np.array_equal(first, CASE + 1)


@pytest.mark.parametrize(
    "tensors",
    [
        {},
        {"z": CASE},
        {"x": CASE, "label": CASE},
        {"x": CASE.astype(np.float64)},
        {"x": CASE.reshape(4, 1)},
        {"x": CASE.reshape(4)},
        {"x": np.array(["a"])},
        {"x": np.zeros((1, MIB), np.float32)},
    ],
    ids=["none", "another name", "one too many", "another type", "another shape", "another rank", "text", "too large"],
)
def test_inputs_that_the_model_does_not_take(sandbox: Sandbox, tensors: dict[str, np.ndarray]) -> None:
    with pytest.raises(SandboxError) as caught, sandbox.load(good(), SMALL) as running:
        running.run(tensors)
    assert caught.value.sandbox_code == SandboxCode.BAD_INPUT


def test_time(sandbox: Sandbox) -> None:
    limits = Limits(memory_bytes=512 * MIB, input_bytes=MIB, output_bytes=4096, seconds_per_case=0.3)
    assert failure(sandbox, models.burns_time(), limits) == SandboxCode.TIME_LIMIT
    assert failure(sandbox, models.endless_loop(), limits) == SandboxCode.TIME_LIMIT


def test_time_of_all_cases_together(sandbox: Sandbox) -> None:
    limits = Limits(input_bytes=MIB, output_bytes=4096, seconds_per_case=60, seconds_in_all=0.3)
    assert failure(sandbox, models.burns_time(), limits) == SandboxCode.TIME_LIMIT


def test_memory(sandbox: Sandbox) -> None:
    assert failure(sandbox, models.takes_memory_when_it_loads()) == SandboxCode.MEMORY_LIMIT
    sizes = np.array([[4096, 4096, 64, 16]], np.float32)
    assert failure(sandbox, models.takes_memory_when_it_runs(), case=sizes) == SandboxCode.MEMORY_LIMIT


def test_a_model_that_fails_while_computing(sandbox: Sandbox) -> None:
    assert failure(sandbox, models.reaches_beyond_its_weights(), case=CASE + 1000) == SandboxCode.CRASHED


def test_a_file_that_does_not_load(sandbox: Sandbox) -> None:
    assert failure(sandbox, b"garbage") == SandboxCode.LOAD_REFUSED
    assert failure(sandbox, b"") == SandboxCode.LOAD_REFUSED
    assert failure(sandbox, good()[:-9]) == SandboxCode.LOAD_REFUSED


def test_values_that_are_not_finite(sandbox: Sandbox) -> None:
    assert failure(sandbox, models.answers_no_number(), case=-CASE) == SandboxCode.BAD_OUTPUT
    allowed = Limits(input_bytes=MIB, output_bytes=4096, may_be_nan=True)
    with sandbox.load(models.answers_no_number(), allowed) as running:
        assert np.isnan(running.run({"x": -CASE - 1})["y"]).all()


def test_an_answer_that_does_not_fit(sandbox: Sandbox) -> None:
    assert failure(sandbox, models.answers_more_than_fits()) == SandboxCode.BAD_OUTPUT


def test_after_a_failure_nothing_is_answered(sandbox: Sandbox) -> None:
    with sandbox.load(models.answers_no_number(), SMALL) as running:
        for _ in range(2):
            with pytest.raises(SandboxError):
                running.run({"x": -CASE})
    with pytest.raises(SandboxError):
        running.run({"x": CASE + 1})


def test_many_inputs_with_long_names(sandbox: Sandbox) -> None:
    names = [f"{number:03}" + "n" * 190 for number in range(32)]
    made = model(
        [helper.make_node("Sum", names, ["y"])], inputs=[value(name) for name in names], outputs=[value("y")]
    ).SerializeToString()
    with sandbox.load(made, SMALL) as running:
        assert np.array_equal(running.run(dict.fromkeys(names, CASE))["y"], 32 * CASE)


def test_answers_before_the_question_are_not_taken_for_answers() -> None:
    """The words that were too many are heard with the first answer; the next question finds them and ends it."""
    with Running(b"two answers at once", SMALL, ALL, duty=HOSTILE_DUTY) as running:
        running.run({"x": CASE})
        with pytest.raises(SandboxError) as caught:
            running.run({"x": CASE})
    assert caught.value.sandbox_code == SandboxCode.BAD_OUTPUT


@pytest.mark.parametrize("how", hostile_duty.ANSWERS)
def test_hostile_answers_are_refused(how: str) -> None:
    with Running(how.encode(), SMALL, ALL, duty=HOSTILE_DUTY) as running:
        with pytest.raises(SandboxError) as caught:
            running.run({"x": CASE})
        assert caught.value.sandbox_code in (SandboxCode.BAD_OUTPUT, SandboxCode.CRASHED)
        assert "label" not in str(caught.value.as_dict())


@pytest.mark.parametrize("how", [*hostile_duty.DECLARED, "a frame without end", "half a frame"])
def test_hostile_words_about_the_model_are_refused(how: str) -> None:
    with pytest.raises(SandboxError) as caught:
        Running(how.encode(), SMALL, ALL, duty=HOSTILE_DUTY)
    assert caught.value.sandbox_code in (SandboxCode.LOAD_REFUSED, SandboxCode.BAD_OUTPUT, SandboxCode.CRASHED)


def test_silence_is_ended_by_the_clock() -> None:
    limits = Limits(seconds_to_load=0.2, input_bytes=MIB, output_bytes=4096)
    with pytest.raises(SandboxError) as caught:
        Running(b"silence", limits, ALL, duty=HOSTILE_DUTY)
    assert caught.value.sandbox_code == SandboxCode.TIME_LIMIT


def test_several_cases_handed_over_at_once_answer_bit_for_bit_as_one_by_one(sandbox: Sandbox) -> None:
    encoder = (files("pandok") / "models" / "pandok-design" / "encoder.onnx").read_bytes()
    pictures = np.random.default_rng(6).integers(0, 256, (5, 1, 224, 224, 3), np.uint8)
    with sandbox.load(encoder) as running:
        alone = [running.run({"pictures": picture}) for picture in pictures]
        together = running.run_several([{"pictures": picture} for picture in pictures])
        after = running.run({"pictures": pictures[0]})
    for one, other in zip(alone, together, strict=True):
        assert {name: value.tobytes() for name, value in one.items()} == {
            name: value.tobytes() for name, value in other.items()
        }
    assert after["plain"].tobytes() == alone[0]["plain"].tobytes()


def test_a_case_does_not_see_the_others_that_came_with_it(sandbox: Sandbox) -> None:
    """A mean over the batch would: each case is a call of its own."""
    node = helper.make_node("ReduceMean", ["x", "axes"], ["y"], keepdims=1)
    taken = helper.make_tensor_value_info("x", TensorProto.FLOAT, ("n", 4))
    axes = numpy_helper.from_array(np.array([0], np.int64), "axes")
    mean = model([node], [axes], [taken]).SerializeToString()
    with sandbox.load(mean, SMALL) as running:
        found = running.run_several([{"x": CASE}, {"x": CASE * 10}, {"x": CASE * 100}])
    assert [one["y"][0, 1] for one in found] == [1, 10, 100]


def test_more_cases_than_fit_are_refused_before_anything_is_written(sandbox: Sandbox) -> None:
    small = Limits(memory_bytes=512 * MIB, input_bytes=4096, output_bytes=4096, seconds_per_case=20, seconds_in_all=60)
    with sandbox.load(good(), small) as running:
        assert running.fit({"x": CASE}) == 64
        assert len(running.run_several([{"x": CASE}] * 64)) == 64
        with pytest.raises(SandboxError):
            running.run_several([{"x": CASE}] * 65)
    with sandbox.load(good(), small) as running, pytest.raises(SandboxError):
        running.run_several([{"x": CASE}, {"x": CASE.astype(np.float64)}])


def test_outputs_that_do_not_fit_together_are_no_answer(sandbox: Sandbox) -> None:
    small = Limits(memory_bytes=512 * MIB, input_bytes=MIB, output_bytes=4096, seconds_per_case=20, seconds_in_all=60)
    wide = np.ones((1, 900), np.float32)
    node = helper.make_node("Add", ["x", "x"], ["y"])
    taken, given = (helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, "n")) for name in "xy")
    twice = model([node], None, [taken], [given]).SerializeToString()
    with sandbox.load(twice, small) as running:
        assert running.run({"x": wide})["y"].shape == (1, 900)
        with pytest.raises(SandboxError) as caught:
            running.run_several([{"x": wide}, {"x": wide}])
    assert caught.value.sandbox_code is SandboxCode.BAD_OUTPUT
