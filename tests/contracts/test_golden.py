"""What others rely on does not move unseen: interface, addresses, tables, values, codes, audit, commands."""

from __future__ import annotations

import json

import pytest

from tests.contracts.pinned import PINNED, kept


@pytest.mark.parametrize("name", PINNED)
def test_what_others_rely_on_stands_as_it_is_kept(name: str) -> None:
    now = json.loads(json.dumps(PINNED[name]()))
    assert now == kept(name), f"if this is meant: python -m tests.contracts.pinned, and commit golden/{name}.json"
