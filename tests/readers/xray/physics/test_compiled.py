"""Compiled loops work where nothing can be written."""

from __future__ import annotations

from types import SimpleNamespace

import numba
import numpy as np
import pytest

from pandok.readers.xray.physics.compiled import compiled


def test_where_no_file_can_be_kept_the_loop_is_compiled_at_each_start(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = numba.njit

    def nowhere_to_write(*, cache: bool = False, nogil: bool = False):  # type: ignore[no-untyped-def]
        def made(function):  # type: ignore[no-untyped-def]
            if cache:
                raise RuntimeError("cannot cache function: no locator available")
            return kept(nogil=nogil)(function)

        return made

    monkeypatch.setattr("pandok.readers.xray.physics.compiled.numba", SimpleNamespace(njit=nowhere_to_write))

    def doubled(values: np.ndarray) -> float:
        total = 0.0
        for value in values:
            total += 2 * value
        return total

    assert compiled(doubled)(np.array([1.0, 2.0])) == 6.0
