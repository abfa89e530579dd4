"""Pictures of a register looked at in a process with bounds, many at a time: a bulk import asks seldom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pandok.core.errors import PhotographError
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.register.acts.picture_facts import PictureFacts, PictureRefused, inspect
from pandok.readers.designs import refusals

MOST_TOGETHER, MOST_BYTES_TOGETHER = 200, 8_000_000
SECONDS = 60.0
Inspected = PictureFacts | PictureRefused


def together(sizes: Sequence[int]) -> Iterator[slice]:
    """Neighbours that are looked at in one go; a large one goes alone."""
    start = total = 0
    for place, size in enumerate(sizes):
        if place > start and (place - start >= MOST_TOGETHER or total + size > MOST_BYTES_TOGETHER):
            yield slice(start, place)
            start, total = place, 0
        total += size
    if start < len(sizes):
        yield slice(start, len(sizes))


def inspected(pool: DecodingPool, pictures: Sequence[bytes]) -> list[Inspected]:
    """Of each picture its facts, or why it is not used. One that costs too much takes none of the others with it."""
    try:
        found, _ = pool.ask(
            inspect_there,
            b"".join(pictures),
            what="picture",
            refusal=PhotographError,
            too_costly=refusals.too_costly,
            options={"sizes": [len(one) for one in pictures]},
            seconds=SECONDS,
        )
        said = [_said(one) for one in found["pictures"]]
        if len(said) != len(pictures):
            raise refusals.too_costly()
        return said
    except (PhotographError, KeyError, TypeError):
        if len(pictures) == 1:
            return [PictureRefused("picture.too_costly")]
        return [said for one in pictures for said in inspected(pool, [one])]


def inspect_there(data: bytes, *, sizes: list[int]) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    pictures: list[dict[str, Any]] = []
    place, view = 0, memoryview(data)
    for size in sizes:
        try:
            pictures.append(asdict(inspect(bytes(view[place : place + size]))))
        except PictureRefused as refused:
            pictures.append({"code": refused.code, "found": refused.found, "limit": refused.limit})
        place += size
    return {"pictures": pictures}, []


def _said(plain: dict[str, Any]) -> Inspected:
    return PictureRefused(**plain) if "code" in plain else PictureFacts(**plain)
