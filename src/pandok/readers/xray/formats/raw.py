"""Raw values with a JSON file that says their size: the length must be exactly that."""

from __future__ import annotations

import hashlib

import numpy as np

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.formats.sidecar import Sidecar, facts_of, layers_of
from pandok.readers.xray.scan import Scan, ScanImage, ScanKind, ScanRemark, locked


def read_raw(data: bytes, sidecar: Sidecar, *, limits: Limits = LIMITS) -> Scan:
    """One image a layer of the sidecar (one where it names none). Raises ScanError."""
    about_to_parse("scan")
    shape = sidecar.raw
    if shape is None or sidecar.kind != ScanKind.COUNTS:
        raise refusals.sidecar_wrong(
            Text(ko="항목 'raw'가 없거나 'kind'가 counts가 아닙니다", en="'raw' is missing, or 'kind' is not counts")
        )
    number = len(sidecar.layers) or 1
    values = number * shape.rows * shape.columns
    if values > limits.pixels:
        raise refusals.too_many_pixels(values, limits.pixels)
    wanted = shape.header_bytes + values * shape.bits // 8
    if len(data) != wanted:
        raise refusals.pixels_missing(wanted, len(data))
    stored = np.dtype(f"u{shape.bits // 8}").newbyteorder("<" if shape.byte_order == "little" else ">")
    flat = np.frombuffer(data, stored, offset=shape.header_bytes).astype(stored.newbyteorder("="))
    if shape.interleaved:
        planes = flat.reshape(shape.rows, shape.columns, number).transpose(2, 0, 1)
    else:
        planes = flat.reshape(number, shape.rows, shape.columns)
    layers = [one.model_copy(update={"bits": min(one.bits, shape.bits)}) for one in layers_of(sidecar, number)]
    if any(int(plane.max()) >= 1 << layer.bits for plane, layer in zip(planes, layers, strict=True)):
        raise refusals.pixels_missing(max(layer.bits for layer in layers), int(flat.max()).bit_length())
    facts = facts_of(sidecar, "raw", hashlib.sha256(data).hexdigest())
    images = tuple(ScanImage(layer, locked(plane)) for layer, plane in zip(layers, planes, strict=True))
    found = Scan(facts, images)
    return found if sidecar.sha256 else found.with_remarks(no_checksum())


def no_checksum() -> ScanRemark:
    return refusals.remark(
        "scan.no_checksum",
        "검사값이 없어 화소가 바뀌었는지는 알 수 없습니다.",
        "There is no check sum: changed pixels would not be noticed.",
    )
