"""Intervals of shares and quantiles: known values, and that they cover what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from pandok.proof.shares import counted_quantile, exact_interval, wilson_interval

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_published_values():
    # Newcombe 1998, table I: 81 of 263 and 15 of 148.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert exact_interval(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)
    assert exact_interval(0, 20) == pytest.approx((0.0, 0.1684), abs=5e-5)
    assert wilson_interval(0, 0) is exact_interval(0, 0) is None


@given(counts)
@settings(max_examples=60, deadline=None)
def test_both_hold_the_share_and_lie_between_0_and_1(pair):
    hits, count = pair
    for low, high in (wilson_interval(hits, count), exact_interval(hits, count)):
        assert 0 <= low <= hits / count <= high <= 1
        assert low < high


@given(counts)
@settings(max_examples=40, deadline=None)
def test_they_mirror(pair):
    hits, count = pair
    for interval in (wilson_interval, exact_interval):
        low, high = interval(hits, count)
        assert interval(count - hits, count) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize("count", [5, 10, 40])
def test_the_exact_one_never_covers_less_than_it_says(count):
    bounds = np.array([exact_interval(hits, count) for hits in range(count + 1)])
    for share in np.linspace(0.01, 0.99, 60):
        inside = (bounds[:, 0] <= share) & (share <= bounds[:, 1])
        assert binom.pmf(np.arange(count + 1), count, share)[inside].sum() >= 0.95 - 1e-9


def test_wilson_covers_on_average_what_it_says():
    bounds = np.array([wilson_interval(hits, 30) for hits in range(31)])
    covered = [
        binom.pmf(np.arange(31), 30, share)[(bounds[:, 0] <= share) & (share <= bounds[:, 1])].sum()
        for share in np.linspace(0.02, 0.98, 60)
    ]
    assert 0.94 < np.mean(covered) < 0.965


@given(st.integers(6, 60), st.sampled_from([0.5, 0.9]))
@settings(max_examples=40, deadline=None)
def test_bounds_of_a_quantile_cover_by_the_binomial(count, q):
    # Values 1 … n: the bounds are their own ranks.
    found = counted_quantile([(float(value), 1) for value in range(1, count + 1)], q)
    low = 0 if found.low is None else int(found.low)
    high = count + 1 if found.high is None else int(found.high)
    # P(X(low) <= quantile < X(high)) for a continuous distribution.
    assert binom.cdf(high - 1, count, q) - binom.cdf(low - 1, count, q) >= 0.95 - 1e-9


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.sampled_from([0.25, 0.5, 0.9]))
@settings(max_examples=60, deadline=None)
def test_counting_is_the_same_as_listing(values, q):
    listed = counted_quantile([(value, 1) for value in values], q)
    counted = counted_quantile([(value, values.count(value)) for value in set(values)], q)
    assert listed == counted
    assert listed.value == np.quantile(values, q, method="inverted_cdf")


def test_no_value_gives_no_quantile_and_nonsense_is_refused():
    assert counted_quantile([], 0.5) is None
    assert counted_quantile([(3.0, 0)], 0.5) is None
    with pytest.raises(ValueError, match="between"):
        counted_quantile([(1.0, 1)], 1.0)
    with pytest.raises(ValueError, match="hits"):
        wilson_interval(3, 2)
