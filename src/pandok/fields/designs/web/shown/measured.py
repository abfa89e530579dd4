"""How well the reader's own numbers held when they were measured, from its model card: beside every probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pandok.core.errors import ModelError
from pandok.engines.encoders.reader_files import shipped_model
from pandok.fields.designs.web.shown import value_words as words
from pandok.settings import settings


@dataclass(frozen=True)
class Measured:
    """Of `named` readings that named something, `right` was right, where they said `said` on average."""

    named: int
    right: str
    said: str


@cache
def measured(reader: str) -> Measured | None:
    """What the card of this reader says; None for another reader or a card without it."""
    try:
        card = shipped_model(settings().home).card
    except ModelError:
        return None
    scores = {one.metric: one.value for one in card.scores}
    if card.title != reader or not {"named", "named_right", "named_mean_probability"} <= set(scores):
        return None
    return Measured(
        named=round(scores["named"]),
        right=words.per_cent(scores["named_right"]),
        said=words.per_cent(scores["named_mean_probability"]),
    )
