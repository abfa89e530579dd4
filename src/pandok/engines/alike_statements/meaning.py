"""Statements as vectors of what their words mean: means of word vectors, rare words weighing more, without what all
statements share (Arora, Liang, Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings").

The word vectors come from a likeness of two words that somebody else knows, as a library of morphemes that ships its
model's likenesses but not its vectors: each word is described by how alike it is to some landmark words, and these by
the root of their own likenesses (Williams and Seeger 2001, "Using the Nyström method to speed up kernel machines").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Word = Hashable
Likeness = Callable[[Word, Word], float]
"""Of two words, -1 to 1; NaN where one of them is not known."""
Vectors = NDArray[np.float32]
LANDMARKS = 400
SAME_FIELD = 2.0
"""What one field adds to the likeness of two statements for their order: as much as likenesses can differ by."""
LEAST_SHARED = 30
"""So many statements tell what all share; of fewer it would be what tells them apart."""
_LEAST_ROOT = 1e-3


@dataclass(frozen=True)
class Near:
    """`place`: of the known statement."""

    place: int
    likeness: float
    same_field: bool


class Meanings:
    """The known statements, ready to be asked. statements: the words of each; fields: of which field each is."""

    def __init__(
        self,
        statements: Sequence[Sequence[Word]],
        fields: Sequence[str],
        likeness: Likeness,
        *,
        landmarks: int = LANDMARKS,
    ):
        if len(statements) != len(fields):
            raise ValueError("a field for each statement")
        self._likeness, self._fields = likeness, list(fields)
        self._counts = Counter(word for words in statements for word in set(words))
        self._known = len(statements)
        # The most frequent words, and of equal ones the first by name: the same statements give the same landmarks.
        ordered = sorted(self._counts, key=lambda word: (-self._counts[word], repr(word)))
        self._landmarks = ordered[:landmarks]
        self._root = self._root_of_likenesses()
        self._vector_of: dict[Word, Vectors] = {}
        raw = np.array([self._raw(words) for words in statements], np.float32).reshape(len(statements), len(self._root))
        self._middle = raw.mean(axis=0) if len(raw) else np.zeros(len(self._root), np.float32)
        centred = raw - self._middle
        self._shared = np.zeros(len(self._root), np.float32)
        if len(raw) >= LEAST_SHARED:
            self._shared = np.linalg.svd(centred, full_matrices=False)[2][0].astype(np.float32)
        self._vectors = self._finished(raw)

    def nearest(self, words: Sequence[Word], field: str, *, count: int, besides: Sequence[int] = ()) -> list[Near]:
        """The `count` most alike, those of the same field first. besides: places that are not asked for."""
        asked = self._finished(self._raw(words)[None])[0]
        alike = self._vectors @ asked
        same = np.array([one == field for one in self._fields], bool)
        order = np.argsort(-(alike + SAME_FIELD * same), kind="stable")
        left_out = set(besides)
        kept = [int(place) for place in order if int(place) not in left_out][:count]
        return [Near(place, float(alike[place]), bool(same[place])) for place in kept]

    def _root_of_likenesses(self) -> Vectors:
        """(landmarks, landmarks): by it likenesses to the landmarks become vectors whose products are likenesses."""
        gram = np.array([[self._alike(one, other) for other in self._landmarks] for one in self._landmarks], np.float64)
        if not len(gram):
            return np.zeros((0, 0), np.float32)
        values, directions = np.linalg.eigh((gram + gram.T) / 2)
        kept = values > _LEAST_ROOT
        root = directions[:, kept] / np.sqrt(values[kept]) @ directions[:, kept].T
        return np.asarray(root, np.float32)

    def _alike(self, one: Word, other: Word) -> float:
        if one == other:
            return 1.0
        found = self._likeness(one, other)
        return 0.0 if np.isnan(found) else found

    def _vector(self, word: Word) -> Vectors:
        if word not in self._vector_of:
            to_landmarks = np.array([self._alike(word, one) for one in self._landmarks], np.float32)
            self._vector_of[word] = np.asarray(to_landmarks @ self._root, np.float32)
        return self._vector_of[word]

    def _raw(self, words: Sequence[Word]) -> Vectors:
        """The weighted mean of the words' vectors, of unit length. A word weighs by how few statements hold it."""
        total: Vectors = np.zeros(len(self._root), np.float32)
        for word in dict.fromkeys(words):
            holding = self._counts[word]
            weight = np.log(1 + (self._known - holding + 0.5) / (holding + 0.5))
            total += np.float32(weight) * self._vector(word)
        return np.asarray(_unit(total[None])[0], np.float32)

    def _finished(self, raw: Vectors) -> Vectors:
        centred = raw - self._middle
        return _unit(centred - np.outer(centred @ self._shared, self._shared).astype(np.float32))


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
