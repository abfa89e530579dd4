"""Deposits and exports built to cost: their tables, zips, JSON and pictures are parsed in processes with bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from pandok.core.errors import RequestError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.near_copies.prints import prints_of, rows_of
from pandok.fields.lab.acts.exports.export_findings import ExportFinding
from pandok.fields.lab.acts.exports.sealed_index import _members
from pandok.fields.lab.acts.exports.texts_in_child import text_findings
from pandok.fields.lab.acts.exports.types import looked_into
from pandok.fields.lab.acts.vault import tables_in_child as tables_there
from pandok.fields.lab.acts.vault.uploads import NamedBytes, incoming
from tests.memory import growth

LITTLE = 60_000_000
KEY = b"k" * 32


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A pool of little memory where tables are read."""
    pool = DecodingPool(1, memory_bytes=LITTLE)
    monkeypatch.setattr(tables_there, "parsing_pool", lambda: pool)
    monkeypatch.setattr("pandok.fields.lab.acts.exports.texts_in_child.parsing_pool", lambda: pool)
    yield
    pool.close()


def test_a_large_table_is_read_elsewhere_and_its_ids_are_the_same() -> None:
    rows = "".join(f"case-{number},{number % 7}\n" for number in range(100_000))
    table = NamedBytes("t.csv", f"id,x\n{rows}".encode(), "text/csv")
    assert len(table.data) > tables_there.MOST_BYTES_HERE
    with growth() as grown:
        ids = table.record_ids()
    assert (len(ids), ids[0], ids[-1]) == (100_000, "case-0", "case-99999")
    assert grown.most_bytes < 40_000_000


@pytest.mark.usefixtures("narrow")
def test_a_table_that_costs_too_much_is_refused_with_a_way_round() -> None:
    hollow = ("," * 1000 + "\n").encode() * 15_000
    [table] = incoming("t.csv", hollow, most_bytes=50_000_000)
    with growth() as grown, pytest.raises(RequestError) as refused:
        table.record_ids()
    assert refused.value.error_code == "vault.too_costly"
    assert "행을 나누어" in refused.value.next_step.ko
    assert grown.most_bytes < 40_000_000


@pytest.mark.usefixtures("narrow")
def test_a_text_that_costs_too_much_is_left_to_a_person() -> None:
    hollow = NamedBytes("t.csv", ("," * 1000 + "\n").encode() * 15_000, "text/csv")
    assert text_findings(hollow) == [ExportFinding("not_read", "t.csv")]


def test_a_large_text_is_looked_through_elsewhere_with_the_same_finds() -> None:
    lines = "month,count\n" + "March,900\n" * 150_000 + "April,3\n"
    with growth() as grown:
        found = text_findings(NamedBytes("t.csv", lines.encode(), "text/csv"))
    assert [(one.code, one.count) for one in found] == [("small_cells", 1)]
    assert grown.most_bytes < 40_000_000


def test_a_directory_of_millions_is_refused_before_it_is_read() -> None:
    claimed = b"PK\x03\x04" + b"PK\x01\x02" * 200_000
    with growth() as grown, pytest.raises(RequestError) as refused:
        incoming("a.zip", claimed, most_bytes=50_000_000)
    assert refused.value.error_code == "vault.zip_members"
    assert grown.most_bytes < 10_000_000


def test_a_zip_that_is_kept_as_it_is_unpacks_no_further_than_honest_ones_for_its_prints() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(60):
            archive.writestr(f"{number}.bin", bytes(8_000_000))
    assert sum(len(data) for _, data in _members(target.getvalue())) <= 200 * len(target.getvalue()) < 480_000_000


def test_json_without_end_takes_no_memory_of_the_service() -> None:
    with growth() as grown:
        looked = looked_into("a.json", b"[" + b"[]," * 3_000_000 + b"[]]")
    assert looked.media_type == "application/json"
    assert grown.most_bytes < 40_000_000


def test_rows_of_a_large_json_are_the_same_as_of_a_small_one() -> None:
    record = b'{"name": "a long enough name of goods", "place": "a long enough place"}'
    large = b"[" + b",".join([record] * 20_000) + b"]"
    with growth() as grown:
        there = prints_of(large, KEY).rows
    assert list(there) == list(prints_of(b"[" + record + b"]", KEY).rows)
    assert len(list(rows_of(large))) >= 1
    assert grown.most_bytes < 60_000_000


def test_a_costly_picture_takes_no_memory_of_the_service_for_its_prints() -> None:
    target = io.BytesIO()
    Image.fromarray(np.zeros((7000, 7000), np.float32)).save(target, "TIFF", compression="tiff_deflate")
    prints_of(b"warm", KEY)
    with growth() as grown:
        prints_of(target.getvalue(), KEY)
    assert grown.most_bytes < 80_000_000
