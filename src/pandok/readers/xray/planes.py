"""Planes of a standard view as bytes, for browsers and for the store.

uint16, little endian, plane after plane; each row holds its first value and then the difference to the neighbour on the
left (modulo 65536), so that gzip finds little to keep. Browsers unpack it to the same integers: a picture file of 16
bits would be cut to 8 by them.
"""

from __future__ import annotations

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

from pandok.readers.xray.physics.compiled import compiled

FULL_SCALE = 1.05
"""Transmission of the value 65535; noise in air rises above 1."""
MATERIAL_LEAST, MATERIAL_SPAN = -1.0, 8.0
"""The material index f from -1 to 7; the value 0 says that it cannot be told."""
_GZIP_LEVEL, _GZIP_WINDOW = 1, 31
_MOST = 65535

Levels = NDArray[np.uint16]


def transmission_levels(transmission: NDArray[np.floating]) -> Levels:
    """Transmission (rows, columns) as integers; not a number counts as opaque.

    >>> transmission_levels(np.array([[0.0, 1.0, 2.0]]))
    array([[    0, 62414, 65535]], dtype=uint16)
    """
    levels = np.empty(transmission.shape, np.uint16)
    _transmission_levels(np.ascontiguousarray(transmission, np.float32).ravel(), levels.ravel())
    return levels


@compiled
def _transmission_levels(transmission: NDArray[np.float32], levels: Levels) -> None:
    full, scale = np.float32(FULL_SCALE), np.float32(_MOST / FULL_SCALE)
    for at in range(transmission.size):
        value = transmission[at]
        # Written so that what is no number counts as nothing.
        level = np.rint(min(value, full) * scale) if value > 0 else np.float32(0)
        levels[at] = np.uint16(level)


def transmission_of(levels: Levels) -> NDArray[np.float32]:
    return levels.astype(np.float32) * np.float32(FULL_SCALE / _MOST)


def material_levels(material: NDArray[np.floating]) -> Levels:
    """Material index (rows, columns) as integers; not a number: cannot be told.

    >>> material_levels(np.array([[np.nan, -1.0, 0.0, 9.0]]))
    array([[    0,     1,  8193, 65535]], dtype=uint16)
    """
    levels = np.empty(material.shape, np.uint16)
    _material_levels(np.ascontiguousarray(material, np.float32).ravel(), levels.ravel())
    return levels


@compiled
def _material_levels(material: NDArray[np.float32], levels: Levels) -> None:
    least, span, most = np.float32(MATERIAL_LEAST), np.float32(MATERIAL_SPAN), np.float32(_MOST - 1)
    for at in range(material.size):
        value = material[at]
        if np.isfinite(value):
            share = min(max((value - least) / span, np.float32(0)), np.float32(1))
            levels[at] = np.uint16(np.rint(share * most) + np.float32(1))
        else:
            levels[at] = 0


def material_of(levels: Levels) -> NDArray[np.float32]:
    index = (levels.astype(np.float32) - 1) / np.float32(_MOST - 1) * MATERIAL_SPAN + MATERIAL_LEAST
    return np.where(levels > 0, index, np.nan).astype(np.float32)


def packed(planes: list[Levels]) -> bytes:
    """Planes (rows, columns) of one shape as bytes, on one machine the same for the same planes. Raises ValueError
    where none is given or shapes differ."""
    if not planes or len({plane.shape for plane in planes}) != 1 or planes[0].ndim != 2:
        raise ValueError("planes of one shape are needed")
    whole = np.empty((len(planes), *planes[0].shape), "<u2")
    for plane, step in zip(planes, whole, strict=True):
        step[:, :1] = plane[:, :1]
        np.subtract(plane[:, 1:], plane[:, :-1], out=step[:, 1:])
    # ISA-L takes a quarter of the time of libdeflate for as many bytes. No time in the head.
    return isal_zlib.compress(whole.tobytes(), _GZIP_LEVEL, _GZIP_WINDOW)


def unpacked(data: bytes, rows: int, columns: int, planes: int) -> list[Levels]:
    """The planes again. Raises ValueError where the bytes are not that many planes of that shape."""
    try:
        whole = isal_zlib.decompress(data, _GZIP_WINDOW)
    except isal_zlib.IsalError as error:  # type: ignore[misc] # its stub calls the class an instance
        raise ValueError("not the planes of a view") from error
    if len(whole) != 2 * rows * columns * planes:
        raise ValueError("other planes than were asked for")
    steps = np.frombuffer(whole, "<u2").reshape(planes, rows, columns)
    return list(np.cumsum(steps, axis=2, dtype=np.uint16))
