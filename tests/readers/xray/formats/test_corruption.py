"""Broken files: a right reading or one error with a reason, and never fewer pixels or another shape."""

from __future__ import annotations

from collections import Counter

from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.scan import Scan
from tests.readers.xray.formats.corruption import broken, judged
from tests.readers.xray.formats.samples import samples

SEEDS = range(240)


def test_broken_files_read_rightly_or_are_refused_with_a_reason() -> None:
    """The 1,000 of benchmarks/broken_scans.py, a part of them."""
    found = {seed: judged(broken(seed), read_files) for seed in SEEDS}
    assert {seed: word for seed, word in found.items() if word.startswith(("LOST", "SILENT"))} == {}
    kinds = Counter(word.partition(":")[0] for word in found.values())
    assert kinds["refused"] > 100
    assert kinds["right"] > 5


def test_every_form_is_broken_in_several_ways() -> None:
    tried = {(one.sample.name, one.way) for one in map(broken, SEEDS)}
    assert all(len({way for name, way in tried if name == sample.name}) >= 4 for sample in samples())


def test_a_lost_pixel_would_be_noticed() -> None:
    one = next(one for one in map(broken, SEEDS) if one.sample.name == "plain.tif")

    def careless(files: tuple[NamedBytes, ...]) -> Scan:
        del files
        truth = one.sample.truth
        from dataclasses import replace

        return Scan(truth.facts, (replace(truth.images[0], pixels=truth.images[0].pixels[:-1]),))

    assert judged(one, careless).startswith("LOST shape")
