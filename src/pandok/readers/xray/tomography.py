"""A computed tomography on the desk: its slices as a stack, and the greatest value along each of the other two axes.

Values are those of the file, turned round so that dense is dark as in a projection: 1 stands for the least value of the
volume, 0 for the greatest. They are no transmission and have no material index, and are said to be neither.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import ScanError
from pandok.core.text import Text
from pandok.readers.xray.scan import Layer, Scan
from pandok.readers.xray.standard import StandardScan, StandardView

MOST_VOXELS = 64_000_000
"""What a browser holds beside the picture: 128 MB of 16 bits."""
FRONT, SIDE = "MIP-front", "MIP-side"
"""Maximum intensity projections along the rows and along the columns of a slice; slices lie below each other."""


def tomography_scan(scan: Scan) -> StandardScan:
    """A scan of kind VOLUME as the desk shows it; without a report of quality, which is one of transmissions. Raises
    ScanError as `tomography_views`."""
    facts = scan.facts
    return StandardScan(
        views=tomography_views(scan),
        format=facts.format,
        machine=" ".join(filter(None, (facts.machine.maker, facts.machine.model, facts.machine.serial))),
        taken_at=facts.taken_at,
        facts=facts.model_dump(mode="json", exclude_defaults=True),
    )


def tomography_views(scan: Scan) -> tuple[StandardView, ...]:
    """The stack first, then its two projections, of each volume of the scan. Raises ScanError scan.stack_too_large,
    scan.stack_empty."""
    found: list[StandardView] = []
    for image in scan.images:
        volume, layer = image.pixels, image.layer
        if volume.ndim != 3 or not volume.size:
            raise _empty()
        if volume.size > MOST_VOXELS:
            raise _too_large(volume.shape)
        found += _views(volume, layer, first=not found)
    return tuple(found)


def _views(volume: NDArray[Any], layer: Layer, *, first: bool) -> list[StandardView]:
    least, greatest = (float(one) for one in (volume.min(), volume.max()))
    if not np.isfinite([least, greatest]).all():
        raise _empty()
    width = greatest - least or 1.0
    values = (least, least + width)
    slices, rows, columns = volume.shape
    name = layer.view or "1"

    def turned(plane: NDArray[Any]) -> NDArray[np.float32]:
        return (1.0 - (plane.astype(np.float32) - np.float32(least)) / np.float32(width)).astype(np.float32)

    pitch = layer.pitch_mm
    high = layer.slice_mm
    beside = "" if first else f" {name}"
    return [
        StandardView(
            name, turned(volume.reshape(slices * rows, columns)), pitch_mm=pitch, slices=slices, values=values
        ),
        StandardView(
            FRONT + beside,
            turned(volume.max(axis=1)),
            pitch_mm=(high, pitch[1]) if high and pitch else None,
            values=values,
        ),
        StandardView(
            SIDE + beside,
            turned(volume.max(axis=2)),
            pitch_mm=(high, pitch[0]) if high and pitch else None,
            values=values,
        ),
    ]


def _too_large(shape: tuple[int, ...]) -> ScanError:
    size = " x ".join(map(str, shape))
    return ScanError(
        Text(
            ko=f"단층 영상이 판독 화면에 올리기에는 너무 큽니다({size}).",
            en=f"This tomography is too large for the reading desk: {size}.",
        ),
        Text(
            ko=f"{MOST_VOXELS:,} 화소까지 올릴 수 있습니다. 장비에서 해상도를 낮추어 내보내거나 나누어 올리십시오.",
            en=f"Up to {MOST_VOXELS:,} voxels are taken: export it at a lower resolution, or in parts.",
        ),
        code="scan.stack_too_large",
    )


def _empty() -> ScanError:
    return ScanError(
        Text(
            ko="단층 영상에 읽을 수 있는 화소 값이 없습니다.", en="The tomography holds no values that could be read."
        ),
        Text(ko="장비에서 영상을 다시 내보내십시오.", en="Export the scan from the machine again."),
        code="scan.stack_empty",
    )
