import numpy as np
import pytest

from pandok.proof.bootstrap import bootstrap_intervals
from pandok.proof.no_trials import no_trials

HITS = np.array([1.0, 1.0, 1.0, 0.0] * 25)


def share(rows):
    return float(HITS[rows].mean())


def draw(statistics, seed=2, **options):
    return bootstrap_intervals(statistics, len(HITS), rounds=300, rng=np.random.default_rng(seed), **options)


def test_the_interval_holds_the_figure_and_has_the_textbook_width():
    low, high = draw({"share": share})["share"]
    assert low < 0.75 < high
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(0.75 * 0.25 / 100), rel=0.25)


def test_the_same_seed_gives_the_same_interval():
    assert draw({"share": share}) == draw({"share": share})
    uneven = {"mean": lambda rows: float(np.sqrt(np.arange(100))[rows].mean())}
    assert draw(uneven) != draw(uneven, seed=3)


def test_alike_queries_in_clusters_widen_the_interval():
    def ordered(rows):
        return float(np.sort(HITS)[rows].mean())

    low, high = draw({"share": ordered})["share"]
    wide_low, wide_high = draw({"share": ordered}, clusters=[row // 10 for row in range(100)])["share"]
    assert wide_high - wide_low > 2 * (high - low)


def test_clusters_are_drawn_whole():
    seen = []
    draw({"rows": lambda rows: seen.append(np.bincount(rows, minlength=100)) or 0.0}, clusters=["a", "b"] * 50)
    assert all(len(set(counts[::2])) == 1 and len(set(counts[1::2])) == 1 for counts in seen)


def test_rounds_without_trials_are_left_out_and_never_any_gives_none():
    def only_with_the_first(rows):
        if 0 not in rows:
            raise no_trials("그런", "such")
        return 1.0

    def never(_rows):
        raise no_trials("그런", "such")

    intervals = draw({"some": only_with_the_first, "never": never})
    assert intervals == {"some": (1.0, 1.0), "never": None}


def test_one_label_a_query():
    with pytest.raises(ValueError, match="label"):
        draw({"share": share}, clusters=["a"])


def test_no_queries_give_no_interval():
    assert bootstrap_intervals({"share": share}, 0, rounds=3, rng=np.random.default_rng(0)) == {"share": None}
