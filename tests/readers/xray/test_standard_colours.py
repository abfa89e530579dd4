"""The standard colours: one table for programs and pages, and what they promise to the eye."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np

import pandok
from pandok.readers.xray.colour.standard import pseudo_colour, standard_colours

SOURCE = Path(pandok.__file__).parent


def test_pages_and_programs_have_the_same_colours() -> None:
    module = (SOURCE / "fields/xray/web/static/pandok/xray/colours.js").read_text(encoding="utf-8")
    text = re.search(r"STANDARD = (\{.*\});", module, re.DOTALL)[1]  # type: ignore[index]
    of_pages = json.loads(re.sub(r",(\s*[\]}])", r"\1", re.sub(r"(\w+):", r'"\1":', text)))
    file = SOURCE / "readers/xray/colour/standard_colours.json"
    of_programs = json.loads(file.read_text(encoding="utf-8"))
    del of_programs["what"]
    assert of_pages == of_programs


def test_air_is_white_nothing_is_black_and_the_unknown_has_no_hue() -> None:
    high = np.float32([[1.0, 1.04, 0.3, 0.0]])
    seen = pseudo_colour(high, np.float32([[0.1, np.nan, np.nan, 4.0]]))
    assert seen[0, 0].tolist() == seen[0, 1].tolist() == [255, 255, 255]
    assert len(set(seen[0, 2].tolist())) == 1
    assert seen[0, 3].tolist() == [0, 0, 0]


def test_organic_is_orange_mixed_is_green_and_metal_is_blue() -> None:
    high = np.full((1, 3), 0.25, np.float32)
    organic, mixed, metal = pseudo_colour(high, np.float32([[0.1, 0.6, 4.2]]))[0].astype(int)
    assert organic[0] > organic[1] > organic[2]
    assert mixed[1] > max(mixed[0], mixed[2])
    assert metal[2] > metal[1] > metal[0]


def test_more_goods_are_never_brighter_and_hues_have_no_steps() -> None:
    stops = [f for f, _ in standard_colours().stops]
    assert all(one < next_ for one, next_ in pairwise(stops))
    material = np.tile(np.linspace(-1, 7, 4001, dtype=np.float32), (64, 1))
    high = np.tile(np.linspace(0, 1, 64, dtype=np.float32)[:, None], (1, 4001))
    seen = pseudo_colour(high, material).astype(int)
    assert (np.diff(seen.sum(2), axis=0) >= 0).all()
    assert np.abs(np.diff(seen, axis=1)).max() <= 4
