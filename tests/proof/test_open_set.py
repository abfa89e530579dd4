import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.proof.no_trials import NoTrials
from pandok.proof.open_set import (
    auroc,
    dir_at_false_alarm,
    nothing_close_rates,
    threshold_at_false_alarm,
)

few_values = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=30).map(np.array)
rates = st.sampled_from([0.0, 0.01, 0.1, 0.34, 0.5, 0.99])


@given(few_values, rates)
def test_false_alarms_stay_within_the_rate_and_a_lower_threshold_would_break_it(out, rate):
    threshold = threshold_at_false_alarm(out, rate)
    assert np.mean(out > threshold) <= rate + 1e-9
    lower = out[out < threshold]
    if len(lower):
        assert np.mean(out > lower.max()) > rate


@pytest.mark.parametrize("count", range(100, 1000, 100))
def test_one_percent_of_hundreds_allows_exactly_one_a_hundred(count):
    out = np.arange(count, dtype=float)
    assert np.sum(out > threshold_at_false_alarm(out, 0.01)) == count // 100


def test_few_queries_allow_no_false_alarm():
    assert threshold_at_false_alarm(np.arange(19.0), 0.01) == 18


def test_right_but_rejected_and_accepted_but_wrong_do_not_count():
    found = dir_at_false_alarm(np.array([0.9, 0.9, 0.5, 0.1]), np.array([True, False, True, True]), np.array([0.5]))
    assert found == 0.25


@given(few_values, few_values)
def test_auroc_is_the_share_of_pairs_in_the_right_order(within, out):
    pairs = within[:, None] - out[None, :]
    assert auroc(within, out) == pytest.approx(np.mean(pairs > 0) + 0.5 * np.mean(pairs == 0))
    assert auroc(within, out) + auroc(out, within) == pytest.approx(1)


@given(few_values, few_values, st.integers(0, 100))
def test_only_the_order_of_scores_matters(within, out, seed):
    right = np.random.default_rng(seed).random(len(within)) < 0.7
    stretched = dir_at_false_alarm(np.exp(within), right, np.exp(out))
    assert dir_at_false_alarm(within, right, out) == stretched
    assert auroc(within, out) == pytest.approx(auroc(np.exp(within), np.exp(out)))


def test_rates_without_queries_of_a_kind_are_none():
    assert nothing_close_rates(np.array([True]), np.array([True])) == (None, 1.0)
    assert nothing_close_rates(np.array([True]), np.array([False])) == (1.0, None)


@pytest.mark.parametrize(
    "figure",
    [
        lambda: auroc(np.array([]), np.array([1.0])),
        lambda: auroc(np.array([1.0]), np.array([])),
        lambda: dir_at_false_alarm(np.array([]), np.array([], bool), np.array([1.0])),
        lambda: threshold_at_false_alarm(np.array([])),
    ],
)
def test_a_missing_kind_of_query_is_told(figure):
    with pytest.raises(NoTrials):
        figure()


@pytest.mark.parametrize("rate", [-0.1, 1.0])
def test_a_rate_is_a_share(rate):
    with pytest.raises(ValueError, match="share"):
        threshold_at_false_alarm(np.array([1.0]), rate)
