import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.proof.calibration_error import expected_calibration_error
from pandok.proof.no_trials import NoTrials

binnings = st.sampled_from(["equal_mass", "equal_width"])
statements = st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1, max_size=60)


@given(statements, st.integers(1, 15), binnings, st.randoms(use_true_random=False))
def test_order_of_queries_does_not_matter(rows, bins, binning, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert _error(rows, bins, binning) == pytest.approx(_error(shuffled, bins, binning))


@given(statements, st.integers(1, 15), binnings)
def test_error_lies_between_the_overall_gap_and_one(rows, bins, binning):
    stated, happened = (np.array(column, float) for column in zip(*rows, strict=True))
    assert abs(stated.mean() - happened.mean()) - 1e-9 <= _error(rows, bins, binning) <= 1


@given(st.lists(st.booleans(), min_size=1), st.integers(1, 15), binnings)
def test_certain_and_right_is_without_error(happened, bins, binning):
    assert _error([(float(value), value) for value in happened], bins, binning) == 0


@given(st.lists(st.booleans(), min_size=1), st.integers(2, 15))
def test_certain_and_wrong_is_all_error(happened, bins):
    assert _error([(1.0 - value, value) for value in happened], bins, "equal_width") == 1


@given(st.integers(1, 15), binnings)
def test_equal_statements_share_a_bin(bins, binning):
    assert _error([(0.5, True), (0.5, False)] * 10, bins, binning) == 0


@pytest.mark.parametrize("binning", ["equal_mass", "equal_width"])
def test_honest_probabilities_have_a_small_error_and_squeezed_ones_a_large_one(binning):
    rng = np.random.default_rng(2)
    stated = rng.random(20_000)
    happened = rng.random(20_000) < stated
    assert expected_calibration_error(stated, happened, binning=binning) < 0.02
    assert expected_calibration_error(stated * 0.5, happened, binning=binning) > 0.2


def test_no_readings_and_impossible_probabilities_are_refused():
    with pytest.raises(NoTrials):
        expected_calibration_error(np.array([]), np.array([], bool))
    for wrong in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="0 to 1"):
            expected_calibration_error(np.array([wrong]), np.array([True]))


def _error(rows, bins, binning):
    stated, happened = zip(*rows, strict=True)
    return expected_calibration_error(np.array(stated), np.array(happened), bins=bins, binning=binning)
