"""Planes go to bytes and come back to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pandok.readers.xray.planes import (
    material_levels,
    material_of,
    packed,
    transmission_levels,
    transmission_of,
    unpacked,
)

SHAPES = st.tuples(st.integers(1, 12), st.integers(1, 12))
PLANES = SHAPES.flatmap(lambda shape: st.lists(arrays.arrays(np.uint16, shape), min_size=1, max_size=3))


@given(PLANES)
def test_every_integer_comes_back(planes: list[np.ndarray]) -> None:
    rows, columns = planes[0].shape
    for there, back in zip(planes, unpacked(packed(planes), rows, columns, len(planes)), strict=True):
        assert np.array_equal(there, back)


def test_the_same_planes_are_the_same_bytes() -> None:
    plane = np.arange(12, dtype=np.uint16).reshape(3, 4)
    assert packed([plane]) == packed([plane.copy()])


@given(arrays.arrays(np.float64, SHAPES, elements=st.floats(0, 1.05)))
def test_transmission_keeps_its_scale(transmission: np.ndarray) -> None:
    assert np.abs(transmission_of(transmission_levels(transmission)) - transmission).max() <= 1.05 / 65535


@given(arrays.arrays(np.float64, SHAPES, elements=st.one_of(st.floats(-1, 7), st.just(np.nan))))
def test_what_cannot_be_told_stays_so(material: np.ndarray) -> None:
    back = material_of(material_levels(material))
    assert np.array_equal(np.isnan(back), np.isnan(material))
    known = np.isfinite(material)
    assert np.allclose(back[known], material[known], atol=2e-4)


@pytest.mark.parametrize("spoilt", [b"", b"no gzip", packed([np.zeros((2, 2), np.uint16)])[:-6]])
def test_other_bytes_are_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match="planes"):
        unpacked(spoilt, 2, 2, 1)


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="other planes"):
        unpacked(packed([np.zeros((2, 3), np.uint16)]), 2, 2, 1)
    with pytest.raises(ValueError, match="one shape"):
        packed([np.zeros((2, 3), np.uint16), np.zeros((3, 2), np.uint16)])
    with pytest.raises(ValueError, match="one shape"):
        packed([])
