"""A stored period again: equal to what was live byte for byte, far faster, and judged by what others recorded."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.acts.importing_readings import import_readings
from pandok.fields.street.acts.keeping_history import pack
from pandok.fields.street.acts.outside_records import RecordSaid, enter_record
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.hazards_of_site import hazards_of_site, shipped_flood_model
from pandok.fields.street.models import Alert, Replay
from pandok.fields.street.observed import OBSERVED
from pandok.fields.street.periods import Period
from pandok.fields.street.reader_table import TABLE
from pandok.fields.street.replay.candidate import Candidate
from pandok.fields.street.replay.laboratory import replay
from tests.fields.street.bed import NOON, arrived, later, message, pole, reading

pytestmark = pytest.mark.django_db
DAY = NOON.astimezone(OFFICE_ZONE).date()
AS_IT_RUNS, SOONER = Candidate("flood-level"), Candidate("flood-level", rises_at=(2, 6, 8, 20))
DEPTHS = [0, 0, 0, 3, 6, 9, 9, 9, 12, 17, 20, 22, 20, 9, 4, 2, 0, 0, 0, 0]


def street(folder: Path, packed: int = 12) -> None:
    """A flood at one pole, in two parts of history: a file and the table; some messages came twice and in disorder."""
    pole()
    sent = [
        arrived("buk-1", message(n + 1, reading(depth, later(120 * n)), sent=later(120 * n)), later(120 * n))
        for n, depth in enumerate(DEPTHS)
    ]
    for one in sent[:packed]:
        take([one], hazards=hazards_of_site)
    pack(folder, now=NOON)
    rest = [*sent[packed + 1 :], sent[packed], sent[packed]]
    for start in range(0, len(rest), 3):
        take(rest[start : start + 3], hazards=hazards_of_site)


def asked(folder: Path, *candidates: Candidate, **other: Any) -> dict[str, Any]:
    ticks = itertools.count()
    facts: dict[str, Any] = {"with_files": False, "actor": None, "now": NOON, "lateness_s": 0.0} | other
    kept = replay(
        candidates,
        Period(DAY, DAY),
        folder=folder,
        flood=shipped_flood_model(),
        clock=lambda: float(next(ticks)),
        **facts,
    )
    return kept.result


def flood_on_record(minute: int = 18) -> None:
    began = later(60 * minute).isoformat()
    said = RecordSaid("buk", "buk-1", "flood", began, (later(60 * minute) + timedelta(minutes=20)).isoformat(), "119")
    enter_record(said, actor=None, now=later(86_400))


def test_replayed_it_is_what_it_was_live_byte_for_byte(tmp_path: Path) -> None:
    street(tmp_path)
    candidates = [Candidate("flood-level"), Candidate("flood-forecast"), Candidate("device-health")]
    found = asked(tmp_path, *candidates)["candidates"]
    assert [one["equal_to_live"] for one in found] == [True, True, True]
    assert found[0]["alerts"] == Alert.objects.filter(reader="flood-level").count() == 1
    again = asked(tmp_path, *candidates)["candidates"]
    assert [one["sha256"] for one in again] == [one["sha256"] for one in found]


def test_a_record_that_was_changed_is_no_longer_equal(tmp_path: Path) -> None:
    street(tmp_path)
    Alert.objects.filter(reader="flood-level").update(onset_at=later(1))
    assert asked(tmp_path, AS_IT_RUNS)["candidates"][0]["equal_to_live"] is False


def test_a_better_reader_is_seen_to_be_earlier(tmp_path: Path) -> None:
    street(tmp_path)
    flood_on_record()
    usual, sooner = asked(tmp_path, AS_IT_RUNS, SOONER)["candidates"]
    assert (usual["missed"], usual["false"]) == (0, 0) == (sooner["missed"], sooner["false"])
    assert sooner["median_minutes_ahead"] > usual["median_minutes_ahead"]
    assert sooner["equal_to_live"] is False


def test_missed_and_false_are_told_apart_from_nothing_on_record(tmp_path: Path) -> None:
    street(tmp_path)
    assert asked(tmp_path, AS_IT_RUNS)["candidates"][0]["false"] is None
    flood_on_record(minute=300)
    one = asked(tmp_path, AS_IT_RUNS, Candidate("flood-level", rises_at=(100, 200, 300, 400)))["candidates"]
    assert [(each["missed"], each["false"]) for each in one] == [(1, 1), (1, 0)]


def test_what_was_read_in_from_files_is_replayed_where_it_is_asked_for(tmp_path: Path) -> None:
    pole()
    table = tmp_path / "old.csv"
    lines = [f"buk-1,level-1,depth_cm,cm,{later(120 * n).isoformat()},{depth}" for n, depth in enumerate(DEPTHS)]
    table.write_text("pole,sensor,property,unit,at,value\n" + "\n".join(lines) + "\n")
    import_readings(table, actor=None, now=later(86_400))
    with pytest.raises(RequestError) as refused:
        asked(tmp_path, AS_IT_RUNS)
    assert refused.value.error_code == "street.nothing_stored"
    (found,) = asked(tmp_path, AS_IT_RUNS, with_files=True)["candidates"]
    assert found["alerts"] == 1
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Candidate("oracle"), "no_reader"),
        (Candidate("flood-level", {"volume": 11}), "bad_settings"),
        (Candidate("flood-level", rises_at=(5, 4, 3, 2)), "bad_thresholds"),
        (Candidate("flood-level", rises_at=(5,)), "bad_thresholds"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_kept(tmp_path: Path, wrong: Candidate, code: str) -> None:
    street(tmp_path)
    with pytest.raises(RequestError) as refused:
        asked(tmp_path, wrong)
    assert refused.value.error_code == f"street.{code}"
    assert not Replay.objects.exists()


def test_every_reader_of_a_hazard_has_a_kind_that_counts_it() -> None:
    for row in TABLE:
        kind = kind_of(row.reader)
        assert kind is not None or row.reader == "device-health"
        assert kind is None or kind.observed <= set(OBSERVED)
