"""Processes that read side by side must not wait on each other's threads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

QUESTION = "import pandok, os; print(os.environ['OPENBLAS_NUM_THREADS'])"


@pytest.mark.parametrize(("given", "expected"), [(None, "1"), ("3", "3")])
def test_one_thread_for_small_matrices_unless_somebody_says_otherwise(given: str | None, expected: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    if given:
        environment["OPENBLAS_NUM_THREADS"] = given
    done = subprocess.run([sys.executable, "-c", QUESTION], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == expected
