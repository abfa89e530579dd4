"""Description: everything that a comparison needs to know of one look at a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs import local
from pandok.readers.designs.canvas import square
from pandok.readers.designs.lines import line_layout
from pandok.readers.designs.looks import Look
from pandok.readers.designs.shape import gradient_shape
from pandok.readers.designs.vocabulary import Vocabulary

SHAPE, LINES, WORDS = "shape", "lines", "words"
LAYOUT = "layout"
LAID_OUT = (LAYOUT, LINES)
"""Parts that keep where everything lies: they say something only of two pictures on plain grounds."""


class Encoder(Protocol):
    """Turns squares into vectors. `parts` names the vectors with their lengths. `encode` maps (n, 224, 224, 3) uint8
    RGB to (n, sum of lengths) float32, every part of unit length. It may be called from several threads."""

    name: str
    parts: tuple[tuple[str, int], ...]

    def encode(self, squares: NDArray[np.uint8]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Description:
    """`vector` (d,) float32: the encoder's parts, then shape, lines and words, each of unit length; see
    `Describer.parts`. `turns`: as often was the look turned by a quarter before; its key points are those of the look
    that was not."""

    vector: NDArray[np.float32]
    local: local.LocalFeatures
    box: Box
    plain: bool
    turns: int = 0

    def moved(self, scale: float, x: int, y: int) -> Description:
        """The same in pixels of the whole picture, of which the described part was cut at (x, y) and then reduced."""
        if scale == 1.0 and (x, y) == (0, 0):
            return self
        points = self.local.points / np.float32(scale) + np.array([x, y], np.float32)
        box = Box(
            x1=x + round(self.box.x1 / scale),
            y1=y + round(self.box.y1 / scale),
            x2=x + round(self.box.x2 / scale),
            y2=y + round(self.box.y2 / scale),
        )
        return replace(self, local=local.LocalFeatures(points, self.local.descriptors), box=box)


@dataclass(frozen=True)
class Describer:
    """Joins the encoder with what needs no network. `shape_projection` (p, 576) float32 and `shape_mean` (576,) shorten
    the gradient shape; `lines` (projection (p, 2700), offset (p,)) shortens the layout of the lines, None: without it.
    """

    encoder: Encoder
    vocabulary: Vocabulary
    shape_mean: NDArray[np.float32]
    shape_projection: NDArray[np.float32]
    lines: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Names and lengths of the parts of a description's vector, in order."""
        return (
            *self.encoder.parts,
            (SHAPE, len(self.shape_projection)),
            *(((LINES, len(self.lines[0])),) if self.lines else ()),
            (WORDS, self.vocabulary.dimension),
        )

    @property
    def dimension(self) -> int:
        return sum(length for _, length in self.parts)

    def slices(self) -> dict[str, slice]:
        """Where each part lies in the vector."""
        found: dict[str, slice] = {}
        start = 0
        for name, length in self.parts:
            found[name] = slice(start, start + length)
            start += length
        return found

    def describe(self, looks: Sequence[Look]) -> list[Description]:
        """One description for each look, in order. The encoder runs once for all of them. A turned look stands behind
        the one that it was made from."""
        if not looks:
            return []
        encoded = self.encoder.encode(np.stack([look.square for look in looks]))
        found: list[Description] = []
        upright = 0
        for place, (look, row) in enumerate(zip(looks, encoded, strict=True)):
            if not look.turns:
                upright = place
            found.append(self._join(look, row, found[upright] if look.turns else None))
        return found

    def _join(self, look: Look, encoded: NDArray[np.float32], upright: Description | None) -> Description:
        """`upright`: what the look was turned from; key points and words do not change when a picture is turned."""
        box = look.box
        if upright is None:
            features = local.features(look.gray)
            words = self.vocabulary.describe(features)
            points = _moved(features, box)
        else:
            words, points = upright.vector[self.slices()[WORDS]], upright.local
        fitted = square(np.repeat(look.gray[:, :, None], 3, axis=2), None, 128, "white" if look.plain else "border")
        shape = self.shape_projection @ (gradient_shape(fitted[:, :, 0]) - self.shape_mean)
        parts = [encoded, shape / max(float(np.linalg.norm(shape)), 1e-9)]
        if self.lines:
            lines = self.lines[0] @ line_layout(look.gray) - self.lines[1]
            parts.append(lines / max(float(np.linalg.norm(lines)), 1e-9))
        vector = np.concatenate([*parts, words]).astype(np.float32)
        return Description(vector, points, box, look.plain, look.turns)


def _moved(features: local.LocalFeatures, box: Box) -> local.LocalFeatures:
    """Points in pixels of the whole picture."""
    shift = np.array([box.x1, box.y1], np.float32)
    return local.LocalFeatures(features.points + shift, features.descriptors)
