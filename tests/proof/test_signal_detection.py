"""d′: the same whatever is called in doubt, and its interval holds where only a share of what was passed is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from pandok.proof.signal_detection import LEAST_KNOWN, d_prime


@pytest.mark.parametrize("criterion", [-0.5, 0.0, 1.0])
def test_a_stricter_criterion_leaves_it_as_it_is(criterion: float) -> None:
    """Counts of an ideal observer of d′ 2 at three criteria, so many that halves do not matter."""
    caught, false = (round(1e6 * norm.sf(criterion - mean)) for mean in (2.0, 0.0))
    found = d_prime((caught, false), (1_000_000 - caught, 1_000_000 - false))
    assert found is not None
    assert found.value == pytest.approx(2.0, abs=1e-3)


def test_the_interval_covers_where_a_tenth_of_what_was_passed_is_opened() -> None:
    random, truth, covered, width = np.random.default_rng(3), norm.ppf(0.85) - norm.ppf(0.2), 0, []
    for _ in range(800):
        signal = random.random(400) < 0.2
        stopped = np.where(signal, random.random(400) < 0.85, random.random(400) < 0.2)
        known = stopped | (random.random(400) < 0.1)
        counts = [
            (int((signal & part & known).sum()), int((~signal & part & known).sum())) for part in (stopped, ~stopped)
        ]
        found = d_prime(counts[0], counts[1], known_share=0.1)
        assert found is not None
        covered += found.interval[0] <= truth <= found.interval[1]
        width.append(found.interval[1] - found.interval[0])
    assert 0.92 <= covered / 800 <= 0.98
    assert np.median(width) < 2.5


def test_too_little_says_nothing_and_nonsense_is_refused() -> None:
    assert d_prime((LEAST_KNOWN - 1, 50), (0, 50)) is None
    assert d_prime((50, LEAST_KNOWN - 1), (50, 0)) is None
    assert d_prime((LEAST_KNOWN, LEAST_KNOWN), (0, 0)) is not None
    for wrong in ({"known_share": 0.0}, {"known_share": 1.1}):
        with pytest.raises(ValueError, match="share"):
            d_prime((9, 9), (9, 9), **wrong)
    with pytest.raises(ValueError, match="counts"):
        d_prime((-1, 9), (9, 9))
