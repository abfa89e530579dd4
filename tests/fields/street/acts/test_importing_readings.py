"""Readings of files become history: once, checked as those of poles, and without an alert."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from pandok.core.errors import RequestError
from pandok.fields.street.acts.importing_readings import import_readings
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.models import Alert, CurrentValue, PoleState, Spool, TakenMessage
from tests.fields.street.bed import NOON, arrived, later, message, pole, reading

pytestmark = pytest.mark.django_db
HEAD = "pole,sensor,property,unit,at,value\n"


def csv_file(folder: Path, *lines: str) -> Path:
    path = folder / "readings.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n")
    return path


def test_a_file_is_kept_once_and_raises_nothing(tmp_path: Path) -> None:
    pole()
    old = NOON - timedelta(days=900)
    lines = [f"buk-1,level-1,depth_cm,cm,{(old + timedelta(minutes=n)).isoformat()},40" for n in range(700)]
    path = csv_file(tmp_path, *lines, f"buk-1,level-1,depth_cm,mm,{old.isoformat()},3", "buk-1,level-1,depth_cm,cm,,9")
    done = import_readings(path, actor=None, now=NOON)
    assert (done.readings, done.unreadable, done.refused, done.again) == (702, 1, 1, 0)
    assert not Alert.objects.exists()
    state = PoleState.objects.get()
    assert (state.last_heard_at, state.clock_offset_ms) == (None, 0)
    assert sum(len(one.readings) for one in TakenMessage.objects.all()) == 700
    assert import_readings(path, actor=None, now=later(60)).again == 2
    assert sum(len(one.readings) for one in TakenMessage.objects.all()) == 700


def test_parquet_with_times_of_a_zone_and_numbers(tmp_path: Path) -> None:
    pole()
    path = tmp_path / "readings.parquet"
    facts = {"pole": "buk-1", "sensor": "level-1", "property": "depth_cm", "unit": "cm", "value": 2.5}
    pl.DataFrame([{**facts, "at": NOON}], schema_overrides={"at": pl.Datetime("us", "UTC")}).write_parquet(path)
    import_readings(path, actor=None, now=later(60))
    assert CurrentValue.objects.get().at == NOON


def test_files_do_not_use_up_the_spools_of_a_pole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pandok.fields.street.acts.taking.MOST_SPOOLS", 1)
    pole()
    for number in range(3):
        line = f"buk-1,level-1,depth_cm,cm,{later(number).isoformat()},1"
        import_readings(csv_file(tmp_path, line), actor=None, now=NOON)
    assert take([arrived("buk-1", message(1, reading(1)))], hazards=none_yet)[0].contiguous == 1
    assert Spool.objects.filter(from_file=True).count() == 3


@pytest.mark.parametrize("text", ["", "pole,sensor\nbuk-1,level-1\n", "\x00\x01"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(RequestError) as refused:
        import_readings(path, actor=None, now=NOON)
    assert refused.value.error_code == "street.bad_table"


def test_a_file_of_a_pole_that_nobody_registered_is_refused_whole(tmp_path: Path) -> None:
    pole()
    at = NOON.isoformat()
    path = csv_file(tmp_path, f"buk-1,level-1,depth_cm,cm,{at},1", f"ghost,level-1,depth_cm,cm,{at},1")
    with pytest.raises(RequestError) as refused:
        import_readings(path, actor=None, now=NOON)
    assert (refused.value.error_code, refused.value.fields["poles"]) == ("street.no_pole", ["ghost"])
    assert not TakenMessage.objects.exists()
