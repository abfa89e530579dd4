"""The gate inside: the same findings as outside, and no way out through the parser."""

from __future__ import annotations

import json

import pytest

from pandok.engines.onnx_gate.gate import check_model
from pandok.engines.sandbox import sandbox as module
from pandok.engines.sandbox.codes import SandboxCode, SandboxError
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import Sandbox
from tests.engines.onnx_gate.corpus import HOSTILE, good

# The whole corpus goes through the sandbox in benchmarks/hostile_models.py, in minutes.
SOME = ("external_absolute", "external_memory_marker", "sparse_bomb", "noise", "cycle", "name_that_climbs", "pickled")


@pytest.mark.parametrize("name", SOME)
def test_hostile_models_are_refused_as_outside(name: str, sandbox: Sandbox) -> None:
    data = HOSTILE[name][0]()
    assert sandbox.check(data) == check_model(data)


def test_a_good_model_passes_with_the_same_hashes(sandbox: Sandbox) -> None:
    checked = sandbox.check(good())
    assert checked.accepted
    assert checked == check_model(good())


def test_a_parser_that_takes_too_long_is_ended(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHECK", "tests.engines.sandbox.hostile_duty")
    with pytest.raises(SandboxError) as caught:
        sandbox.check(b"silence", Limits(seconds_to_load=0.2))
    assert caught.value.sandbox_code == SandboxCode.TIME_LIMIT


FINE = {"canonical_sha256": "a" * 64, "refusals": [], "inputs": ["x"], "outputs": ["y"], "nodes": 1}


@pytest.mark.parametrize(
    "told",
    [
        {**FINE, "canonical_sha256": ""},
        {**FINE, "canonical_sha256": "the label of case seven is one, and so on and so on, sixty-four."},
        {**FINE, "refusals": [["no.such.code", ""]], "canonical_sha256": ""},
        {**FINE, "refusals": [["file.empty", ""]]},
        {**FINE, "refusals": [["file.empty", ""]] * 21, "canonical_sha256": ""},
        {**FINE, "refusals": "file.empty"},
        {**FINE, "nodes": -1},
        {**FINE, "nodes": "many"},
        {**FINE, "inputs": 3},
        [],
        {},
    ],
)
def test_words_of_the_child_are_believed_only_in_the_right_form(told: object) -> None:
    with pytest.raises(SandboxError):
        module._checked("0" * 64, json.dumps(told).encode())


def test_a_place_is_shown_short(sandbox: Sandbox) -> None:
    told = {**FINE, "canonical_sha256": "", "refusals": [["file.empty", "w" * 900]]}
    assert len(module._checked("0" * 64, json.dumps(told).encode()).refusals[0].where) == 80
    assert sandbox.check(b"").refusals[0].code == "file.empty"
