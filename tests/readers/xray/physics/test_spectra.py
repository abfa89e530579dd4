"""Spectra come as tables: those shipped, and those that an operator brings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.readers.xray.physics.spectra import response_from_table, shipped, shipped_names, table_of


def test_every_shipped_table_says_where_it_comes_from() -> None:
    assert {"cabinet-140kv", "cabinet-160kv", "cargo-4mv-6mv"} <= set(shipped_names())
    for name in shipped_names():
        response = shipped(name)
        assert "Free to use" in response.origin
        assert response.low @ response.energies_kev < response.high @ response.energies_kev
        again = response_from_table(table_of(response))
        assert np.abs(again.low - response.low).max() < 1e-6


@pytest.mark.shared_data
def test_shipped_tables_are_those_of_the_test_objects(shared: Path) -> None:
    text = (shared / "data" / "xray_pairs" / "spectrum.csv").read_text()
    for machine, name in (("A", "cabinet-160kv"), ("B", "cabinet-140kv")):
        theirs, ours = response_from_table(text, f"w_low_{machine}", f"w_high_{machine}"), shipped(name)
        bins = len(ours.energies_kev)
        assert np.abs(theirs.low[:bins] - ours.low).max() < 1e-6
        assert np.abs(theirs.high[:bins] - ours.high).max() < 1e-6
        assert np.abs(theirs.first[:bins] / ours.first - 1).max() < 1e-3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "xray.spectrum_columns"),
        ("energy_kev,w_low\n20,1\n", "xray.spectrum_columns"),
        ("energy_kev,w_low,w_high\n20,1,x\n", "xray.spectrum_numbers"),
        ("energy_kev,w_low,w_high\n20,1,-1\n30,1,1\n", "xray.spectrum_numbers"),
        ("energy_kev,w_low,w_high\n20,1\n", "xray.spectrum_numbers"),
        ("energy_kev,w_low,w_high\n900000,1,1\n", "xray.spectrum_numbers"),
    ],
)
def test_a_table_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        response_from_table(text)
    assert refused.value.error_code == code


def test_an_unknown_machine_is_refused() -> None:
    with pytest.raises(InputError, match="cabinet-160kv"):
        shipped("../../secrets")
