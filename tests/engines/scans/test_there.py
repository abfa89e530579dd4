"""A file can end the process that decodes it, never the one that asked; the next file is read."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pandok.core.errors import ScanError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import read_scan, scan_pool
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.scan import Energy, same_pixels
from tests.readers.xray.formats import samples


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodingPool]:
    made = scan_pool()
    yield made
    made.close()


def refused(pool: DecodingPool, *files: NamedBytes) -> ScanError:
    with pytest.raises(ScanError) as caught:
        read_scan(pool, files)
    return caught.value


def still_reads(pool: DecodingPool) -> None:
    found = read_scan(pool, [NamedBytes("a.png", samples.png(samples.bag()))])
    assert np.array_equal(found.images[0].pixels, samples.bag())


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda one: one.name)
def test_what_is_read_there_is_what_is_read_here(pool: DecodingPool, sample: samples.Sample) -> None:
    found = read_scan(pool, sample.files)
    assert same_pixels(found, sample.truth)
    assert found.facts == sample.truth.facts
    assert [one.layer for one in found.images] == [one.layer for one in sample.truth.images]


def test_a_refusal_there_says_the_same_here(pool: DecodingPool) -> None:
    error = refused(pool, NamedBytes("a.dcs", samples.nested(10_000)))
    assert error.error_code == "scan.too_deep"
    assert error.what.ko
    assert error.next_step.en
    assert error.turn == "officer"
    still_reads(pool)


def killed(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    del data
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}, []


def endless(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    del data
    time.sleep(600)
    return {}, []


def greedy(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    del data
    return {"bytes": len(bytearray(2_000_000_000))}, []


@pytest.mark.parametrize("duty", [killed, endless, greedy])
def test_fo_dicom_codecs_87_a_decoder_that_ends_takes_nobody_along(pool: DecodingPool, duty: Any) -> None:
    """Killed in the middle, without end, without bound: an error with a reason, and the next file reads."""
    still_reads(pool)
    with pytest.raises(ScanError) as caught:
        pool.ask(duty, b"", what="scan", refusal=ScanError, too_costly=refusals.too_costly, options={}, seconds=1.0)
    assert caught.value.error_code == "scan.too_costly"
    still_reads(pool)


def test_a_process_killed_from_outside_is_replaced(pool: DecodingPool) -> None:
    still_reads(pool)
    child = pool._free.get()
    assert child is not None
    child._process.kill()
    child._process.wait()
    pool._free.put(child)
    still_reads(pool)


def test_a_broken_stream_of_a_lossless_jpeg_is_refused_there(pool: DecodingPool) -> None:
    data = bytearray(write_dicos(samples.counts(Energy.LOW), now=samples.NOW, compressed=True)[0])
    for at in range(len(data) - 3_000, len(data) - 100, 97):
        data[at] ^= 0x5A
    assert refused(pool, NamedBytes("a.dcs", bytes(data))).error_code.startswith("scan.")
    still_reads(pool)


def test_what_is_too_large_is_refused_before_it_is_sent(pool: DecodingPool, monkeypatch: pytest.MonkeyPatch) -> None:
    from pandok.readers.xray.formats.limits import Limits

    monkeypatch.setattr("pandok.engines.scans.there.LIMITS", Limits(bytes=1_000))
    assert refused(pool, NamedBytes("a.png", samples.png(samples.bag()))).error_code == "scan.too_many_bytes"
