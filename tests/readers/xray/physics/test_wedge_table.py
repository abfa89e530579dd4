"""Tables of a wedge and files of channels come from people and disks: what does not fit is named, never guessed."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.readers.xray.channel_file import channels_as_json, channels_of_json, key_of
from pandok.readers.xray.physics.calibration import measure_channels
from pandok.readers.xray.physics.wedge_table import wedge_steps
from pandok.readers.xray.scan import Energy

HEAD = "of,g_per_cm2,left,top,right,bottom"
PLANE = np.linspace(0.2, 0.8, 40 * 60).reshape(40, 60)


def test_a_step_is_the_mean_of_its_box() -> None:
    (step,) = wedge_steps(f"\ufeff{HEAD}\nAl,2.7,10,5,20,15\n", PLANE, PLANE**2)
    box = PLANE[5:15, 10:20]
    assert (step.of, step.g_per_cm2, step.low) == ("Al", 2.7, pytest.approx(box.mean()))
    assert step.high_sd == pytest.approx((box**2).std() / 10)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Al,2,0,0,61,20", "leaves the scan"),
        ("Al,2,-1,0,20,20", "leaves the scan"),
        ("Al,2,20,0,10,20", "leaves the scan"),
        ("Al,-2,0,0,20,20", "g_per_cm2"),
        ("Al,nan,0,0,20,20", "g_per_cm2"),
        ("Unobtainium,2,0,0,20,20", ""),
        ("Al,2,0,0,2,2", "16 pixels"),
        ("Al,2", ""),
        ("Al,two,0,0,20,20", "two"),
    ],
)
def test_a_row_that_does_not_fit_is_named(row: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        wedge_steps(f"{HEAD}\nAl,2.7,10,5,20,15\n{row}\n", PLANE, PLANE)
    assert refused.value.error_code == "xray.wedge_table"
    assert "3" in refused.value.what.ko
    assert why in refused.value.what.en


def test_missing_columns_are_named() -> None:
    with pytest.raises(InputError, match="g_per_cm2"):
        wedge_steps("of,left,top,right,bottom\n", PLANE, PLANE)


@pytest.fixture
def text() -> str:
    random = np.random.default_rng(2)
    dark = random.normal(300, 3, (20, 32)).astype(np.uint16)
    air = random.normal(50_000, 60, (20, 32)).astype(np.uint16)
    air[7] = dark[7]
    return channels_as_json({Energy.LOW: measure_channels(dark, air), Energy.UNKNOWN: measure_channels(dark, air)})


def test_channels_come_back_as_they_were_kept(text: str) -> None:
    found = channels_of_json(text.encode())
    assert set(found) == {Energy.LOW, Energy.UNKNOWN}
    assert [one.channel for one in found[Energy.LOW].bad] == [7]
    assert channels_as_json(found) == text
    assert key_of(found) != key_of({Energy.LOW: found[Energy.LOW]}) != key_of({}) == ""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-40],
        lambda _: "{}",
        lambda text: text.replace('"dark": [', '"dark": [1, ', 1),
        lambda text: text.replace('[7, "dead"]', '[700, "dead"]', 1),
        lambda text: text.replace('"low"', '"middle"', 1),
        lambda text: text.replace('"full_scale": 65535', '"full_scale": 0', 1),
        lambda _: " " * 20_000_000,
    ],
)
def test_a_file_of_channels_that_was_spoilt_is_refused(text: str, spoil: object) -> None:
    with pytest.raises(InputError) as refused:
        channels_of_json(spoil(text).encode())  # type: ignore[operator]
    assert refused.value.error_code == "xray.channels_wrong"
