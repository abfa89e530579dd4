"""A maker's JPEG of its console: colours of 8 bits, kept as they are and called a picture, no measurement."""

from __future__ import annotations

import hashlib
import io

import numpy as np
from PIL import Image

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.jpeg_stream import check_jpeg
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.scan import Layer, Scan, ScanFacts, ScanImage, ScanKind, locked


def read_jpeg(data: bytes, *, limits: Limits = LIMITS) -> Scan:
    """Raises ScanError. A size that was changed within the last row of blocks cannot be noticed: nothing else in a JPEG
    says it."""
    about_to_parse("scan")
    head = check_jpeg(data, most_pixels=limits.pixels, padding=4_096)
    if head.process == 3 or head.precision != 8 or len(head.components) == 4:
        raise refusals.unsupported(Text(ko="이 JPEG 색 방식", en="the colours of this JPEG"))
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            pixels = np.array(image.convert("RGB"))
    except MemoryError:
        raise
    except Exception as error:  # whatever Pillow's parser meets
        raise refusals.damaged(
            Text(ko="JPEG 화소를 풀 수 없습니다", en="the JPEG's pixels cannot be decoded")
        ) from error
    if pixels.shape != (head.height, head.width, 3):
        raise refusals.shape_disagrees(f"{head.height} x {head.width}", " x ".join(map(str, pixels.shape)))
    facts = ScanFacts(
        format="JPEG",
        kind=ScanKind.PICTURE,
        sha256=hashlib.sha256(data).hexdigest(),
        remarks=(
            refusals.remark(
                "scan.lossy_picture", "손실 압축된 화면 그림입니다.", "A picture of a console, compressed with loss."
            ),
        ),
    )
    return Scan(facts, (ScanImage(Layer(bits=8), locked(pixels)),))
