"""The description of a deposit holds what Croissant 1.0 requires, and nothing of what is sealed."""

from __future__ import annotations

import json

import pytest

from pandok.fields.lab.acts.vault.croissant import REQUIRED, described, faults
from tests.fields.lab.acts.vault.conftest import Lab

SECRET = b"MARKER-secret-content"


def test_it_is_whole_and_tells_nothing_of_the_content(lab: Lab) -> None:
    deposit = lab.deposit(description="Photographs of parcels")
    kept = lab.vault.put(deposit, "김철수.jpg", SECRET, "raw", media_type="image/jpeg", records=["r-1"])
    lab.vault.put(deposit, "t.csv", b"id\n1\n", "labelled", media_type="text/csv")
    found = described(deposit, address="https://lab.example/deposits/1")
    assert faults(found) == []
    assert [(one["encodingFormat"], one["@type"]) for one in found["distribution"]] == [
        ("text/csv", "cr:FileSet"),
        ("image/jpeg", "cr:FileSet"),
    ]
    written = json.dumps(found, ensure_ascii=False)
    assert not [one for one in ("MARKER", "김철수", kept.sha256, kept.keyed_hash, "r-1") if one in written]


@pytest.mark.parametrize("name", REQUIRED)
def test_what_the_specification_requires_is_missed(lab: Lab, name: str) -> None:
    found = described(lab.deposit(), address="https://lab.example/")
    del found[name]
    assert f"missing {name}" in faults(found)
