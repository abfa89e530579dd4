"""Statements that share words, found among many: BM25 (Robertson and Zaragoza 2009) over pairs of syllables.

Pairs of syllables need no library and stand Korean endings; what two people say in other words they do not find, which
`meaning` does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

K1, B = 1.2, 0.75
LEAST_SHARE = 0.08
"""Fewer shared words are no reason to call two statements near."""
Key = TypeVar("Key", bound=Hashable)


def syllable_pairs(statement: str) -> list[str]:
    """
    >>> syllable_pairs("지하차도 물")
    ['지하', '하차', '차도', '물']
    """
    return [
        word[at : at + 2] for word in re.findall(r"\w+", statement.casefold()) for at in range(max(1, len(word) - 1))
    ]


@dataclass(frozen=True)
class Shared(Generic[Key]):
    """`share`: of the score that the statement asked with would reach with itself; about 0 to 1."""

    key: Key
    share: float


class KnownStatements(Generic[Key]):
    """Statements by their keys; each can be said anew. Not for several threads at once."""

    def __init__(self) -> None:
        self._slot_of: dict[Key, int] = {}
        self._said: dict[Key, str] = {}
        self._keys: list[Key | None] = []
        self._lengths: list[int] = []
        self._postings: dict[str, tuple[list[int], list[int]]] = {}

    def __len__(self) -> int:
        return len(self._slot_of)

    def say(self, key: Key, statement: str) -> None:
        """Add a statement, or put another in the place of what was said under this key."""
        if self._said.get(key) == statement:
            return
        if key in self._slot_of:
            self._keys[self._slot_of[key]] = None
        self._said[key] = statement
        words = syllable_pairs(statement)
        slot = self._slot_of[key] = len(self._keys)
        self._keys.append(key)
        self._lengths.append(len(words))
        for word, count in Counter(words).items():
            slots, counts = self._postings.setdefault(word, ([], []))
            slots.append(slot)
            counts.append(count)

    def nearest(self, statement: str, *, count: int, besides: Collection[Key] = ()) -> list[Shared[Key]]:
        """The `count` that share most, without those that share nothing."""
        if not self._keys:
            return []
        asked = Counter(syllable_pairs(statement))
        lengths = np.array(self._lengths, np.float64)
        mean = max(1.0, float(lengths.mean()))
        norms = K1 * (1 - B + B * lengths / mean)
        scores, own = np.zeros(len(self._keys)), 0.0
        own_norm = K1 * (1 - B + B * sum(asked.values()) / mean)
        for word, times in asked.items():
            slots, counts = self._postings.get(word, ([], []))
            weight = times * math.log(1 + (len(self._keys) - len(slots) + 0.5) / (len(slots) + 0.5))
            own += weight * times * (K1 + 1) / (times + own_norm)
            if slots:
                at, often = np.array(slots), np.array(counts, np.float64)
                scores[at] += weight * often * (K1 + 1) / (often + norms[at])
        found: list[Shared[Key]] = []
        for slot in np.argsort(-scores, kind="stable"):
            if len(found) == count or scores[slot] <= 0:
                break
            key = self._keys[int(slot)]
            if key is not None and key not in besides:
                found.append(Shared(key, float(scores[slot] / own)))
        return found
