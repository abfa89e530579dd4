"""The pole decides without the network; once it is back, Pandok finds the same alerts and none of them twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pandok.fields.street.acts.taking import take
from pandok.fields.street.edge import EdgePole
from pandok.fields.street.hazards import PoleToRead
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.messages import ReadingSent
from pandok.fields.street.models import Alert
from pandok.fields.street.observed import FORGOTTEN
from pandok.fields.street.spool import PoleSpool
from tests.fields.street.bed import NOON, arrived, later, message, ms, pole

DEPTHS = [0, 0, 3, 9, 17, 20, 22, 20, 9, 4, 2, 0, 0, 0, 0, 0, 16, 18]
WATER = PoleToRead("buk-1", (("level-1", "depth_cm"),))


def depth(minute: int, value: float) -> ReadingSent:
    at_ms = ms(later(120 * minute))
    return ReadingSent(sensor="level-1", property="depth_cm", unit="cm", at_ms=at_ms, value=float(value))


def run_on(spool: Path, until: int, *, stopped_before: set[int] = frozenset()) -> list[dict[str, Any]]:  # type: ignore[assignment]
    """All decisions of a pole that is switched off before some of its readings."""
    told: list[dict[str, Any]] = []
    edge = EdgePole(PoleSpool(spool), hazards_of_site(WATER), told.append)
    for minute, value in enumerate(DEPTHS[:until]):
        if minute in stopped_before:
            edge.spool.close()
            edge = EdgePole(PoleSpool(spool), hazards_of_site(WATER), told.append)
            edge.act()
        edge.measured([depth(minute, value)])
    edge.spool.close()
    return told


def test_switched_off_at_any_moment_it_decides_alike(tmp_path: Path) -> None:
    whole = run_on(tmp_path / "a.db", len(DEPTHS))
    assert {one["change"] for one in whole} >= {"raised", "again", "cleared"}
    assert run_on(tmp_path / "b.db", len(DEPTHS), stopped_before={3, 4, 5, 9, 16}) == whole


def test_stopped_between_decision_and_act_it_acts_once_it_is_back(tmp_path: Path) -> None:
    def broken(_: dict[str, Any]) -> None:
        raise OSError("the lamp does not answer")

    edge = EdgePole(PoleSpool(tmp_path / "s.db"), hazards_of_site(WATER), broken)
    with pytest.raises(OSError, match="lamp"):
        edge.measured([depth(0, 40)])
    edge.spool.close()
    acted: list[dict[str, Any]] = []
    again = EdgePole(PoleSpool(tmp_path / "s.db"), hazards_of_site(WATER), acted.append)
    again.act()
    assert {one["change"] for one in acted} == {"raised"}
    again.act()
    assert len(acted) == len({one["alert_id"] for one in acted})


@pytest.mark.django_db
def test_back_in_the_network_the_same_alerts_stand_and_none_twice(tmp_path: Path) -> None:
    pole()
    told = run_on(tmp_path / "s.db", len(DEPTHS), stopped_before={7})
    spool = PoleSpool(tmp_path / "s.db")
    sent = [
        arrived("buk-1", message(number, *readings, sent=later(86_400), spool=spool.key), later(86_400))
        for number, readings in spool.waiting(100)
    ]
    assert len(sent) == len(DEPTHS)
    for batch in (sent[4:], sent[:6], sent):
        take(batch, hazards=hazards_of_site)
    assert set(Alert.objects.values_list("pk", flat=True)) == {one["alert_id"] for one in told}
    steps = [(one["alert_id"], one["change"], one["level"]) for one in told]
    kept = [
        (alert.pk, change, level)
        for alert in Alert.objects.all()
        for change, level in alert.events.filter(own=True).values_list("change", "level")
    ]
    assert sorted(kept) == sorted(steps)


def test_levels_of_sound_do_not_leave_the_pole(tmp_path: Path) -> None:
    bands = PoleToRead("buk-1", tuple(sorted(("mic-1", of) for of in FORGOTTEN)))
    told: list[dict[str, Any]] = []
    edge = EdgePole(PoleSpool(tmp_path / "s.db"), hazards_of_site(bands), told.append)
    for second in range(66):
        level = 91.25 if second >= 60 else 50.5
        edge.measured(
            [
                ReadingSent(sensor="mic-1", property=of, unit="dB", at_ms=ms(NOON) + 1000 * second, value=level)
                for of in sorted(FORGOTTEN)
            ]
        )
    assert told[0]["reader"] == "sound-events"
    assert {json.dumps(readings) for _, readings in edge.spool.waiting(100)} == {"[]"}
    assert b"91.25" not in b"".join(one.read_bytes() for one in tmp_path.iterdir())


def test_the_command_reads_lines_and_says_what_it_decides(tmp_path: Path) -> None:
    lines = [depth(minute, value).model_dump_json() for minute, value in enumerate(DEPTHS)]
    call = [sys.executable, "-c", "from pandok.cli.main import main; main()", "street", "edge", "buk-1"]
    words = ["--spool", str(tmp_path / "s.db"), "--sensor", "level-1:depth_cm"]
    done = subprocess.run(
        [*call, *words], input="\n".join(["nonsense", *lines]), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "not a reading: nonsense" in done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert next((one["change"], one["level"]) for one in said if one["reader"] == "flood-level") == ("raised", 3)
