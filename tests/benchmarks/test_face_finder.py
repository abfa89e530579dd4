"""The recall that is published of the finder of faces is the one that the installed libraries have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import face_finder

PUBLISHED = Path(face_finder.__file__).with_name("results") / "face_finder.json"


def test_the_published_recall_of_the_face_finder_holds() -> None:
    """On every fourth patch of the published set."""
    pytest.importorskip("skimage.data", reason="scikit-image is not installed")
    side = face_finder.SIDES[0]
    published = next(row for row in json.loads(PUBLISHED.read_text())["rows"] if row["face_px"] == side)
    [row] = face_finder.measure((side,), every=4)["rows"]
    assert (row["faces"], row["without_face"]) == (25, 25)
    assert row["recall"] >= published["recall_95"][0]
    assert row["false_alarms"] <= 1
