"""Does a probability mean what it says? Expected calibration error.

Shipped figure: ten bins of equal mass. Readings crowd near 0 and 1, and bins of equal width then hold a handful of
queries or none; bins of equal mass weigh every reading alike (Nixon et al. 2019, "Measuring calibration in deep
learning") and estimate with less bias (Roelofs et al. 2022, "Mitigating bias in calibration error estimation").
Equal width with 10 bins (Naeini et al. 2015) or 15 (Guo et al. 2017) stays available for comparison with papers.
Every variant is biased upward on few queries.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pandok.proof.no_trials import no_trials

Binning = Literal["equal_mass", "equal_width"]


def expected_calibration_error(
    probabilities: NDArray[np.floating],
    happened: NDArray[np.bool_],
    *,
    bins: int = 10,
    binning: Binning = "equal_mass",
) -> float:
    """Mean gap between the stated probability and the share that came true, weighted by bin size; lower is better.

    `probabilities` (N,) in 0 to 1, `happened` (N,). Equal probabilities always share a bin, so that the order of
    the queries does not matter. Raises NoTrials for N = 0, ValueError outside 0 to 1.

    >>> p, y = np.array([0.25, 0.25, 0.75, 0.75]), np.array([False, False, True, True])
    >>> expected_calibration_error(p, y, bins=2)
    0.25
    >>> expected_calibration_error(p, y, bins=10, binning="equal_width")
    0.25
    """
    stated = np.asarray(probabilities, dtype=np.float64)
    true = np.asarray(happened, dtype=np.float64)
    if len(stated) == 0:
        raise no_trials("읽을 수 있는", "readable")
    if bins < 1 or np.any(~((stated >= 0) & (stated <= 1))):
        raise ValueError("probabilities lie in 0 to 1, and there is at least one bin")
    bin_of = _equal_mass_bins(stated, bins) if binning == "equal_mass" else _equal_width_bins(stated, bins)
    gaps = np.bincount(bin_of, weights=stated - true, minlength=bins)
    return float(np.sum(np.abs(gaps)) / len(stated))


def _equal_width_bins(stated: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    return np.minimum((stated * bins).astype(np.intp), bins - 1)


def _equal_mass_bins(stated: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    """Bin by the number of readings that lie strictly below, which equal probabilities share."""
    below = np.searchsorted(np.sort(stated), stated, side="left")
    return (below * bins // len(stated)).astype(np.intp)
