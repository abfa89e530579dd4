"""Pictures that somebody sent, decoded before any transaction begins.

A call with an Idempotency-Key runs in one transaction from its start; `decoded_before` decodes its files in front of
it, and `decode_sent` finds the result there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pandok.core.errors import InputError
from pandok.engines.decoding.picture import decode_picture
from pandok.engines.decoding.pool import DecodingPool, decoding_pool
from pandok.readers.designs.file_kind import picture_format
from pandok.readers.designs.photograph import Photograph
from pandok.settings import settings

MOST_BYTES, MOST_MEGAPIXELS = 20_000_000, 64
"""Of papers and pictures of guides; photographs have settings of their own."""

_before: ContextVar[dict[str, Photograph | InputError] | None] = ContextVar("decoded_before", default=None)


def decode_sent(
    data: bytes, *, max_bytes: int = MOST_BYTES, max_megapixels: float = MOST_MEGAPIXELS, filename: str = ""
) -> Photograph:
    """Decode within the bounds of pandok.engines.decoding. Raises PhotographError, StoreError."""
    found = (_before.get() or {}).get(hashlib.sha256(data).hexdigest())
    if found is not None and (max_bytes, max_megapixels) == (MOST_BYTES, MOST_MEGAPIXELS):
        if isinstance(found, InputError):
            raise found
        return found
    return decode_picture(parsing_pool(), data, max_bytes=max_bytes, max_megapixels=max_megapixels, filename=filename)


def parsing_pool() -> DecodingPool:
    """Where everything that strangers send is parsed: as many processes as the site has threads."""
    return decoding_pool(settings().threads)


@contextmanager
def decoded_before(files: Iterable[tuple[str, bytes]]) -> Iterator[None]:
    """Names and bytes; what is no picture is passed by, what is refused is refused where it is asked for."""
    found: dict[str, Photograph | InputError] = {}
    for name, data in files:
        if len(data) > MOST_BYTES or picture_format(data) is None:
            continue
        try:
            found[hashlib.sha256(data).hexdigest()] = decode_sent(data, filename=name)
        except InputError as error:
            found[hashlib.sha256(data).hexdigest()] = error
    token = _before.set(found)
    try:
        yield
    finally:
        _before.reset(token)
