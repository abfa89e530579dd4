"""Air and dark: from detector counts to transmission, channel by channel, with drift along the belt.

T = (S - D) / ((A - D) · g): D and A the mean dark and air of a channel, g the drift. g joins the median air at both
ends of the scan by a straight line. A row is a detector channel, a column one line of the belt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import InputError
from pandok.readers.xray.physics.refusals import refused

LEAST_T, MOST_T = 1e-5, 1.05
LEAST_SPAN_SHARE = 0.02
"""Of full scale: a channel whose air stands less above its dark is dead."""
MOST_GAIN_Z = 5.0
"""Robust z of a channel's air among all channels."""
MOST_NOISE_Z = 8.0
"""Robust z of the logarithm of a channel's noise in air; noise of 64 lines scatters by itself."""
MOST_AIR_COLUMNS = 64
AIR_OUTLIER_Z = 4.0
AIR_OUTLIER_SHARE = 0.01
"""A column is air where no more channels than this leave the noise of air; all that lies on the belt covers more."""

Why = Literal["dead", "stuck", "gain", "noisy"]


@dataclass(frozen=True)
class BadChannel:
    """`channel`: row, counted from 0. Its pixels are interpolated from its neighbours."""

    channel: int
    why: Why


@dataclass(frozen=True)
class ChannelResponse:
    """`dark`, `span` (channels,): mean dark, mean air less dark, in counts. `noise` (channels,): standard deviation of
    air, in counts. `full_scale`: largest count that the machine can say."""

    dark: NDArray[np.float64]
    span: NDArray[np.float64]
    noise: NDArray[np.float64]
    bad: tuple[BadChannel, ...]
    full_scale: int


@dataclass(frozen=True)
class Drift:
    """`at_start`, `at_end`: median air at the scan's ends, 1 = as at calibration; None where the end shows no air.
    `air_columns`: how many columns of air were found at start and end."""

    at_start: float | None
    at_end: float | None
    air_columns: tuple[int, int]


@dataclass(frozen=True)
class Calibrated:
    """`transmission` (channels, columns) float32 within [1e-5, 1.05]. `saturated` (channels, columns): the count was at
    full scale, so that T is a lower bound."""

    transmission: NDArray[np.float32]
    saturated: NDArray[np.bool_]
    drift: Drift
    bad: tuple[BadChannel, ...]


def measure_channels(dark: NDArray[np.integer], air: NDArray[np.integer], full_scale: int = 65535) -> ChannelResponse:
    """Dark and air lines, each (channels, lines) of counts. Raises `InputError` where they do not fit each other or no
    channel is alive."""
    if dark.ndim != 2 or air.ndim != 2 or dark.shape[0] != air.shape[0] or 0 in (dark.shape[1], air.shape[1]):
        raise refused(code="xray.calibration_shapes", dark=str(dark.shape), air=str(air.shape))
    dark_mean, air_mean = dark.mean(axis=1, dtype=np.float64), air.mean(axis=1, dtype=np.float64)
    noise = air.std(axis=1, dtype=np.float64, ddof=1) if air.shape[1] > 1 else np.full(air.shape[0], np.nan)
    span = air_mean - dark_mean
    bad: dict[int, Why] = {int(row): "dead" for row in np.flatnonzero(span < LEAST_SPAN_SHARE * full_scale)}
    for row in np.flatnonzero((air_mean >= full_scale) | (dark_mean >= full_scale) | ((noise == 0) & (air_mean > 0))):
        bad[int(row)] = "stuck"
    alive = np.array([row not in bad for row in range(len(span))])
    if not alive.any():
        raise _dead(len(span))
    for row in np.flatnonzero(alive & (np.abs(_robust_z(span, alive)) > MOST_GAIN_Z)):
        bad[int(row)] = "gain"
    if air.shape[1] >= 16:
        spread = np.log(np.where(noise > 0, noise, 1.0))
        for row in np.flatnonzero(alive & (np.abs(_robust_z(spread, alive)) > MOST_NOISE_Z)):
            bad.setdefault(int(row), "noisy")
    if len(bad) == len(span):
        raise _dead(len(span))
    listed = tuple(BadChannel(row, bad[row]) for row in sorted(bad))
    return ChannelResponse(dark=dark_mean, span=span, noise=noise, bad=listed, full_scale=full_scale)


