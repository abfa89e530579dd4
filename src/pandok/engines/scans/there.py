"""A scan is decoded there; here its arrays arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import ScanError
from pandok.engines.decoding.pool import DecodingPool
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.scan import Layer, Scan, ScanFacts, ScanImage

MEMORY_BYTES = 750_000_000
"""On top of what the libraries take: together under 1 GB."""
BASE_S, BYTES_A_SECOND = 10.0, 10_000_000


def scan_pool(processes: int = 1) -> DecodingPool:
    """Processes that decode scans; whoever makes it closes it."""
    return DecodingPool(processes, memory_bytes=MEMORY_BYTES, seconds=BASE_S)


def read_scan(pool: DecodingPool, files: Sequence[NamedBytes]) -> Scan:
    """As `pandok.readers.xray.formats.reading.read_files`; also ScanError `scan.too_costly` where the files need more
    than the bounds or end the process, and StoreError `store.busy` where none came free."""
    size = sum(len(one.data) for one in files)
    if size > LIMITS.bytes:
        raise refusals.too_many_bytes(size, LIMITS.bytes)
    header, parts = pool.ask(
        decode_there,
        b"".join(one.data for one in files),
        what="scan",
        refusal=ScanError,
        too_costly=refusals.too_costly,
        options={"names": [one.name for one in files], "lengths": [len(one.data) for one in files]},
        seconds=BASE_S + size / BYTES_A_SECOND,
    )
    return _scan(header, parts)


def decode_there(data: bytes, *, names: list[str], lengths: list[int]) -> tuple[dict[str, Any], list[Any]]:
    """The duty of a parsing process."""
    files, at = [], 0
    for name, length in zip(names, lengths, strict=True):
        files.append(NamedBytes(name, data[at : at + length]))
        at += length
    found = read_files(files)
    arrays: list[NDArray[Any]] = []
    images = []
    for one in found.images:
        said = {
            "layer": one.layer.model_dump(mode="json"),
            "pixels": _described(one.pixels, arrays),
            "palette": None if one.palette is None else _described(one.palette, arrays),
            "palette_first": one.palette_first,
            "palette_bits": one.palette_bits,
        }
        images.append(said)
    masks = [_described(one, arrays) for one in found.masks]
    header = {"facts": found.facts.model_dump(mode="json"), "images": images, "masks": masks}
    return header, [np.ascontiguousarray(one).reshape(-1).view(np.uint8) for one in arrays]


def _described(array: NDArray[Any], arrays: list[NDArray[Any]]) -> dict[str, Any]:
    arrays.append(array)
    return {"shape": list(array.shape), "dtype": array.dtype.str}


def _scan(header: dict[str, Any], parts: list[bytes]) -> Scan:
    left = iter(parts)

    def array(said: dict[str, Any]) -> NDArray[Any]:
        return np.frombuffer(next(left), np.dtype(said["dtype"])).reshape(said["shape"])

    images = []
    for one in header["images"]:
        pixels = array(one["pixels"])
        palette = None if one["palette"] is None else array(one["palette"])
        layer = Layer.model_validate(one["layer"])
        images.append(ScanImage(layer, pixels, palette, one["palette_first"], one["palette_bits"]))
    masks = tuple(array(one) for one in header["masks"])
    return Scan(ScanFacts.model_validate(header["facts"]), tuple(images), masks)
