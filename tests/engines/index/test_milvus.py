"""What only the Milvus index does: its filter language, and the message where it is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pandok.core.errors import StoreError, Unavailable
from pandok.engines.index.milvus import expression
from pandok.engines.index.open_index import open_index
from pandok.engines.index.port import IndexFilter


def test_filters_as_expressions() -> None:
    assert expression(IndexFilter()) == ""
    assert expression(IndexFilter(frozenset({902, 901}), in_force=True)) == (
        "class_code in [901, 902] and in_force == true"
    )
    assert expression(IndexFilter(recorded=True)) == "recorded == true"


def test_without_pymilvus_the_message_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(Unavailable) as refused:
        open_index("views.db", tmp_path, 8)
    assert "pymilvus" in refused.value.message("ko")
    assert "pip install" in refused.value.next_step.en


def test_an_unknown_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_index("fais", tmp_path, 8)
    assert refused.value.error_code == "store.index_address"
