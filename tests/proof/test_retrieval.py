import numpy as np
import pytest

from pandok.proof.retrieval import FIGURES, RetrievalTrial, figures, intervals


def trial(**changes):
    values = {
        "in_register": np.array([True, True, True, False, False]),
        "first_true_rank": np.array([1, 2, np.inf, np.inf, np.inf]),
        "average_precision": np.array([1, 0.5, 0, 0, 0]),
        "open_set_score": np.array([0.9, 0.8, 0.1, 0.3, 0.2]),
        "first_probability": np.array([0.9, 0.4, 0.2, 0.1, 0.0]),
        "said_nothing_close": np.array([False, False, True, True, False]),
    }
    return RetrievalTrial(**{**values, **changes})


def test_every_figure_of_a_trial():
    assert figures(trial()) == {
        "recall_at_1": pytest.approx(1 / 3),
        "recall_at_5": pytest.approx(2 / 3),
        "recall_at_10": pytest.approx(2 / 3),
        "map": pytest.approx(0.5),
        "dir_at_1pct": pytest.approx(1 / 3),
        "auroc_in_register": pytest.approx(4 / 6),
        "nothing_close_true_positive_rate": 0.5,
        "nothing_close_false_positive_rate": pytest.approx(1 / 3),
        "expected_calibration_error": pytest.approx((0.1 + 0.4 + 0.2 + 0.1 + 0) / 5),
    }


def test_what_a_reader_does_not_state_is_none():
    silent = figures(trial(first_probability=None, said_nothing_close=None))
    assert [name for name in FIGURES if silent[name] is None] == list(FIGURES[-3:])


def test_without_out_of_register_queries_the_open_set_figures_are_none():
    everything_in = figures(trial(in_register=np.ones(5, bool)))
    missing = {name for name in FIGURES if everything_in[name] is None}
    assert missing == {"dir_at_1pct", "auroc_in_register", "nothing_close_true_positive_rate"}


def test_a_trial_without_queries_has_no_figures():
    nothing = RetrievalTrial(np.zeros(0, bool), np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0, bool))
    assert set(figures(nothing).values()) == {None}
    assert set(intervals(nothing, rounds=2, rng=np.random.default_rng(0)).values()) == {None}


def test_figures_ignore_the_order_of_queries():
    order = np.array([4, 2, 0, 3, 1])
    one = trial()
    names = ("in_register", "first_true_rank", "average_precision", "open_set_score")
    other = trial(
        **{name: getattr(one, name)[order] for name in names},
        first_probability=one.first_probability[order],
        said_nothing_close=one.said_nothing_close[order],
    )
    assert figures(other) == pytest.approx(figures(one))


def test_intervals_hold_their_figures():
    rng = np.random.default_rng(2)
    within = rng.random(200) < 0.7
    rank = np.where(within, rng.choice([1.0, 2.0, np.inf], 200), np.inf)
    made = trial(
        in_register=within,
        first_true_rank=rank,
        average_precision=np.where(within, 1 / rank, 0),
        open_set_score=rng.random(200) + within,
        first_probability=rng.random(200),
        said_nothing_close=rng.random(200) < 0.4,
        clusters=tuple(f"design {row // 3}" for row in range(200)),
    )
    drawn = intervals(made, rounds=200, rng=rng)
    for name, value in figures(made).items():
        if name not in ("expected_calibration_error", "dir_at_1pct"):  # biased statistics need not lie inside
            assert drawn[name][0] <= value <= drawn[name][1]
