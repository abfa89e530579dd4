import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.proof.no_trials import NoTrials
from pandok.proof.ranking_metrics import average_precision, mean_average_precision, ranking_order, recall_at_k

galleries = st.lists(st.integers(0, 4), min_size=1, max_size=12).flatmap(
    lambda scores: st.tuples(st.just(scores), st.permutations(range(len(scores))))
)


@given(galleries)
def test_ranking_ignores_gallery_order(gallery):
    scores, order = gallery
    ids = [f"design {number}" for number in range(len(scores))]
    straight = [ids[place] for place in ranking_order(np.array(scores, float), ids)]
    shuffled_ids = [ids[place] for place in order]
    shuffled = ranking_order(np.array([scores[place] for place in order], float), shuffled_ids)
    assert [shuffled_ids[place] for place in shuffled] == straight


@given(galleries, st.integers(-5, -1))
def test_a_worse_candidate_lifts_nobody(gallery, worse):
    scores, _ = gallery
    ids = [f"design {number}" for number in range(len(scores))]
    before = ranking_order(np.array(scores, float), ids).tolist()
    after = ranking_order(np.array([*scores, worse], float), [*ids, "another"]).tolist()
    assert after == [*before, len(scores)]


@given(st.sets(st.integers(1, 40), min_size=1, max_size=8), st.integers(0, 3))
def test_average_precision_agrees_with_its_definition(ranks, not_found):
    listed = [rank in ranks for rank in range(1, 41)]
    precisions = [sum(listed[:rank]) / rank for rank in range(1, 41) if listed[rank - 1]]
    expected = sum(precisions) / (len(ranks) + not_found)
    assert average_precision(np.array(list(ranks)), len(ranks) + not_found) == pytest.approx(expected)


def test_average_precision_without_a_find_is_zero():
    assert average_precision(np.array([], dtype=int), 3) == 0


@pytest.mark.parametrize(("ranks", "count"), [([1, 2], 1), ([], 0)])
def test_average_precision_refuses_counts_that_cannot_be(ranks, count):
    with pytest.raises(ValueError, match="relevant_count"):
        average_precision(np.array(ranks), count)


def test_recall_counts_a_query_once_and_never_counts_unlisted_ones():
    ranks = np.array([1.0, 5.0, 6.0, np.inf])
    assert recall_at_k(ranks, 1) == 0.25
    assert recall_at_k(ranks, 5) == 0.5
    assert recall_at_k(ranks, 10_000) == 0.75


@given(st.lists(st.integers(1, 30), min_size=1), st.integers(1, 30))
def test_recall_never_falls_with_k(ranks, k):
    assert recall_at_k(np.array(ranks, float), k) <= recall_at_k(np.array(ranks, float), k + 1)


@pytest.mark.parametrize("figure", [lambda: recall_at_k(np.array([]), 1), lambda: mean_average_precision(np.array([]))])
def test_no_queries_is_told_in_both_languages(figure):
    with pytest.raises(NoTrials) as told:
        figure()
    assert told.value.error_code == "no_trials"
    assert "등록" in told.value.message("ko")
    assert "in the register" in told.value.message("en")
