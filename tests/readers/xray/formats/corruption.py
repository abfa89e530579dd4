"""Files broken on purpose, by a seed, and what may come of reading them.

A reading is right where kind, number, shape, type and every value of its pixels, masks and threats are those of the
whole file. Where no check sum stands over the pixels and a byte of them was changed, values may differ: nothing in such
a file could tell; nor of texts, such as the name of a machine. Fewer pixels, another shape or type, and fewer threats
are never right.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from pandok.core.errors import PandokError
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.scan import Scan, same_pixels
from tests.readers.xray.formats.samples import Sample, samples


@dataclass(frozen=True)
class Broken:
    sample: Sample
    way: str
    files: tuple[NamedBytes, ...]
    in_pixels: bool
    """A byte of pixels that no check sum guards was changed."""


def broken(seed: int, some: tuple[Sample, ...] | None = None) -> Broken:
    """The corrupted file of a seed: samples take turns, half of the places lie in the first kilobyte."""
    chance = random.Random(seed)
    whole = some or samples()
    sample = whole[seed % len(whole)]
    data = bytearray(sample.files[sample.aim].data)
    way = chance.choice(tuple(WAYS))
    first = min(1_024, len(data)) if chance.random() < 0.5 else len(data)
    at = chance.randrange(first)
    touched = WAYS[way](data, at, chance)
    changed = NamedBytes(sample.files[sample.aim].name, bytes(data))
    files = tuple(changed if place == sample.aim else one for place, one in enumerate(sample.files))
    return Broken(sample, way, files, not sample.guarded and touched >= sample.pixels_from)


def _bit(data: bytearray, at: int, chance: random.Random) -> int:
    data[at] ^= 1 << chance.randrange(8)
    return at


def _byte(data: bytearray, at: int, chance: random.Random) -> int:
    data[at] = chance.randrange(256)
    return at


def _bytes(data: bytearray, at: int, chance: random.Random) -> int:
    places = [at, *(chance.randrange(len(data)) for _ in range(chance.randrange(1, 12)))]
    for place in places:
        data[place] = chance.randrange(256)
    return max(places)


def _zeros(data: bytearray, at: int, chance: random.Random) -> int:
    end = min(len(data), at + chance.randrange(1, 200))
    data[at:end] = bytes(end - at)
    return end - 1


def _cut(data: bytearray, at: int, chance: random.Random) -> int:
    del chance, data[at:]
    return at


def _left_out(data: bytearray, at: int, chance: random.Random) -> int:
    del data[at : at + chance.randrange(1, 100)]
    return len(data)


def _put_in(data: bytearray, at: int, chance: random.Random) -> int:
    data[at:at] = chance.randbytes(chance.randrange(1, 100))
    return len(data)


def _twice(data: bytearray, at: int, chance: random.Random) -> int:
    data[at:at] = data[at : at + chance.randrange(1, 400)]
    return len(data)


def _more(data: bytearray, at: int, chance: random.Random) -> int:
    del at
    data += chance.randbytes(chance.randrange(1, 300))
    return len(data)


def _swapped(data: bytearray, at: int, chance: random.Random) -> int:
    other = chance.randrange(len(data))
    data[at], data[other] = data[other], data[at]
    return max(at, other)


WAYS: dict[str, Callable[[bytearray, int, random.Random], int]] = {
    "bit": _bit,
    "byte": _byte,
    "bytes": _bytes,
    "zeros": _zeros,
    "cut": _cut,
    "left out": _left_out,
    "put in": _put_in,
    "twice": _twice,
    "more": _more,
    "swapped": _swapped,
}


def judged(one: Broken, read: Callable[[tuple[NamedBytes, ...]], Scan]) -> str:
    """ "refused: CODE", "right", "changed" where nothing could tell; else what is wrong: "LOST …", "SILENT …"."""
    try:
        found = read(one.files)
    except PandokError as error:
        words = (error.what.ko, error.what.en, error.next_step.ko, error.next_step.en)
        return f"refused: {error.error_code}" if all(words) else "LOST words"
    truth = one.sample.truth
    if found.kind != truth.kind or _forms(found) != _forms(truth):
        return f"LOST shape: {_forms(truth)} became {_forms(found)}"
    if same_pixels(found, truth):
        return "right"
    return "changed" if one.in_pixels else "SILENT change of pixels"


def _forms(scan: Scan) -> list[object]:
    threats = scan.facts.report.threats if scan.facts.report is not None else ()
    return [
        [(one.pixels.shape, one.pixels.dtype.str) for one in scan.images],
        [one.shape for one in scan.masks],
        len(threats),
    ]
