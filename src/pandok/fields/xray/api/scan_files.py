"""Files of a scan that a program sends."""

from __future__ import annotations

from collections.abc import Sequence

from ninja import UploadedFile

from pandok.fields.xray.acts.files.limits import must_fit
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.settings import settings


def named_files(files: Sequence[UploadedFile]) -> list[NamedBytes]:
    """Raises RequestError xray.too_many_files, ScanError scan.too_many_bytes."""
    must_fit(len(files), sum(one.size or 0 for one in files), settings())
    return [NamedBytes(one.name or "", one.read()) for one in files]
