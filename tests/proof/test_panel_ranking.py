"""Ranks of a panel: against a slow bootstrap by hand, equal scores, missing scores, a single reviewer."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.proof.panel_ranking import PanelRank, rank_panel


def ranked(scores: dict[str, dict[str, float]], places: int = 1, rounds: int = 400) -> dict[str, PanelRank]:
    return {one.key: one for one in rank_panel(scores, places=places, rounds=rounds, rng=np.random.default_rng(7))}


def test_intervals_are_those_of_drawing_reviewers_one_by_one() -> None:
    scores = {"a": {"r": 90, "s": 60, "t": 75}, "b": {"r": 70, "s": 80, "t": 74}, "c": {"r": 50, "s": 40}}
    told = ranked(scores)
    drawn = np.random.default_rng(7).multinomial(3, [1 / 3] * 3, size=400)
    each: dict[str, list[int]] = {key: [] for key in scores}
    for counts in drawn:
        means = {}
        for key, given in scores.items():
            some = [given[who] for who, count in zip("rst", counts, strict=True) for _ in range(count) if who in given]
            means[key] = np.mean(some) if some else np.mean(list(given.values()))
        for key, mean in means.items():
            each[key].append(1 + sum(other > mean + 1e-9 for other in means.values()))
    for key, ranks in each.items():
        low, high = np.quantile(ranks, 0.025, method="lower"), np.quantile(ranks, 0.975, method="higher")
        assert told[key].between == (low, high)
        assert told[key].in_first == pytest.approx(np.mean(np.array(ranks) <= 1))
    assert (told["c"].scores, told["c"].rank, told["c"].spread) == (2, 3, pytest.approx(7.0710678))


def test_equals_share_a_rank_and_one_reviewer_gives_no_interval() -> None:
    told = ranked({"a": {"r": 70}, "b": {"r": 70}, "c": {"r": 60}, "d": {}})
    assert {key: (one.rank, one.between, one.spread, one.in_first) for key, one in told.items()} == {
        "a": (1, None, None, None), "b": (1, None, None, None), "c": (3, None, None, None),
    }  # fmt: skip
    assert ranked({}) == {}
