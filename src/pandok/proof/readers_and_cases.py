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