def calibrated(counts: NDArray[np.integer], response: ChannelResponse) -> Calibrated:
    """`counts` (channels, columns) of one energy. Raises `InputError` where the number of channels differs."""
    if counts.ndim != 2 or counts.shape[0] != len(response.span):
        raise refused(code="xray.calibration_channels", scan=str(counts.shape), channels=len(response.span))
    good = np.ones(len(response.span), dtype=bool)
    good[[one.channel for one in response.bad]] = False
    span = np.where(good, response.span, 1.0)
    relative = (counts - response.dark[:, None]) / span[:, None]
    drift, gain = _drift(relative, good, response.noise / span)
    relative /= gain
    saturated = np.asarray(counts >= response.full_scale) & good[:, None]
    _fill(relative, good)
    transmission = np.clip(relative, LEAST_T, MOST_T).astype(np.float32)
    return Calibrated(transmission=transmission, saturated=saturated, drift=drift, bad=response.bad)


def _dead(channels: int) -> InputError:
    return refused(code="xray.calibration_dead", channels=channels)


def _robust_z(values: NDArray[np.float64], alive: NDArray[np.bool_]) -> NDArray[np.float64]:
    middle = np.median(values[alive])
    spread = 1.4826 * np.median(np.abs(values[alive] - middle))
    # Channels alike to the last digit: anything further than a thousandth is another.
    return np.asarray((values - middle) / max(spread, 1e-3 * abs(middle), 1e-9))


def _drift(
    relative: NDArray[np.float64], good: NDArray[np.bool_], noise: NDArray[np.float64]
) -> tuple[Drift, NDArray[np.float64]]:
    """What is known of the drift, and g of every column, (columns,)."""
    noise = np.where(np.isfinite(noise) & (noise > 0), noise, np.inf)[good, None]
    columns = relative.shape[1]
    most = min(MOST_AIR_COLUMNS, columns // 2)

    def air_at(part: NDArray[np.float64]) -> int:
        """How many leading columns of `part` are air."""
        here = part[good]
        middle = np.median(here, axis=0)
        outside = (np.abs(here / np.maximum(middle, 1e-9) - 1) > AIR_OUTLIER_Z * noise).mean(axis=0)
        air = (outside <= AIR_OUTLIER_SHARE) & (middle > 0.5)
        return int(np.argmin(air)) if not air.all() else len(air)

    start, end = air_at(relative[:, :most]), air_at(relative[:, : columns - most - 1 : -1])
    at_start = float(np.median(relative[good, :start])) if start else None
    at_end = float(np.median(relative[good, columns - end :])) if end else None
    known = [
        (place, value)
        for place, value in (((start - 1) / 2, at_start), (columns - 1 - (end - 1) / 2, at_end))
        if value is not None
    ]
    at = np.arange(columns, dtype=np.float64)
    if len(known) == 2:
        (x0, y0), (x1, y1) = known
        gain = y0 + (at - x0) * (y1 - y0) / max(x1 - x0, 1.0)
    else:
        gain = np.full(columns, known[0][1] if known else 1.0)
    return Drift(at_start=at_start, at_end=at_end, air_columns=(start, end)), gain


def _fill(image: NDArray[np.float64], good: NDArray[np.bool_]) -> None:
    """Rows that are not good, from the nearest good ones above and below, by their distance."""
    rows = np.flatnonzero(good)
    for row in np.flatnonzero(~good):
        after = int(np.searchsorted(rows, row))
        above, below = rows[max(after - 1, 0)], rows[min(after, len(rows) - 1)]
        share = 0.5 if above == below else (row - above) / (below - above)
        image[row] = (1 - share) * image[above] + share * image[below]
