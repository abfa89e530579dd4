"""What a data set holds twice, and what its splits share: rows of the same values, files of the same bytes, and
pictures that are another copy of one picture.

A picture that was scaled, saved again or turned to grey keeps what its coarse cosine transform says (Zauner 2010,
"perceptual hash"); whether two of a near hash are the same picture is then decided on their pixels.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import polars as pl
from numpy.typing import NDArray

Small = NDArray[np.float32]
SIDE = 32
KEPT = 8
NEAR_BITS = 8
LEAST_CORRELATION = 0.97
"""Of two pictures scaled to 32 x 32 in grey: below it they are two pictures of one thing at the most."""
LEAST_SIDE_PX = 8 * SIDE
LEAST_CONTRAST = 4.0
"""Standard deviation in grey values below which a picture shows nothing that could be told apart."""


@dataclass(frozen=True)
class Repeat:
    """`first` and `second`: names or row numbers. `same_bytes`: else another copy. `across`: they are of two splits."""

    first: str
    second: str
    same_bytes: bool
    across: bool


def repeated_rows(table: pl.DataFrame, columns: Sequence[str], *, first_row: int, split: str = "") -> list[Repeat]:
    """Rows whose values in `columns` are all the same; each after the first one once, with the first of another split
    if there is one."""
    own = [name for name in columns if name in table.columns]
    if not own:
        return []
    found: list[Repeat] = []
    seen: dict[tuple[object, ...], dict[object, int]] = {}
    splits = table[split].to_list() if split in table.columns else [""] * len(table)
    for place, values in enumerate(table.select(own).iter_rows()):
        if all(value is None for value in values):
            continue
        before = seen.setdefault(values, {})
        if before:
            first = next((at for of, at in before.items() if of != splits[place]), next(iter(before.values())))
            found.append(Repeat(str(first + first_row), str(place + first_row), True, splits[first] != splits[place]))
        before.setdefault(splits[place], place)
    return found


@dataclass(frozen=True)
class Print:
    sha256: str
    hash: int | None
    """None: no picture, or one that shows nothing."""
    small: Small | None


def print_of(content: bytes, picture: NDArray[np.uint8] | None) -> Print:
    """picture: `content` decoded, of any size, grey or colour; None for no picture."""
    sha256 = hashlib.sha256(content).hexdigest()
    if picture is None:
        return Print(sha256, None, None)
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    if float(small.std()) < LEAST_CONTRAST:
        return Print(sha256, None, None)
    low = cv2.dct(small)[:KEPT, :KEPT].ravel()[1:]
    bits = np.concatenate([low > np.median(low), [False]])
    packed = int.from_bytes(np.packbits(bits).tobytes(), "big")
    centred = (small - small.mean()) / small.std()
    return Print(sha256, packed, centred.astype(np.float32))


def repeated_files(prints: Mapping[str, Print], split_of: Mapping[str, str] | None = None) -> list[Repeat]:
    """Pairs of files of the same bytes, or of the same picture; each later one with the first that it repeats."""
    names = list(prints)
    splits = split_of or {}
    hashes = np.array([one.hash or 0 for one in prints.values()], np.uint64)
    pictured = np.array([one.hash is not None for one in prints.values()])
    found, by_bytes = [], dict[str, str]()
    for place, name in enumerate(names):
        own = prints[name]
        first = by_bytes.setdefault(own.sha256, name)
        if first != name:
            found.append(Repeat(first, name, True, splits.get(first) != splits.get(name)))
            continue
        if own.hash is None or own.small is None:
            continue
        near = np.flatnonzero(pictured[:place] & (np.bitwise_count(hashes[:place] ^ np.uint64(own.hash)) <= NEAR_BITS))
        for other in near:
            there = prints[names[other]]
            if there.small is not None and float((own.small * there.small).mean()) >= LEAST_CORRELATION:
                first = names[other]
                found.append(Repeat(first, name, False, splits.get(first) != splits.get(name)))
                break
    return found


def decoded(content: bytes) -> NDArray[np.uint8] | None:
    """A picture in grey, a quarter of its size where enough of it is left then; None for what is no picture.

    Two copies are decoded at a size at which each has several pixels for each of the 32 x 32 that are compared.
    """
    if not content:
        return None
    coded = np.frombuffer(content, np.uint8)
    found = cv2.imdecode(coded, cv2.IMREAD_REDUCED_GRAYSCALE_4)
    if found is not None and min(found.shape) < LEAST_SIDE_PX:
        found = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return None if found is None else np.asarray(found, np.uint8)
