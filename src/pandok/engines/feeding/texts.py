"""A text as numbers, character by character."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.submission import Preprocess, Tokens
from pandok.engines.feeding.codes import FeedingCode, FeedingRefused

MOST_BYTES = 4 << 20


def text_tensor(data: bytes, steps: tuple[Preprocess, ...]) -> NDArray[np.int64]:
    """(1, length). The text is UTF-8, composed (NFC), cut at `length`. Raises FeedingRefused."""
    step = next((one for one in steps if isinstance(one, Tokens)), None)
    if step is None:
        raise FeedingRefused(FeedingCode.SHEET)
    if len(data) > MOST_BYTES:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE)
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE) from error
    places = {letter: place for place, letter in reversed(list(enumerate(step.alphabet, 1)))}
    tokens = np.zeros((1, step.length), np.int64)
    for place, letter in enumerate(text[: step.length]):
        tokens[0, place] = places.get(letter, step.unknown)
    return tokens
