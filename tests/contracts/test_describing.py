"""Describing in this process and in several under one contract; a process that falls takes no other view with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pandok.core.errors import Unavailable
from pandok.engines.bulk import ray_session
from pandok.engines.describing.here import DescribingHere
from pandok.engines.describing.open_describing import FEW, open_describing
from pandok.engines.describing.processes import DescribingProcesses
from pandok.engines.describing.values import Describing, ReaderFiles, Views
from pandok.readers.designs.reader import DesignReader
from tests.contracts.describing import DescribingContract, assert_same, by_number, files, groups


class TestHere(DescribingContract):
    def make(self, places: int) -> Describing:  # type: ignore[override]  # noqa: ARG002
        return DescribingHere(files().open())


class TestProcesses(DescribingContract):
    def make(self, places: int) -> Describing:  # type: ignore[override]
        return DescribingProcesses(files(), places)


class Falling(ReaderFiles):
    """Opens a reader that takes its process down at one file, as a fault in a codec does."""

    def open(self) -> DesignReader:
        import pandok.engines.describing.values as values

        decode = values.decode

        def falls(data: bytes) -> object:
            if data.endswith(b"falls"):
                os._exit(9)
            return decode(data)

        values.decode = falls  # type: ignore[assignment]
        return super().open()


def test_a_view_that_brings_its_process_down_is_the_only_one_left_out() -> None:
    made = Falling("pandok-design", Path("no such home"), files().fingerprint)
    falling = [Views(one.number, (*one.files, b"it falls") if one.number == 2 else one.files) for one in groups(8)]
    found = by_number(DescribingProcesses(made, 2).described(falling))
    assert found[2].views[2] is None
    found[2] = type(found[2])(2, found[2].views[:2])
    assert_same(found, 8)


def test_an_encoder_that_is_not_there_is_told_and_nothing_hangs() -> None:
    from pandok.core.errors import ModelError

    with pytest.raises(ModelError):
        list(DescribingProcesses(ReaderFiles("no such encoder", Path("nowhere"), "0"), 2).described(groups(4)))


def test_the_setting_and_the_amount_choose() -> None:
    reader = files().open()
    few = open_describing("ray", reader, files(), places=2, expected=FEW)
    many = open_describing("local", reader, files(), places=2, expected=FEW + 1)
    one = open_describing("local", reader, files(), places=1, expected=FEW + 1)
    assert [type(made) for made in (few, many, one)] == [DescribingHere, DescribingProcesses, DescribingHere]


def test_without_ray_the_setting_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_session, "find_spec", lambda _: None)
    with pytest.raises(Unavailable) as refused:
        open_describing("ray", files().open(), files(), places=2, expected=FEW + 1)
    assert refused.value.error_code == "unavailable.ray"
