"""How many kinds of hidden data a picture carries, counted in a parsing process."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from pandok.core.errors import PhotographError
from pandok.engines.decoding.pool import DecodingPool
from pandok.readers.designs import refusals

_GPS = 0x8825


def hidden_kinds(pool: DecodingPool, data: bytes) -> int:
    """Of EXIF, place, XMP, profile, comment and text fields. Raises PhotographError for what costs too much, StoreError
    `store.busy`."""
    found, _ = pool.ask(
        count_there, data, what="picture", refusal=PhotographError, too_costly=refusals.too_costly, options={}
    )
    return int(found["kinds"])


def count_there(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    with Image.open(io.BytesIO(data)) as image:
        exif = image.getexif()
        kinds = (
            len(exif) > 0,
            exif.get_ifd(_GPS),
            image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"),
            image.info.get("icc_profile"),
            image.info.get("comment"),
            getattr(image, "text", {}),
        )
    return {"kinds": sum(map(bool, kinds))}, []
