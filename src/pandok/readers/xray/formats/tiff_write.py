"""Scans as TIFF with a JSON file beside it: pixels without loss (deflated, with its check sum), facts under a seal."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import tifffile

from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.own_block import OF_THE_FILE
from pandok.readers.xray.formats.sidecar import Palette, Sidecar, sealed
from pandok.readers.xray.scan import Scan, ScanKind

_KEPT_OF_THE_FILE = frozenset(("instance_uid", "series_uid", "study_uid", "frame_uid", "photometric", "sop_class"))


def write_tiff(scan: Scan) -> tuple[bytes, bytes]:
    """The TIFF, a page an image (a slice of a volume), and its JSON file. Raises ScanError scan.not_writable."""
    if not scan.images:
        raise refusals.not_writable(scan.kind.value, "TIFF")
    first = scan.images[0].pixels
    pages = list(first) if scan.kind == ScanKind.VOLUME else [one.pixels for one in scan.images]
    if any(one.shape != pages[0].shape or one.dtype != pages[0].dtype for one in pages):
        raise refusals.not_writable("several sizes", "TIFF")
    target = io.BytesIO()
    colours = "rgb" if scan.kind == ScanKind.PICTURE else "minisblack"
    with tifffile.TiffWriter(target) as file:
        for page in pages:
            file.write(np.ascontiguousarray(page), photometric=colours, compression="zlib", metadata=None)
    data = target.getvalue()
    beside = Sidecar(
        pandok_scan=1,
        kind=scan.kind,
        layers=tuple(one.layer.model_dump(mode="json", exclude_defaults=True) for one in scan.images),
        facts=scan.facts.model_dump(mode="json", exclude=set(OF_THE_FILE - _KEPT_OF_THE_FILE), exclude_defaults=True),
        palettes=_palettes(scan),
        slices=len(pages) if scan.kind == ScanKind.VOLUME else 0,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return data, sealed(beside)


def write_facts(scan: Scan) -> bytes:
    """The JSON file of a scan without pixels. Raises ScanError scan.not_writable for one that has some."""
    if scan.images or scan.facts.report is not None:
        raise refusals.not_writable(scan.kind.value, "JSON")
    facts = scan.facts.model_dump(mode="json", exclude=set(OF_THE_FILE - {"format"}), exclude_defaults=True)
    return sealed(Sidecar(pandok_scan=1, kind=scan.kind, facts=facts))


def _palettes(scan: Scan) -> tuple[Palette | None, ...]:
    if all(one.palette is None for one in scan.images):
        return ()
    return tuple(
        None
        if one.palette is None
        else Palette(
            first=one.palette_first,
            bits=8 if one.palette_bits == 8 else 16,
            colours=tuple((int(r), int(g), int(b)) for r, g, b in one.palette),
        )
        for one in scan.images
    )
