"""Marks on the goods: text lines and codes, and the goods without their text. Crops of figurative marks: lockups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from pandok.core.errors import Unavailable
from pandok.core.reading import Box, CodeFound, MarksFound, WordsFound
from pandok.core.text import Text
from pandok.readers.designs.lockups import Pixels, figurative_crops, overlap

__all__ = ["CodeReader", "Pixels", "TextReader", "figurative_crops", "mask_words", "overlap", "read_marks"]


class TextReader(Protocol):
    """Promise: `read` may be called from several threads and twice with the same result, and keeps no picture."""

    def read(self, pixels: Pixels) -> list[WordsFound]:
        """Lines of text of an RGB picture `(H, W, 3)`, top to bottom. Raises Unavailable where it cannot work."""
        ...

    def remarks(self) -> tuple[Text, ...]:
        """What this installation cannot read ("no Hangul"), for people; empty where nothing is missing."""
        ...


class CodeReader(Protocol):
    """Promise: as TextReader; the text of a code is at most some hundred characters and free of control characters."""

    def read(self, pixels: Pixels) -> list[CodeFound]: ...


def read_marks(pixels: Pixels, text_reader: TextReader | None, code_reader: CodeReader | None) -> MarksFound:
    """Text and codes on an RGB picture `(H, W, 3)`; a reader that cannot work is named in `unavailable`."""
    words: list[WordsFound] = []
    codes: list[CodeFound] = []
    unavailable: list[Text] = []
    if text_reader is not None:
        try:
            words = text_reader.read(pixels)
            unavailable.extend(text_reader.remarks())
        except Unavailable as error:
            unavailable.append(_sentence(error))
    if code_reader is not None:
        try:
            codes = code_reader.read(pixels)
        except Unavailable as error:
            unavailable.append(_sentence(error))
    return MarksFound(words=tuple(words), codes=tuple(codes), unavailable=tuple(dict.fromkeys(unavailable)))


def mask_words(pixels: Pixels, words: Sequence[WordsFound]) -> Pixels:
    """A copy with the text painted over in the colour round each line, so that text does not spoil a shape match."""
    painted = pixels.copy()
    height, width = pixels.shape[:2]
    for line in words:
        margin = max(2, line.box.height // 8)
        inner, outer = (_grown(line.box, by, width, height) for by in (margin, 2 * margin))
        if inner.width < 1 or inner.height < 1:
            continue
        around = pixels[outer.y1 : outer.y2, outer.x1 : outer.x2].astype(np.int16)
        ring = np.ones(around.shape[:2], dtype=bool)
        ring[inner.y1 - outer.y1 : inner.y2 - outer.y1, inner.x1 - outer.x1 : inner.x2 - outer.x1] = False
        # The line fills the picture: its own ground is the commonest thing left.
        colour = np.median(around[ring] if ring.any() else around.reshape(-1, 3), axis=0)
        painted[inner.y1 : inner.y2, inner.x1 : inner.x2] = colour.astype(np.uint8)
    return painted


def _sentence(error: Unavailable) -> Text:
    return Text(ko=error.message("ko"), en=error.message("en"))


def _grown(box: Box, by: int, width: int, height: int) -> Box:
    return Box(x1=max(0, box.x1 - by), y1=max(0, box.y1 - by), x2=min(width, box.x2 + by), y2=min(height, box.y2 + by))
