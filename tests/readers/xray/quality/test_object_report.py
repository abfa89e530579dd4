"""A test object's parts are measured where the file says that they lie, and nowhere else."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.core.errors import InputError
from pandok.readers.xray.quality.object_report import object_findings, object_places

PLACES = {
    "edge": [8, 8, 72, 104],
    "even": [80, 8, 144, 72],
    "steel": [{"box": [160 + 30 * step, 8, 190 + 30 * step, 48], "millimetres": 2.0 * (step + 1)} for step in range(4)],
    "apart": [[[80, 80, 100, 100], [110, 80, 130, 100]], [[80, 80, 100, 100], [80, 104, 100, 120]]],
}


def scan_of_object(noise: float) -> NDArray[np.float32]:
    image = np.ones((140, 300))
    rows, columns = np.mgrid[0:140, 0:300]
    slope = 40 + (rows - 56) * np.tan(np.radians(4.0)) - columns
    edge = np.s_[8:104, 8:72]
    image[edge] = 0.4 + 0.6 / (1 + np.exp(-1.7 * slope[edge] / 0.8))
    image[8:72, 80:144] = 0.6
    for step in range(4):
        image[8:48, 160 + 30 * step : 190 + 30 * step] = np.exp(-0.4 * (step + 1))
    image[80:100, 80:100], image[80:100, 110:130], image[104:120, 80:100] = 0.5, 0.3, 0.5
    return (image + np.random.default_rng(3).normal(0, noise, image.shape)).astype(np.float32)


def test_an_object_is_measured_where_it_lies() -> None:
    places = object_places(json.dumps(PLACES).encode())
    found = {one.code: one for one in object_findings(places, scan_of_object(0.001), (1.0, 0.8))}
    assert found["edge_blur"].value == pytest.approx(0.8, rel=0.15)
    assert found["edge_mtf20"].value == pytest.approx(np.sqrt(np.log(5) / 2) / np.pi / 0.8 / 0.8, rel=0.2)
    assert found["uniformity"].value == pytest.approx(0, abs=0.001)
    assert found["thickest_steel"].value == 8
    assert found["seen_apart"].value == 1
    assert "1/2" in found["seen_apart"].text.ko
    noisy = {one.code: one for one in object_findings(places, scan_of_object(0.03), None)}
    assert noisy["thickest_steel"].value is None
    assert "none of them is seen" in noisy["thickest_steel"].text.en
    assert "edge_mtf20" not in noisy


def test_what_cannot_be_measured_is_said() -> None:
    places = object_places(b'{"edge": [0, 0, 40, 40]}')
    blur, *rest = object_findings(places, np.ones((50, 60), np.float32), None)
    assert rest == []
    assert (blur.value, blur.grade) == (None, "attention")
    assert "could not be measured" in blur.text.en


@pytest.mark.parametrize("box", [[0, 0, 61, 10], [5, 5, 5, 9], [0, 8, 10, 4]])
def test_a_box_that_is_not_in_the_scan_is_refused(box: list[int]) -> None:
    places = object_places(json.dumps({"even": box}).encode())
    with pytest.raises(InputError) as refused:
        object_findings(places, np.ones((50, 60), np.float32), None)
    assert refused.value.error_code == "xray.test_object_outside"


@pytest.mark.parametrize("said", ["", "[]", '{"edges": [0, 0, 9, 9]}', '{"edge": [-1, 0, 9, 9]}', '{"steel": [{}]}'])
def test_a_file_that_says_something_else_is_refused(said: str) -> None:
    with pytest.raises(InputError) as refused:
        object_places(said.encode())
    assert refused.value.error_code == "xray.test_object_wrong"
