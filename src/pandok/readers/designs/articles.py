"""Which article is it? The classes of the nearest designs, weighted by how near they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import ArticleSuggestion, RegisteredDesign

SUGGESTED = 3


def suggest_articles(
    designs: Sequence[RegisteredDesign], probabilities: NDArray[np.float32]
) -> tuple[ArticleSuggestion, ...]:
    """At most three classes by the shares of the designs' probabilities, which need not sum to one: what is missing
    is the chance that the article is of none of the registered designs. Designs without a class count by article."""
    shares: dict[tuple[str, str], float] = {}
    articles: dict[tuple[str, str], tuple[float, str]] = {}
    for design, probability in zip(designs, probabilities, strict=True):
        key = (design.locarno_class, "" if design.locarno_class else design.article)
        shares[key] = shares.get(key, 0.0) + float(probability)
        if float(probability) >= articles.get(key, (-1.0, ""))[0]:
            articles[key] = (float(probability), design.article)
    ranked = sorted(shares.items(), key=lambda item: -item[1])[:SUGGESTED]
    return tuple(
        ArticleSuggestion(locarno_class=key[0], article=articles[key][1], probability=min(share, 1.0))
        for key, share in ranked
        if share >= 0.02 and any(key)
    )
