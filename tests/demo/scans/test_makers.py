"""One scan as five makers write it: each is read to the same values, and the colours to their palette."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.demo.scans.makers import MAKERS, palette, pngs
from pandok.demo.scans.rendering import Rendered, rendered
from pandok.demo.scans.scenes import Recipe
from pandok.readers.xray.colour.palette import palette_of_picture
from pandok.readers.xray.formats.reading import read_files
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.scan import Energy, ScanKind
from pandok.readers.xray.standardise import MachineProfile, standardise


@pytest.fixture(scope="module")
def made() -> Rendered:
    return rendered(Recipe("bag", 3, items=4), "cabinet-2")


@pytest.mark.parametrize("maker", [one for one in MAKERS if one != "maker-5-colours"] + ["pngs"])
def test_every_form_holds_the_same_values(made: Rendered, maker: str) -> None:
    found = read_files((MAKERS | {"pngs": pngs})[maker](made, "bag"))
    assert found.kind == ScanKind.COUNTS
    assert np.array_equal(found.image(Energy.LOW).pixels, made.low)
    assert np.array_equal(found.image(Energy.HIGH).pixels, made.high)
    assert not any(remark.code == "scan.damaged" for remark in found.facts.remarks)


def test_colours_come_onto_the_scale_by_their_palette(made: Rendered) -> None:
    profile = MachineProfile(shipped("cabinet-140kv"), (palette_of_picture(palette(), "maker-5"),), 60_000.0)
    exact, approximate = (
        standardise(read_files(MAKERS[maker](made, "bag")), profile).views[0]
        for maker in ("maker-3-tiff", "maker-5-colours")
    )
    assert exact.material is not None
    assert approximate.material is not None
    both = np.isfinite(exact.material) & np.isfinite(approximate.material) & (exact.material < 1.4)
    assert both.sum() > 1000
    assert np.median(np.abs(exact.material - approximate.material)[both]) < 0.05
