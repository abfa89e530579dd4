"""Photographs and papers in pictures: decoded there, a Photograph here."""

from __future__ import annotations

from typing import Any

import numpy as np

from pandok.core.errors import PhotographError
from pandok.core.reading import Remark
from pandok.engines.decoding.pool import DecodingPool
from pandok.readers.designs import refusals
from pandok.readers.designs.photograph import LONGEST_SIDE_PX, Photograph, decode


def decode_there(data: bytes, **options: Any) -> tuple[dict[str, Any], list[bytes]]:
    found = decode(data, **options)
    header = {
        "shape": found.pixels.shape,
        "sha256": found.sha256,
        "format": found.format,
        "width_px": found.width_px,
        "height_px": found.height_px,
        "had_location": found.had_location,
        "remarks": [one.model_dump(mode="json") for one in found.remarks],
    }
    return header, [found.pixels.tobytes()]


def decode_picture(
    pool: DecodingPool,
    data: bytes,
    *,
    max_bytes: int,
    max_megapixels: float,
    longest_side_px: int = LONGEST_SIDE_PX,
    filename: str = "",
) -> Photograph:
    """As pandok.readers.designs.photograph.decode; also PhotographError `photograph.too_costly` where the picture
    needs more than the bounds, and StoreError `store.busy` where no process came free."""
    found, [pixels] = pool.ask(
        decode_there,
        data,
        what="picture",
        refusal=PhotographError,
        too_costly=refusals.too_costly,
        options={
            "max_bytes": max_bytes,
            "max_megapixels": max_megapixels,
            "longest_side_px": longest_side_px,
            "filename": filename,
        },
    )
    return Photograph(
        pixels=np.frombuffer(pixels, np.uint8).reshape(found["shape"]),
        sha256=found["sha256"],
        format=found["format"],
        width_px=found["width_px"],
        height_px=found["height_px"],
        had_location=found["had_location"],
        remarks=tuple(Remark.model_validate(one) for one in found["remarks"]),
    )
