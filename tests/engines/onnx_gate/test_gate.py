"""The gate: hostile models are refused for their reason, good ones pass, and every reason says what to do."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper, numpy_helper

from pandok.engines.onnx_gate.file_checks import MOST_BYTES, check_file
from pandok.engines.onnx_gate.gate import check_model
from pandok.engines.onnx_gate.nodes import allowed_operators
from pandok.engines.onnx_gate.refusals import REASONS
from tests.engines.onnx_gate.corpus import HOSTILE, good, model, weight


def test_the_corpus_is_large() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_models_are_refused_for_their_reason(name: str) -> None:
    build, expected = HOSTILE[name]
    checked = check_model(build())
    assert not checked.accepted
    assert checked.canonical_sha256 == ""
    assert {refusal.code for refusal in checked.refusals} & expected
    for refusal in checked.refusals:
        assert refusal.what.ko
        assert refusal.next_step.en
        assert len(refusal.where) <= 80


def test_every_reason_is_met_by_the_corpus_or_named_here() -> None:
    met = {code for build, _ in HOSTILE.values() for code in {one.code for one in check_model(build()).refusals}}
    assert set(REASONS) - met == {"file.too_large"}


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    class Large(bytes):
        def __len__(self) -> int:
            return MOST_BYTES + 1

    refusal = check_file(Large(b"\x08"))
    assert refusal is not None
    assert refusal.code == "file.too_large"


def test_good_models_pass() -> None:
    checked = check_model(good())
    assert checked.refusals == ()
    assert (checked.inputs, checked.outputs, checked.nodes) == (("x",), ("y",), 1)


def test_the_shipped_encoder_passes() -> None:
    data = (files("pandok") / "models" / "pandok-design" / "encoder.onnx").read_bytes()
    assert check_model(data).refusals == ()


def test_dropout_that_is_switched_off_passes() -> None:
    switch = numpy_helper.from_array(np.array(False), "t")
    ratio = numpy_helper.from_array(np.array(0.5, np.float32), "r")
    made = model([helper.make_node("Dropout", ["x", "r", "t"], ["y"])], [switch, ratio])
    assert check_model(made.SerializeToString()).accepted


def test_the_canonical_hash_forgets_the_author_and_keeps_the_weights() -> None:
    made = onnx.load_model_from_string(good())
    first = check_model(good()).canonical_sha256
    made.producer_name, made.doc_string = "somebody", "notes"
    made.graph.node[0].doc_string = "where it came from"
    assert check_model(made.SerializeToString()).canonical_sha256 == first
    made.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.zeros(4, np.float32), "w"))
    assert check_model(made.SerializeToString()).canonical_sha256 != first


def test_new_operators_are_refused_until_they_are_named() -> None:
    known = {schema.name for schema in onnx.defs.get_all_schemas() if schema.domain == ""}
    named = set(allowed_operators()["ai.onnx"])
    assert named <= known
    refused = known - named
    assert {"If", "Loop", "Scan", "RandomNormal", "StringConcat", "ImageDecoder"} <= refused


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_flipped_bytes_never_raise(data: st.DataObject) -> None:
    raw = bytearray(model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()]).SerializeToString())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    checked = check_model(bytes(raw))
    assert checked.accepted == (checked.canonical_sha256 != "")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_calmly(raw: bytes) -> None:
    assert not check_model(raw).accepted
