"""The goods of a kept photograph as a picture of their own: what a further view of a design is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pandok.common.decoding import decode_sent
from pandok.core.reading import Box
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.photographs import MOST_BYTES, MOST_MEGAPIXELS
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.readers.designs.goods import find_goods
from pandok.readers.designs.photograph import LEAST_SIDE_PX, clean_jpeg


@dataclass(frozen=True, eq=False)
class GoodsPicture:
    """`jpeg` shows the goods alone, of `size_px` (width, height); `whole` (H, W, 3) uint8 RGB is the photograph."""

    jpeg: bytes
    size_px: tuple[int, int]
    whole: NDArray[np.uint8]


def goods_picture(photograph: SignalPhotograph, reading: ReadingRecord | None, blobs: FolderBlobs) -> GoodsPicture:
    """Cut by the box that the officer drew for `reading`, else the one that it found. Outside of any transaction.

    Raises StoreError where the file is gone, PhotographError where it cannot be decoded.
    """
    return cut(blobs.get(photograph.read_sha256), _box(photograph.position, reading))


def cut(data: bytes, box: Box | None = None) -> GoodsPicture:
    """The goods of one photograph by `box`, else where a reading would look for them. Raises PhotographError."""
    seen = decode_sent(data, max_bytes=MOST_BYTES, max_megapixels=MOST_MEGAPIXELS)
    box = box or find_goods(seen.pixels)[0]
    height, width = seen.pixels.shape[:2]
    part = seen.pixels[max(0, box.y1) : min(height, box.y2), max(0, box.x1) : min(width, box.x2)]
    if min(part.shape[:2]) < LEAST_SIDE_PX:
        part = seen.pixels
    jpeg = clean_jpeg(replace(seen, pixels=np.ascontiguousarray(part)))
    return GoodsPicture(jpeg, (part.shape[1], part.shape[0]), seen.pixels)


def _box(position: int, reading: ReadingRecord | None) -> Box | None:
    if reading is None:
        return None
    drawn = reading.boxes[position] if position < len(reading.boxes) else None
    if drawn:
        return Box(**dict(zip(("x1", "y1", "x2", "y2"), drawn, strict=True)))
    goods = reading.reading.goods
    return goods[position][0] if position < len(goods) and goods[position] else None
