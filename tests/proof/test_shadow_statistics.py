"""Bounds that hold at every look, and differences whose truth is drawn: levels by simulation, seeded."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.proof.betting_bounds import anytime_interval, line_path
from pandok.proof.paired_shares import PairedCounts, tango_interval
from pandok.proof.selective_truth import WeightedShare, weighted_interval
from pandok.proof.sequential import wealth_path
from pandok.proof.weighted_difference import Contribution, estimated_difference, scaled


def draws(rng: np.random.Generator, shape: tuple[int, ...], discordant: float, difference: float) -> np.ndarray:
    up, down = (discordant + difference) / 2, (discordant - difference) / 2
    u = rng.random(shape)
    return np.where(u < up, 1, np.where(u < up + down, -1, 0))


def test_at_the_line_of_no_difference_it_is_the_house_monitor() -> None:
    seen = [1, 1, 0, -1, 1, 1, 1]
    assert line_path(seen, 0.0, alpha=0.05).values == pytest.approx(wealth_path(seen))
    assert line_path([1] * 8, 0.0, alpha=0.05).crossed == 8


def test_harm_is_benefit_turned_around() -> None:
    seen = list(draws(np.random.default_rng(1), (200,), 0.4, 0.1))
    turned = line_path([-one for one in seen], 0.05, alpha=0.05)
    assert line_path(seen, -0.05, alpha=0.05, below=True).values == pytest.approx(turned.values)


@pytest.mark.parametrize("line", [0.0, -0.05, -0.1])
def test_false_stops_stay_below_alpha_when_looked_at_after_every_case(line: float) -> None:
    rng = np.random.default_rng(5)
    seen = draws(rng, (400, 400), 0.3, line)
    crossed = sum(line_path(one, line, alpha=0.05).crossed is not None for one in seen)
    assert crossed / 400 <= 0.05
    harmed = sum(line_path(one, line, alpha=0.05, below=True).crossed is not None for one in seen)
    assert harmed / 400 <= 0.05


def test_the_bound_lies_above_a_line_exactly_where_the_line_was_crossed() -> None:
    rng = np.random.default_rng(6)
    for _ in range(40):
        seen = list(draws(rng, (150,), 0.3, 0.15))
        low, high = anytime_interval(seen, alpha=0.05)
        assert (low > 1e-4) is (line_path(seen, 0.0, alpha=0.05).crossed is not None) or abs(low) < 1e-4
        assert -1 <= low <= high <= 1


def test_anytime_bounds_cover_the_truth() -> None:
    rng = np.random.default_rng(7)
    outside = 0
    for _ in range(200):
        low, high = anytime_interval(list(draws(rng, (200,), 0.3, 0.1)), alpha=0.05)
        outside += not low <= 0.1 <= high
    assert outside / 200 <= 0.1


def test_no_case_bounds_nothing() -> None:
    assert anytime_interval([], alpha=0.05) == (-1.0, 1.0)
    with pytest.raises(ValueError, match="-1 to 1"):
        line_path([1.5], 0.0, alpha=0.05)


def test_fully_known_truth_is_tango() -> None:
    cases = [Contribution(1)] * 40 + [Contribution(-1)] * 20 + [Contribution(0)] * 100
    found = estimated_difference(cases, alpha=0.025, clustered=False)
    assert found.interval == pytest.approx(tango_interval(PairedCounts(40, 20, 160)))
    assert found.method == "tango"


def drawn_trial(
    rng: np.random.Generator, n: int, chance: float, discordant: float, difference: float
) -> list[Contribution]:
    seen, opened, drawn = draws(rng, (n,), discordant, difference), rng.random(n) < 0.5, rng.random(n) < chance
    return [
        Contribution(int(d)) if d == 0 or o else Contribution(int(d) if c else None, chance)
        for d, o, c in zip(seen, opened, drawn, strict=True)
    ]


def test_not_drawn_is_no_answer() -> None:
    """Opened goods alone would say +20 points; the drawn ones put it right."""
    cases = [Contribution(1)] * 20 + [Contribution(0)] * 40
    cases += [Contribution(-1, 0.5)] * 10 + [Contribution(None, 0.5)] * 10 + [Contribution(0, 0.5)] * 20
    found = estimated_difference(cases, alpha=0.025, clustered=False)
    assert found.difference == pytest.approx(0.0)
    assert found.method == "contributions_and_betting"


def test_nothing_drawn_yet_proves_nothing() -> None:
    cases = [Contribution(0)] * 500 + [Contribution(None, 0.05)] * 30
    low, high = estimated_difference(cases, alpha=0.025, clustered=False).interval
    assert (low, high) == (-1.0, 1.0)


def test_drawn_truth_proves_falsely_no_more_often_than_alpha() -> None:
    rng, false = np.random.default_rng(8), 0
    for _ in range(150):
        found = estimated_difference(drawn_trial(rng, 800, 0.5, 0.25, -0.05), alpha=0.05, clustered=False)
        false += found.interval[0] > -0.05
    assert false / 150 <= 0.05 + 2.6 * (0.05 * 0.95 / 150) ** 0.5


def test_clusters_count_by_their_means_in_the_order_of_their_start() -> None:
    cases = [
        Contribution(1, 1.0, "a"),
        Contribution(0, 1.0, "b"),
        Contribution(-1, 1.0, "a"),
        Contribution(1, 1.0, "b"),
    ]
    assert scaled(cases, clustered=True) == [0.0, 0.5]
    assert scaled(cases, clustered=False, chance=0.5) == [0.5, 0.0, -0.5, 0.5]
    with pytest.raises(ValueError, match="two clusters"):
        estimated_difference(cases[:1], alpha=0.05, clustered=True)


def test_no_case_is_no_estimate() -> None:
    with pytest.raises(ValueError, match="one case"):
        estimated_difference([], alpha=0.05, clustered=False)


def test_different_alphas_make_different_ends() -> None:
    cases = [Contribution(1)] * 40 + [Contribution(-1)] * 20 + [Contribution(0)] * 100
    low, high = estimated_difference(cases, alpha=0.025, upper_alpha=0.1, clustered=False).interval
    assert low == pytest.approx(tango_interval(PairedCounts(40, 20, 160))[0])
    assert high < tango_interval(PairedCounts(40, 20, 160))[1]


def test_a_weighted_share_has_the_interval_of_its_effective_number() -> None:
    narrow, wide = (weighted_interval(WeightedShare(0.5, 0.0, count)) for count in (100.0, 10.0))
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
