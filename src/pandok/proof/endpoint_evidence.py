"""From an endpoint's values to its evidence, and the figures of model and practice alone."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import t as t_distribution

from pandok.core.lab.comparison import Figure, Method
from pandok.core.lab.evidence import (
    AreasEvidence,
    ClusteredCountsEvidence,
    Evidence,
    MeanEvidence,
    PairedCountsEvidence,
    ReadersEvidence,
)
from pandok.core.lab.problem import Metric
from pandok.proof.areas import area_interval
from pandok.proof.bootstrap import Interval
from pandok.proof.clustered_areas import clustered_areas, placements
from pandok.proof.clustered_shares import cluster_moments, cluster_sums
from pandok.proof.exact_shares import EXACT_UP_TO
from pandok.proof.mean_differences import mean_interval, mean_moments
from pandok.proof.recompute import areas_of
from pandok.proof.rows_to_values import EndpointValues, Floats
from pandok.proof.shares import exact_interval, wilson_interval


def evidence_of(values: EndpointValues) -> Evidence:
    """Raises ValueError where so few cases, clusters or goods of a kind give none."""
    if values.metric is Metric.AUC:
        return _areas(values)
    if values.metric is Metric.MEAN_ABSOLUTE_ERROR:
        moments = mean_moments(values.practice - values.model, values.clusters)
        return MeanEvidence(
            cases=len(values), clusters=moments.clusters, difference=moments.mean, deviation=moments.deviation
        )
    differences = values.model - values.practice
    if values.clusters is None:
        if not len(values):
            raise ValueError("at least one case")
        return PairedCountsEvidence(
            only_model=int((differences > 0).sum()),
            only_practice=int((differences < 0).sum()),
            pairs=len(values),
        )
    found = cluster_moments(differences, values.clusters)
    return ClusteredCountsEvidence(
        cases=found.cases,
        clusters=found.clusters,
        only_model=found.only_model,
        only_practice=found.only_practice,
        mean=found.mean,
        deviation=found.deviation,
        spread=found.spread,
    )


def method_of(evidence: Evidence) -> Method:
    if isinstance(evidence, ReadersEvidence):
        return Method.READERS
    if isinstance(evidence, PairedCountsEvidence):
        return Method.EXACT if evidence.pairs <= EXACT_UP_TO else Method.SCORE
    if isinstance(evidence, ClusteredCountsEvidence):
        return Method.CLUSTERED_SCORE
    if isinstance(evidence, MeanEvidence):
        return Method.MEAN if evidence.clusters is None else Method.CLUSTERED_MEAN
    return Method.AREAS if evidence.clusters is None else Method.CLUSTERED_AREAS


def figures_of(values: EndpointValues, evidence: Evidence, *, confidence: float) -> tuple[Figure, Figure]:
    """Model and practice."""
    if isinstance(evidence, AreasEvidence):
        found = areas_of(evidence)
        first, second = (
            Figure(value=found.areas[which], interval=area_interval(found, which, confidence=confidence))
            for which in (0, 1)
        )
        return first, second
    return _figure(values, values.model, confidence), _figure(values, values.practice, confidence)


def _figure(values: EndpointValues, one: Floats, confidence: float) -> Figure:
    if values.metric is Metric.MEAN_ABSOLUTE_ERROR:
        low, high = mean_interval(mean_moments(one, values.clusters), confidence=confidence)
        return Figure(value=float(one.mean()), interval=(max(0.0, low), high))
    hits = int(one.sum())
    if values.clusters is None:
        find = exact_interval if len(one) <= EXACT_UP_TO else wilson_interval
        interval = find(hits, len(one), confidence=confidence)
    else:
        interval = _clustered_share(one, values.clusters, confidence)
    return Figure(value=hits / len(one), interval=interval or (0.0, 1.0))


def _clustered_share(hits: Floats, clusters: tuple[str, ...], confidence: float) -> Interval:
    """Wilson's interval of as many cases as the clustered ones are worth, with Student's t."""
    sums, sizes = cluster_sums(hits, clusters)
    count, cases, share = len(sums), len(hits), float(hits.mean())
    alone = share * (1 - share) / cases
    spread = count / (count - 1) * float(((sums - share * sizes) ** 2).sum()) / cases**2
    worth = cases / max(1.0, spread / alone) if alone > 0 else float(count)
    limit = float(t_distribution.ppf((1 + confidence) / 2, count - 1))
    half = limit * math.sqrt(share * (1 - share) / worth + limit**2 / (4 * worth**2))
    middle, scale = share + limit**2 / (2 * worth), 1 + limit**2 / worth
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def _areas(values: EndpointValues) -> AreasEvidence:
    m, n = int(values.positive.sum()), int((~values.positive).sum())
    if m < 2 or n < 2:
        raise ValueError("at least two positives and two negatives")
    placed = [placements(scores, values.positive) for scores in (values.model, values.practice)]
    both = np.array([one for one, _ in placed])
    (a, b), (c, d) = np.cov(both[:, values.positive]).tolist()
    (e, f), (g, h) = np.cov(both[:, ~values.positive]).tolist()
    covariance = None
    clusters = None
    if values.clusters is not None:
        found = clustered_areas(values.model, values.practice, values.positive, values.clusters)
        covariance, clusters = found.covariance, found.clusters
    return AreasEvidence(
        positives=m,
        negatives=n,
        areas=(placed[0][1], placed[1][1]),
        of_positives=((a, b), (c, d)),
        of_negatives=((e, f), (g, h)),
        clusters=clusters,
        covariance=covariance,
    )
