"""Small uploads that cost much, each with the codes that may answer it."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable

from tests.fields.lab.acts.submissions.zips import files


def deflated(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def hollow_model() -> bytes:
    """400 MB of zeros in 0.4 MB."""
    return deflated(files(model__onnx=bytes(400 << 20)))


def model_of_empty_nodes() -> bytes:
    """Eight million nodes of no bytes, among noise that keeps the zip from being called hollow."""
    noise = random.Random(1).randbytes(200_000)
    return deflated(files(model__onnx=b"\x08\x08\x12" + _length(len(noise)) + noise + b"\x3a" + _nodes(8_000_000)))


def samples_of_many_lines() -> bytes:
    """Eight million lines of one empty number."""
    return deflated(files(sample_outputs__csv=b"case_id,y\n" + b",\n" * 8_000_000))


def sheet_of_many_objects() -> bytes:
    return deflated(files(submission__json=json.dumps({"name": [{}] * 450_000}).encode()))


def sheet_without_end() -> bytes:
    return deflated(files(submission__json=b"[" * (2 << 20)))


def nested() -> bytes:
    """A zip in a zip in a zip, called samples."""
    inside = b"case_id,y\n" * 100_000
    for _ in range(3):
        inside = deflated({"sample_outputs.csv": inside})
    return deflated(files(sample_outputs__csv=inside))


def _nodes(count: int) -> bytes:
    body = b"\x0a\x00" * count
    return _length(len(body)) + body


def _length(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


BOMBS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a hollow model": (hollow_model, {"upload.bomb"}),
    "samples of many lines": (samples_of_many_lines, {"upload.too_costly", "samples.columns"}),
    "a sheet of many objects": (sheet_of_many_objects, {"sheet.value", "sheet.missing", "upload.too_costly"}),
    "a sheet without end": (sheet_without_end, {"sheet.not_json", "upload.too_costly"}),
    "zips in zips": (nested, {"upload.nested"}),
}
"""The model of empty nodes is for the sandbox, which has tests of its own."""
