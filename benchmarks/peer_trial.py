"""A peer's answers on an evaluation folder, measured with the same figures as the product.

A peer states no probability, so calibration error and "nothing close" stay empty; its open-set score is its best score.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from benchmarks.peers.peer import Peer, RegisterPicture
from pandok.fields.designs.evaluation.measuring import Clock, Evaluation, EvaluationSet, Pictures
from pandok.proof.ranking_metrics import average_precision, ranking_order
from pandok.proof.retrieval import RetrievalTrial, figures, intervals


def measure_peer(peer: Peer, chosen: EvaluationSet, *, clock: Clock, rounds: int, seed: int) -> dict[str, Any]:
    """The JSON of `Evaluation.as_json()` for a peer, with `enroll_s`."""
    pictures = Pictures(chosen)
    started = clock()
    peer.enroll([RegisterPicture(view.design.design_id, view.pixels) for view in pictures.views()])
    enroll_s = clock() - started
    queries, first_true_rank, precisions, best_scores, read_ms = [], [], [], [], []
    for query in chosen.queries:
        started = clock()
        pixels = pictures.decoded(query.path, "queries.csv", query.line)
        if pixels is None:
            continue
        scores = peer.scores(pixels)
        order = ranking_order(scores, peer.design_ids)
        read_ms.append((clock() - started) * 1000)
        is_true = np.array([design_id in query.design_ids for design_id in peer.design_ids])[order]
        ranks = np.flatnonzero(is_true) + 1
        queries.append(query)
        first_true_rank.append(float(ranks[0]) if len(ranks) else math.inf)
        precisions.append(average_precision(ranks, len(query.design_ids)) if query.design_ids else 0.0)
        best_scores.append(float(scores.max()))
    trial = RetrievalTrial(
        in_register=np.array([bool(query.design_ids) for query in queries]),
        first_true_rank=np.asarray(first_true_rank),
        average_precision=np.asarray(precisions),
        open_set_score=np.asarray(best_scores),
        clusters=tuple(query.cluster for query in queries),
    )
    evaluation = Evaluation(
        trial=trial,
        figures=figures(trial),
        intervals=intervals(trial, rounds=rounds, rng=np.random.default_rng(seed)),
        threshold=None,
        read_ms=np.asarray(read_ms),
        designs=len(peer.design_ids),
        views=pictures.enrolled,
        skipped=pictures.skipped,
        reader=peer.name,
        problems=tuple(pictures.problems),
    )
    return {**evaluation.as_json(), "enroll_s": round(enroll_s, 2)}
