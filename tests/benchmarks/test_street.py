"""What the street benchmarks count, on cases that can be counted by hand."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.floodnet import Flood, floods, judged
from benchmarks.lamp_faults import figures
from pandok.readers.streetlights.flood.boosted_trees import BoostedTrees
from pandok.readers.streetlights.flood_forecast import FloodForecast

NONE = BoostedTrees(*(np.zeros(0, kind) for kind in (np.int32, float, np.int32, np.int32, float, np.int32)), depth=0)
FLOOD = Flood("s", "2024-01-01", 0, False, (0, 60, 120, 600, 1200), (0.0, 4.0, 8.0, 15.0, 3.0))


def test_minutes_are_judged_until_the_line_with_what_was_known_then() -> None:
    asked = [
        (one.minute, one.flood.reaches_within(one.minute))
        for one in judged([FLOOD], lambda _: FloodForecast(NONE, "0"))
    ]
    assert asked == [(minute, True) for minute in range(10)]
    assert FLOOD.minute_of_line() == 10


def test_the_reader_knows_a_flood_only_after_it() -> None:
    again = Flood("s", "2024-01-02", 86_400_000, False, FLOOD.at_s, FLOOD.depth_cm)
    known = [
        len(state[1].floods)
        for one in judged([FLOOD, again], lambda _: FloodForecast(NONE, "0"))
        if (state := one.reader.known(one.asked))
    ]
    assert set(known[:9]) == {0}
    assert known[-1] == 1


def test_the_data_set_holds_the_floods_that_its_readme_counts() -> None:
    folder = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data" / "floodnet_nyc"
    if not folder.exists():
        pytest.skip("no shared data: floodnet_nyc is not there")
    known = floods(folder)
    of_2025 = [one for one in known if one.day >= "2025"]
    assert (len(known), len(of_2025), sum(one.reaches() for one in of_2025)) == (1417, 191, 41)


def test_rates_carry_their_intervals() -> None:
    found = figures(95, 100, 1, 200)
    assert found["simulated"] is True
    assert found["recall_interval"][0] < 0.95 < found["recall_interval"][1]
    assert found["false_per_100_lamp_years"] == 0.5
    assert found["false_interval"][0] < 0.5 < found["false_interval"][1]


def test_alarms_are_raised_once_a_cool_down_and_windows_hit_once() -> None:
    pytest.importorskip("river", reason="the extra `benchmarks` is not installed")
    from benchmarks.nab_windows import Stream, counted, raised

    scores = np.zeros(2000)
    scores[[300, 310, 900, 1500, 1950]] = 5.0
    assert raised(scores, 1.0, probation=305) == [310, 900, 1500, 1950]
    stream = Stream("a/b", np.arange(2000.0), scores, ((890, 950), (1000, 1100)))
    hit, false, score = counted(stream, [310, 900, 1500, 1950])
    assert (hit, false) == (1, 3)
    assert -1.5 < score < 0
