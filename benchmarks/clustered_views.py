"""Made vectors that crowd like registered views: classes of designs, and seven near views a design.

A design is a unit vector: the centre of its style (a mixture of 4,000 styles in a space of 96 directions) plus its
own deviation within the same directions plus a little of everything. A view is its design plus noise, half of it in
those directions, so that two views of one design have a cosine of about .85 and the nearest other design about .6.
Queries are new noisy views of designs of the register. All follows from the seed, block by block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VIEWS_A_DESIGN = 7
STYLES = 4000
DIRECTIONS = 96
_BLOCK_DESIGNS = 4096
# Rare classes are strewn over the whole register, whatever the style: (class code, rows).
RARE_CLASSES = {3201: 5, 3101: 60, 3001: 900}
_COMMON = np.array([n * 100 + s for n in range(1, 30) for s in range(1, 8)], np.int32)


@dataclass(frozen=True)
class Block:
    keys: NDArray[np.int64]
    vectors: NDArray[np.float32]
    class_code: NDArray[np.int32]
    in_force: NDArray[np.bool_]
    recorded: NDArray[np.bool_]


class ClusteredViews:
    """`rows` views of dimension `dimension`, always the same for one seed."""

    def __init__(self, rows: int, dimension: int, seed: int):
        self.rows, self.dimension, self.seed = rows, dimension, seed
        rng = np.random.default_rng([seed, 0])
        self._basis = np.linalg.qr(rng.standard_normal((dimension, DIRECTIONS)))[0].T.astype(np.float32)
        self._styles = _unit(rng.standard_normal((STYLES, DIRECTIONS)).astype(np.float32))
        popularity = 1 / np.arange(1, STYLES + 1) ** 0.7
        self._popularity = popularity / popularity.sum()
        share = 1 / np.arange(1, len(_COMMON) + 1)
        self._style_class = rng.choice(_COMMON, STYLES, p=share / share.sum())
        strewn = rng.choice(rows, sum(RARE_CLASSES.values()), replace=False)
        strewn_codes = np.repeat(list(RARE_CLASSES), list(RARE_CLASSES.values()))
        self._rare = dict(zip(strewn.tolist(), strewn_codes.tolist(), strict=True))

    def blocks(self) -> Iterator[Block]:
        """The register, some thousand rows at a time."""
        step = _BLOCK_DESIGNS * VIEWS_A_DESIGN
        for number, first in enumerate(range(0, self.rows, step)):
            designs, style, rng = self._designs(number)
            count = min(step, self.rows - first)
            vectors = self._views(np.repeat(designs, VIEWS_A_DESIGN, axis=0)[:count], rng)
            keys = np.arange(first, first + count, dtype=np.int64)
            codes = np.repeat(self._style_class[style], VIEWS_A_DESIGN)[:count].astype(np.int32)
            for row in range(first, first + count):
                if row in self._rare:
                    codes[row - first] = self._rare[row]
            yield Block(keys, vectors, codes, rng.random(count) < 0.7, rng.random(count) < 0.05)

    def queries(self, count: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """(count, dimension) new views of designs drawn evenly from the register, and each design's class."""
        rng = np.random.default_rng([self.seed, 2])
        rows = np.sort(rng.choice(self.rows // VIEWS_A_DESIGN, count, replace=False))
        centres, codes = [], []
        for number in np.unique(rows // _BLOCK_DESIGNS):
            designs, style, _ = self._designs(int(number))
            mine = rows[rows // _BLOCK_DESIGNS == number] % _BLOCK_DESIGNS
            centres.append(designs[mine])
            codes.append(self._style_class[style[mine]])
        order = rng.permutation(count)
        return self._views(np.concatenate(centres), rng)[order], np.concatenate(codes)[order].astype(np.int32)

    def _designs(self, number: int) -> tuple[NDArray[np.float32], NDArray[np.int64], np.random.Generator]:
        rng = np.random.default_rng([self.seed, 1, number])
        style = rng.choice(STYLES, _BLOCK_DESIGNS, p=self._popularity)
        own = _unit(rng.standard_normal((_BLOCK_DESIGNS, DIRECTIONS), np.float32))
        rest = _unit(rng.standard_normal((_BLOCK_DESIGNS, self.dimension), np.float32))
        return _unit((self._styles[style] + 0.75 * own) @ self._basis + 0.25 * rest), style, rng

    def _views(self, designs: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
        near = _unit(rng.standard_normal((len(designs), DIRECTIONS), np.float32)) @ self._basis
        rest = _unit(rng.standard_normal((len(designs), self.dimension), np.float32))
        return _unit(designs + 0.3 * near + 0.3 * rest)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
