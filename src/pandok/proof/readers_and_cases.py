"""Several officers and a model on the same goods: does the model differ from them as readers in general?

Obuchowski and Rockette's analysis of variance with Hillis' degrees of freedom: readers and cases are both random, so
that the answer holds for other officers and other goods.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import f as f_distribution
from scipy.stats import rankdata
from scipy.stats import t as t_distribution

from pandok.proof.bootstrap import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ReaderStudy:
    """The result for two treatments. `difference` is the mean of the first minus that of the second."""

    means: tuple[float, float]
    difference: float
    f_value: float
    df2: float
    p_value: float
    interval: Interval


def obuchowski_rockette(areas: Floats, cov2: float, cov3: float, *, confidence: float = 0.95) -> ReaderStudy:
    """From figures of merit `areas` (2, r readers) and the covariances of readers within (cov2) and across (cov3)
    treatments.

    Sources: Obuchowski and Rockette 1995; Hillis 2007, doi 10.1002/sim.2532; Hillis, Obuchowski, Schartz and Berbaum
    2005, doi 10.1002/sim.2024. Raises ValueError for fewer than two readers.
    """
    treatments, readers = areas.shape
    if treatments != 2 or readers < 2:
        raise ValueError("two treatments and at least two readers")
    grand, by_treatment, by_reader = areas.mean(), areas.mean(1), areas.mean(0)
    ms_t = readers * float(((by_treatment - grand) ** 2).sum()) / (treatments - 1)
    rest = areas - by_treatment[:, None] - by_reader[None] + grand
    ms_tr = float((rest**2).sum()) / ((treatments - 1) * (readers - 1))
    return _result(by_treatment, ms_t, ms_tr, cov2, cov3, readers, confidence)


def _result(
    means: Floats, ms_t: float, ms_tr: float, cov2: float, cov3: float, readers: int, confidence: float
) -> ReaderStudy:
    bottom = ms_tr + max(readers * (cov2 - cov3), 0.0)
    f_value, df2 = hillis(ms_t, ms_tr, cov2, cov3, treatments=2, readers=readers)
    apart = float(means[0] - means[1])
    reach = float(t_distribution.ppf((1 + confidence) / 2, df2)) * math.sqrt(2 * bottom / readers)
    return ReaderStudy(
        (float(means[0]), float(means[1])),
        apart,
        f_value,
        df2,
        float(f_distribution.sf(f_value, 1, df2)),
        (apart - reach, apart + reach),
    )


def hillis(
    ms_t: float, ms_tr: float, cov2: float, cov3: float, *, treatments: int, readers: int
) -> tuple[float, float]:
    """F and its second degrees of freedom.

    >>> f, df2 = hillis(.004796171, .0005510306, .0003395265, .0002358497, treatments=2, readers=5)
    >>> round(f, 4), round(df2, 3)
    (4.4849, 15.066)
    """
    bottom = ms_tr + max(readers * (cov2 - cov3), 0.0)
    if bottom <= 0 or ms_tr <= 0:
        raise ValueError("readers do not vary: the analysis has no error term")
    return ms_t / bottom, bottom**2 * (treatments - 1) * (readers - 1) / ms_tr**2


def delong_covariances(scores: Floats, positive: NDArray[np.bool_]) -> tuple[Floats, float, float]:
    """Areas (2, r) and Cov2, Cov3 from raw scores (2, r, n) by DeLong's placements."""
    treatments, readers, _ = scores.shape
    flat = scores.reshape(treatments * readers, -1)
    m, n = int(positive.sum()), int((~positive).sum())
    if m < 2 or n < 2:
        raise ValueError("at least two positives and two negatives")
    areas, v10, v01 = [], [], []
    for row in flat:
        x, y = row[positive], row[~positive]
        together = rankdata(np.concatenate([x, y]))
        areas.append((together[:m].sum() - m * (m + 1) / 2) / (m * n))
        v10.append((together[:m] - rankdata(x)) / n)
        v01.append(1 - (together[m:] - rankdata(y)) / m)
    covariance = np.cov(v10) / m + np.cov(v01) / n
    blocks = covariance.reshape(treatments, readers, treatments, readers)
    other = ~np.eye(readers, dtype=bool)
    cov2 = float(np.mean([blocks[i, :, i, :][other].mean() for i in range(treatments)]))
    cov3 = float(
        np.mean([blocks[i, :, j, :][other].mean() for i in range(treatments) for j in range(treatments) if i != j])
    )
    return np.array(areas).reshape(treatments, readers), cov2, cov3


def model_against_panel(model: float, officers: Floats, cov2: float, var_model: float, cov_model: float) -> Interval:
    """95 % interval of the model's area minus the mean officer's, officers (r,) as a random sample.

    One treatment on the differences (model - officer j); the model's ratings are not copied as a second treatment.
    `cov2`: covariance between officers; `var_model`: the model's variance; `cov_model`: mean covariance of the model
    with an officer.
    """
    readers = len(officers)
    if readers < 2:
        raise ValueError("at least two officers")
    apart = model - officers
    ms_r = float(apart.var(ddof=1))
    cov2_of_differences = var_model + cov2 - 2 * cov_model
    bottom = ms_r + max(readers * cov2_of_differences, 0.0)
    if ms_r <= 0:
        raise ValueError("officers do not vary")
    df = bottom**2 * (readers - 1) / ms_r**2
    reach = float(t_distribution.ppf(0.975, df)) * math.sqrt(bottom / readers)
    return float(apart.mean()) - reach, float(apart.mean()) + reach
