"""A duty with large libraries is done in a process that began with it: they do not count against its bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from pandok.core.errors import RequestError
from pandok.engines.decoding.pool import DecodingPool


def whose(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    del data
    return {"process": os.getpid()}, []


def whose_too(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    return whose(data)


def in_pieces() -> Iterator[dict[str, Any]]:
    yield {"process": os.getpid()}


@pytest.fixture
def pool() -> Iterator[DecodingPool]:
    made = DecodingPool(1)
    yield made
    made.close()


def process_of(pool: DecodingPool, duty: Any, *, alone: bool = False) -> int:
    found, _ = pool.ask(duty, b"", what="file", refusal=RequestError, too_costly=Exception, options={}, alone=alone)
    return int(found["process"])


def process_of_pieces(pool: DecodingPool) -> int:
    asked = {"what": "file", "refusal": RequestError, "too_costly": Exception, "options": {}, "processor_s": 60.0}
    (piece,) = pool.ask_in_pieces(in_pieces, **asked)
    return int(piece["process"])


def test_a_process_is_shared_but_by_who_wants_one_that_began_with_this_duty(pool: DecodingPool) -> None:
    first = process_of(pool, whose)
    assert process_of(pool, whose_too) == first
    assert process_of(pool, whose, alone=True) == first
    assert process_of(pool, whose_too, alone=True) != first


def test_pieces_come_from_a_process_that_began_with_them(pool: DecodingPool) -> None:
    first = process_of(pool, whose)
    second = process_of_pieces(pool)
    assert second != first
    assert process_of_pieces(pool) == second
