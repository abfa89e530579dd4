"""Intervals of few pairs, of clusters and of areas: they hold where the plain ones do not, and contain them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import multinomial

from pandok.proof.areas import Areas, area_difference_interval, area_interval
from pandok.proof.clustered_areas import clustered_areas
from pandok.proof.clustered_shares import cluster_moments, clustered_share_interval
from pandok.proof.clusters import clustered_difference
from pandok.proof.exact_shares import exact_tail, share_interval
from pandok.proof.nearest import nearest
from pandok.proof.paired_auc import delong
from pandok.proof.paired_shares import PairedCounts, tango_interval, tango_z


@pytest.mark.parametrize(("pairs", "line"), [(20, 0.0), (20, -0.05), (20, -0.15)])
def test_twenty_pairs_by_enumeration_exact_holds_and_tango_does_not_always(pairs: int, line: float) -> None:
    outcomes = [(b, c) for b in range(pairs + 1) for c in range(pairs + 1 - b)]
    tango = np.array([tango_z(PairedCounts(b, c, pairs), line) > 1.959964 for b, c in outcomes])
    exact = tango & np.array(
        [
            claimed and exact_tail(PairedCounts(b, c, pairs), line) <= 0.025
            for claimed, (b, c) in zip(tango.tolist(), outcomes, strict=True)
        ]
    )
    worst = {"tango": 0.0, "exact": 0.0}
    for discordant in -line + (1 + line) * np.linspace(1e-4, 1, 40):
        chances = [(discordant + line) / 2, (discordant - line) / 2, max(0.0, 1 - discordant)]
        weights = multinomial.pmf([(b, c, pairs - b - c) for b, c in outcomes], pairs, chances)
        worst = {
            "tango": max(worst["tango"], float(weights[tango].sum())),
            "exact": max(worst["exact"], float(weights[exact].sum())),
        }
    assert worst["exact"] <= 0.0252
    assert worst["tango"] > 0.025


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10), st.integers(0, 10), st.integers(1, 10))
def test_the_interval_of_few_pairs_contains_tangos_and_mirrors(b: int, c: int, same: int) -> None:
    low, high = share_interval(PairedCounts(b, c, b + c + same))
    tango = tango_interval(PairedCounts(b, c, b + c + same))
    assert low <= tango[0] + 1e-9
    assert high >= tango[1] - 1e-9
    assert share_interval(PairedCounts(c, b, b + c + same)) == pytest.approx((-high, -low), abs=1e-6)


def test_clusters_of_one_case_are_no_narrower_than_single_cases() -> None:
    x = np.array([1.0] * 30 + [-1.0] * 10 + [0.0] * 160)
    low, high = clustered_share_interval(cluster_moments(x, list(range(200))))
    plain = tango_interval(PairedCounts(30, 10, 200))
    assert low <= plain[0]
    assert high >= plain[1]


def test_the_clustered_interval_contains_that_of_cluster_means() -> None:
    rng = np.random.default_rng(1)
    x = rng.choice([1.0, 0.0, -1.0], p=[0.3, 0.5, 0.2], size=240)
    labels = [row // 20 for row in range(240)]
    low, high = clustered_share_interval(cluster_moments(x, labels))
    means = clustered_difference(x, labels).interval
    assert low <= means[0] + 1e-9
    assert high >= means[1] - 1e-9


def test_one_cluster_gives_no_interval() -> None:
    with pytest.raises(ValueError, match="two clusters"):
        cluster_moments(np.zeros(5), ["a"] * 5)


def as_areas(model: NDArray[np.float64], practice: NDArray[np.float64], positive: NDArray[np.bool_]) -> Areas:
    """DeLong's own covariance, of independent goods."""
    found = delong(model, practice, positive)
    return Areas(found.areas, found.covariance, int(positive.sum()), int((~positive).sum()))


def test_the_interval_of_areas_contains_delongs() -> None:
    rng = np.random.default_rng(2)
    positive = np.arange(80) < 30
    model, practice = rng.normal(0, 1, 80) + 1.5 * positive, rng.normal(0, 1, 80) + positive
    low, high = area_difference_interval(as_areas(model, practice, positive))
    plain = delong(model, practice, positive).interval()
    assert low <= plain[0] + 1e-9
    assert high >= plain[1] - 1e-9


def test_two_perfect_readers_on_few_goods_are_not_the_same_for_sure() -> None:
    found = Areas((1.0, 1.0), ((0.0, 0.0), (0.0, 0.0)), 10, 10)
    low, high = area_difference_interval(found)
    assert low < -0.15
    assert high > 0.15
    assert area_interval(found, 0)[1] == 1.0


def test_goods_that_are_each_a_cluster_have_delongs_covariance() -> None:
    rng = np.random.default_rng(3)
    positive = np.arange(400) < 200
    model, practice = rng.normal(0, 1, 400) + positive, rng.normal(0, 1, 400) + positive
    plain = as_areas(model, practice, positive)
    clustered = clustered_areas(model, practice, positive, list(range(400)))
    assert clustered.areas == pytest.approx(plain.areas)
    assert np.array(clustered.covariance) == pytest.approx(np.array(plain.covariance), rel=0.02)


def test_nearest_does_not_hang_on_order_or_length() -> None:
    register = np.array([[0.0, 3.0], [1.0, 0.0], [2.0, 0.0], [0.0, 0.0]])
    queries = np.array([[5.0, 0.1], [0.0, 0.0], [np.nan, 1.0]])
    assert nearest(queries, register, ["up", "right b", "right a", "nothing"]) == ["right a", None, None]
    turned = nearest(queries, register[::-1], ["nothing", "right a", "right b", "up"])
    assert turned == ["right a", None, None]
    with pytest.raises(ValueError, match="register"):
        nearest(queries, register[:0], [])
