"""What one side lays, the other side finds; what is torn or lies is refused."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pandok.engines.sandbox.protocol import wire
from pandok.engines.sandbox.protocol.declared_tensors import Declared, unpack_declared

SIZE = 1 << 16
tensors = st.dictionaries(
    st.text(max_size=20),
    st.sampled_from(wire.ELEMENT_TYPES).flatmap(
        lambda kind: hnp.arrays(kind, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
    ),
    max_size=5,
)


@settings(max_examples=50, deadline=None)
@given(tensors)
def test_tensors_come_back_as_they_were(given_tensors: dict[str, np.ndarray]) -> None:
    memory = memoryview(bytearray(SIZE))
    places = wire.lay(given_tensors, 128, SIZE)
    for place in places:
        wire.view(memory, place)[...] = given_tensors[place.name]
    found = wire.unpack(wire.pack(places), 128, SIZE)
    assert found == places
    for place in found:
        back = wire.view(memory, place)
        assert (back.dtype, back.shape) == (given_tensors[place.name].dtype, given_tensors[place.name].shape)
        assert back.tobytes() == given_tensors[place.name].tobytes()


@given(st.binary(max_size=200))
def test_noise_is_a_list_inside_the_memory_or_a_value_error(body: bytes) -> None:
    try:
        places = wire.unpack(body, 64, SIZE)
    except ValueError:
        return
    assert all(place.begin >= 64 and place.begin + place.size <= SIZE for place in places)


@settings(max_examples=60, deadline=None)
@given(tensors, st.data())
def test_flipped_bytes_never_lead_outside(given_tensors: dict[str, np.ndarray], data: st.DataObject) -> None:
    body = bytearray(wire.pack(wire.lay(given_tensors, 0, SIZE)))
    for _ in range(3):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    memory = memoryview(bytearray(SIZE))
    try:
        places = wire.unpack(bytes(body), 0, SIZE)
    except ValueError:
        return
    for place in places:
        assert wire.view(memory, place).shape == place.shape


@given(st.binary(max_size=100))
def test_words_about_a_model_are_read_or_refused(body: bytes) -> None:
    with suppress(ValueError):
        assert unpack_declared(body) == ()


def test_what_does_not_fit_is_not_laid() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        wire.lay({"x": np.zeros(1000, np.float64)}, 0, 4096)
    with pytest.raises(ValueError, match="element type"):
        wire.lay({"x": np.array([object()])}, 0, 4096)


def test_open_sizes_take_any_and_fixed_ones_their_own() -> None:
    declared = Declared("x", "float32", (None, 4))
    assert declared.takes("float32", (7, 4))
    assert not declared.takes("float32", (7, 5))
    assert not declared.takes("float32", (7, 4, 1))
    assert not declared.takes("float64", (7, 4))
