"""The forecast knows what was measured and the floods of the place before, and nothing of the future."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import ModelError
from pandok.engines.encoders.model_store import SHIPPED, load_card
from pandok.engines.streetlights.flood_model import open_flood_model, save_trees
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.flood.boosted_trees import BoostedTrees
from pandok.readers.streetlights.flood.past_floods import PastFlood, PastFloods
from pandok.readers.streetlights.flood.so_far import NAMES
from pandok.readers.streetlights.flood_forecast import FloodForecast, levels

CARD = SHIPPED / "pandok-flood" / "card.json"
MODEL = open_flood_model(load_card(CARD))
DAY_MS = 86_400_000


def rising(reader: FloodForecast, cm_a_minute: float, begin_ms: int = 0, minutes: int = 8) -> float:
    """The probability after some minutes of a steady rise."""
    for minute in range(minutes):
        one = Observation(begin_ms + minute * 60_000, {"depth_cm": minute * cm_a_minute})
        reader.learn_one(one)
    asked = reader.score_one(Observation(begin_ms + minutes * 60_000, {"depth_cm": minutes * cm_a_minute}))
    assert asked is not None
    return asked


def test_a_fast_rise_is_likelier_than_a_slow_one_and_both_lie_between_0_and_1() -> None:
    slow, fast = rising(MODEL.reader(), 0.2), rising(MODEL.reader(), 1.8)
    assert 0 < slow < 0.2 < MODEL.alarm_at < fast < 1


def test_a_place_that_fills_each_time_is_warned_of_sooner_than_one_that_never_did() -> None:
    def with_past(peak_cm: float) -> float:
        reader = MODEL.reader()
        for _ in range(12):
            reader.places.add(PastFlood(peak_cm, 20.0, peak_cm / 2))
        return rising(reader, 0.8)

    assert with_past(40.0) > with_past(6.0)


def test_floods_join_the_history_of_their_place_when_they_are_over() -> None:
    reader = MODEL.reader()
    rising(reader, 2.0)
    reader.learn_one(Observation(9 * 60_000, {"depth_cm": 0.0}))
    assert reader.places.floods == []
    reader.learn_one(Observation(45 * 60_000, {"depth_cm": 0.0}))
    assert [one.peak_cm for one in reader.places.floods] == [14.0]
    assert reader.score_one(Observation(46 * 60_000, {})) == 0.0


def test_before_anything_was_measured_it_abstains() -> None:
    assert MODEL.reader().score_one(Observation(0, {})) is None


def test_at_the_line_nothing_is_left_to_forecast() -> None:
    assert rising(MODEL.reader(), 2.0) == 1.0


def test_the_features_have_the_names_that_they_are_told_by() -> None:
    reader = MODEL.reader()
    rising(reader, 1.0)
    assert reader.flood is not None
    row = dict(zip(NAMES, reader.flood.features(8 * 60_000, 15.0, False, PastFloods()), strict=True))
    assert (row["depth_cm"], row["age_s"], row["rise_5_min_cm"], row["gap_cm"]) == (7.0, 60.0, 4.0, 8.0)
    assert row["past_count"] == 0


def test_the_alert_says_depth_rise_and_chance() -> None:
    pole = PoleReader("p1", MODEL.reader(), levels(MODEL.alarm_at))
    found = pole.observe_many([Observation(at * 60_000, {"depth_cm": at * 1.2}) for at in range(12)])
    assert "cm within 15 min" in found[0].reason.en
    assert "15분 안에" in found[0].reason.ko


def test_trees_are_read_as_they_are_written(tmp_path: Path) -> None:
    one = np.array
    trees = BoostedTrees(
        one([0, -1, -1], np.int32), one([1.5, 0, 0]), one([1, 1, 2], np.int32), one([2, 1, 2], np.int32),
        one([0, -1.0, 2.0]), one([0], np.int32), 1, 0.5,
    )  # fmt: skip
    assert (trees.log_odds([1.5]), trees.log_odds([1.6])) == (-0.5, 2.5)
    save_trees(tmp_path, trees, 0.3)
    shutil.copy(CARD, tmp_path)
    with pytest.raises(ModelError) as refused:
        open_flood_model(load_card(tmp_path / "card.json"))
    assert refused.value.error_code == "model.sha256"
