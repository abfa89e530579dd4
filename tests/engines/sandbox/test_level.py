"""The level is what holds; sealed work is refused below the one that was registered."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from pandok.engines.sandbox import sandbox as module
from pandok.engines.sandbox import self_test as testing
from pandok.engines.sandbox.codes import SandboxCode, SandboxError, SandboxNotAvailable
from pandok.engines.sandbox.inside.attempts import ATTEMPTS
from pandok.engines.sandbox.inside.attempts.attempt import Attempt
from pandok.engines.sandbox.layers import ALL, FIRST_LEVEL, Layer, level_of
from pandok.engines.sandbox.sandbox import Sandbox, open_sandbox
from pandok.engines.sandbox.self_test import SelfTest, self_test
from tests.engines.onnx_gate.corpus import good


def _tested(layers: Collection[Layer]) -> SelfTest:
    """As the product does: level 0 is asked again, since a machine may only have been too busy for the good model."""
    return next((found for found in (self_test(layers) for _ in range(3)) if found.level), SelfTest(0, layers))


def test_levels_are_made_of_layers() -> None:
    assert level_of(ALL) == 2
    assert {level_of(ALL - {one}) for one in (Layer.SECCOMP, Layer.NAMESPACES)} == {1}
    assert {level_of(ALL - {one}) for one in FIRST_LEVEL} == {0}
    assert level_of(set()) == 0


@pytest.mark.parametrize("missing", list(Layer))
def test_without_one_layer_the_level_falls(missing: Layer) -> None:
    tested = _tested(ALL - {missing})
    assert tested.level == level_of(ALL - {missing})
    assert missing not in tested.layers


def test_the_layers_of_the_first_level_hold_what_they_promise() -> None:
    tested = _tested(FIRST_LEVEL)
    assert tested.level == 1
    assert {ATTEMPTS[name].level for name in tested.escaped} == {2}


def test_an_attempt_that_gets_through_takes_the_level_away(monkeypatch: pytest.MonkeyPatch) -> None:
    real = testing.attempt

    def one_gets_through(*given: object, **more: object) -> tuple[tuple[testing.Tried, ...], dict[str, object]]:
        tried, hello = real(*given, **more)  # type: ignore[arg-type]
        return tuple(testing.Tried(one.name, one.name != name, one.by) for one in tried), hello

    monkeypatch.setattr(testing, "attempt", one_gets_through)
    for name, level in (("udp_send", 1), ("read_secret_file", 0)):
        tested = self_test()
        assert tested.escaped == (name,)
        assert tested.level == level


def test_a_level_is_kept_and_a_failure_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([SelfTest(0, frozenset()), SelfTest(2, ALL)])
    monkeypatch.setattr(module, "self_test", lambda _: next(answers))
    monkeypatch.setattr(module, "_TESTED", {})
    assert [open_sandbox().level for _ in range(3)] == [0, 2, 2]


def test_where_not_even_a_good_model_runs_nothing_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "WARM_UP", b"a file that the runtime cannot open")
    assert self_test().level == 0


def test_a_machine_without_any_layer_parses_and_runs_nothing() -> None:
    sandbox = open_sandbox(())
    assert sandbox.level == 0
    assert sandbox.check(good()).accepted
    with pytest.raises(SandboxNotAvailable) as caught:
        sandbox.load(good(), least_level=0)
    error = caught.value
    assert (error.sandbox_code, error.turn) == (SandboxCode.NOT_AVAILABLE, "operator")
    assert error.fields == {"level": 0, "needed": 1}


def test_below_the_registered_level_nothing_is_loaded() -> None:
    sandbox = Sandbox(SelfTest(1, ALL))
    with pytest.raises(SandboxNotAvailable):
        sandbox.load(good(), least_level=2)
    with pytest.raises(SandboxNotAvailable):
        sandbox.require(2)
    sandbox.require(1)


def test_a_layer_that_fails_after_the_self_test_is_noticed() -> None:
    promised = Sandbox(SelfTest(2, ALL))
    promised.tested = SelfTest(2, FIRST_LEVEL)  # what the child is asked for is less than what was promised below
    with promised.load(good()) as running:
        assert running.layers == FIRST_LEVEL


def test_every_code_says_what_and_what_next_in_both_languages() -> None:
    for code in SandboxCode:
        error = SandboxError(code)
        for text in (error.what, error.next_step):
            assert text.ko.endswith(".")
            assert text.en.endswith(".")
            assert not any(word in text.ko for word in ("위조", "짝퉁", "가품"))
        assert error.as_dict()["code"] == code.value


def test_every_attempt_has_a_level_and_a_control() -> None:
    assert all(isinstance(one, Attempt) and one.level in (1, 2) for one in ATTEMPTS.values())
    assert all(name == one.name for name, one in ATTEMPTS.items())


def test_the_environment_tells_what_a_result_depends_on(sandbox: Sandbox) -> None:
    told = sandbox.environment()
    assert told["sandbox_level"] == 2
    assert {"kernel", "onnxruntime", "numpy", "providers", "threads", "landlock_abi"} <= told.keys()
