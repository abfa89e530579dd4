"""Every example in a docstring of the product runs and says the truth."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import pandok

SOURCE = Path(pandok.__file__).parent
MODULES = sorted(
    ".".join(("pandok", *path.relative_to(SOURCE).with_suffix("").parts))
    for path in SOURCE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_metrics_have_examples() -> None:
    finder = doctest.DocTestFinder()
    with_examples = {
        test.name.rsplit(".", 1)[1]
        for name in MODULES
        if name.startswith("pandok.proof.")
        for test in finder.find(importlib.import_module(name), name)
        if test.examples
    }
    assert with_examples >= {"recall_at_k", "auroc", "dir_at_false_alarm", "expected_calibration_error"}
