"""What somebody sends is decoded before any lock is taken, within bounds of memory and time."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from PIL import Image

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.errors import PhotographError, StoreError
from pandok.core.foreign_bytes import WATCHERS
from pandok.engines.decoding.picture import decode_picture
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.counterfeit.models import CaseDocument
from tests.duties import keep_address_space, until_told
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.counterfeit.web.parties.test_notices import of
from tests.fields.designs.fakes import NOON, photograph

LIMITS = {"max_bytes": 20_000_000, "max_megapixels": 64}


@pytest.fixture(scope="module")
def costly_tiff() -> bytes:
    """64 megapixels of floating gray in less than half a megabyte."""
    target = io.BytesIO()
    Image.fromarray(np.zeros((8000, 8000), np.float32)).save(target, "TIFF", compression="tiff_deflate")
    assert len(target.getvalue()) < 500_000
    return target.getvalue()


@pytest.fixture
def pool() -> Any:
    made = DecodingPool(1)
    yield made
    made.close()


@pytest.mark.usefixtures("transactional_db")
def test_while_a_costly_paper_is_decoded_others_write(
    notices: NoticeWorld,
    client_of: Callable[[Account], Client],
    costly_tiff: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the moment in which the decoder is asked, another connection takes the write lock and commits."""
    notice = of(notices.notified(), "importer_notice")
    client, wrong = client_of(notices.importer), []

    def write() -> None:
        try:
            audit.record(AuditEvent("officer", "saved.meanwhile", "thing:1", "", NOON))
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections["default"].close()

    def another_request_writes(what: str) -> None:
        if what == "picture":
            other = threading.Thread(target=write)
            other.start()
            other.join()

    monkeypatch.setattr("pandok.core.foreign_bytes.WATCHERS", [*WATCHERS, another_request_writes])
    sent = {"kind": "parallel_import", "file": SimpleUploadedFile("a.tif", costly_tiff), "nonce": "g"}
    assert client.post(f"/notices/{notice.id}/paper/", sent).status_code == 302
    assert wrong == []
    assert AuditEntry.objects.filter(action="saved.meanwhile").count() >= 1
    assert CaseDocument.objects.get().media_type == "image/tiff"


def test_a_picture_that_costs_too_much_memory_is_refused_and_the_next_is_decoded(costly_tiff: bytes) -> None:
    pool = DecodingPool(1, memory_bytes=150_000_000)
    try:
        with pytest.raises(PhotographError) as refused:
            decode_picture(pool, costly_tiff, **LIMITS)
        assert refused.value.error_code == "photograph.too_costly"
        assert decode_picture(pool, photograph(), **LIMITS).width_px == 900
    finally:
        pool.close()


def test_a_picture_that_takes_too_long_is_refused_and_the_next_is_decoded(costly_tiff: bytes) -> None:
    pool = DecodingPool(1, seconds=30)
    try:
        assert decode_picture(pool, photograph(), **LIMITS).width_px == 900
        pool._seconds = 0.05
        with pytest.raises(PhotographError) as refused:
            decode_picture(pool, costly_tiff, **LIMITS)
        assert refused.value.error_code == "photograph.too_costly"
        pool._seconds = 30
        assert decode_picture(pool, photograph(9), **LIMITS).width_px == 900
    finally:
        pool.close()


def test_64_megapixels_of_floating_gray_fit_into_the_bounds(pool: DecodingPool, costly_tiff: bytes) -> None:
    found = decode_picture(pool, costly_tiff, **LIMITS)
    assert (found.width_px, found.height_px, found.pixels.shape) == (8000, 8000, (1600, 1600, 3))


def test_what_an_earlier_file_left_behind_narrows_no_picture(pool: DecodingPool, costly_tiff: bytes) -> None:
    options = {"size_bytes": 400_000_000}
    pool.ask(keep_address_space, b"", what="table", refusal=StoreError, too_costly=RuntimeError, options=options)
    assert decode_picture(pool, costly_tiff, **LIMITS).width_px == 8000


def test_decoded_elsewhere_it_is_the_same(pool: DecodingPool) -> None:
    from pandok.readers.designs.photograph import decode

    here, there = decode(photograph(), filename="a.png"), decode_picture(pool, photograph(), **LIMITS, filename="a.png")
    assert np.array_equal(here.pixels, there.pixels)
    assert (here.sha256, here.remarks, here.format) == (there.sha256, there.remarks, there.format)
    for wrong in (b"", b"%PDF-1.7", photograph()[:200]):
        with pytest.raises(PhotographError) as refused_here:
            decode(wrong)
        with pytest.raises(PhotographError) as refused_there:
            decode_picture(pool, wrong, **LIMITS)
        assert refused_here.value.as_dict() == refused_there.value.as_dict()


def test_who_finds_every_process_at_work_is_told_that_the_server_is_busy() -> None:
    none = DecodingPool(0, wait_s=0)
    with pytest.raises(StoreError) as refused:
        decode_picture(none, photograph(), **LIMITS)
    assert refused.value.error_code == "store.busy"


def test_long_work_leaves_a_process_to_pictures(tmp_path: Path) -> None:
    """A pack that is looked through for minutes keeps no officer's photograph waiting."""
    pool = DecodingPool(2)

    def long_work() -> None:
        options = {"folder": str(tmp_path)}
        pool.ask(until_told, b"", what="zip", refusal=StoreError, too_costly=RuntimeError, options=options, seconds=300)

    working = threading.Thread(target=long_work)
    working.start()
    try:
        while not (tmp_path / "at work").exists():
            time.sleep(0.02)
        pool._wait_s = 0.1
        with pytest.raises(StoreError) as refused:
            long_work()
        assert refused.value.error_code == "store.busy"
        assert decode_picture(pool, photograph(), **LIMITS).width_px == 900
    finally:
        (tmp_path / "end").touch()
        working.join()
        pool.close()
