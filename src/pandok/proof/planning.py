"""How many goods are needed: planned by simulation of the very test that will be used."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from pandok.proof.paired_shares import PairedCounts, tango_z


def simulated_power(
    pairs: int,
    discordant: float,
    difference: float,
    margin: float,
    *,
    rng: np.random.Generator,
    rounds: int = 4000,
    alpha: float = 0.025,
) -> float:
    """Share of simulated trials of `pairs` goods in which non-inferiority (margin > 0) or superiority (0) is shown.

    `discordant` is the share of goods on which just one is right, `difference` the true difference.
    """
    if abs(difference) > discordant:
        raise ValueError("the difference cannot exceed the discordant share")
    only_model, only_practice = (discordant + difference) / 2, (discordant - difference) / 2
    drawn = rng.multinomial(pairs, [only_model, only_practice, 1 - discordant], size=rounds)
    limit = float(norm.ppf(1 - alpha))
    values, counts = np.unique(drawn[:, :2], axis=0, return_counts=True)
    shown = sum(
        int(count)
        for (b, c), count in zip(values.tolist(), counts.tolist(), strict=True)
        if tango_z(PairedCounts(b, c, pairs), -margin) > limit
    )
    return shown / rounds
