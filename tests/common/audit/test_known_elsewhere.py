"""A chain that was cut, rewritten or rolled back is whole in itself; what is known of it elsewhere shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pandok.common.audit import writing as audit
from pandok.common.audit.chain import ask_for_check, run_check
from pandok.common.audit.noted_heads import NotedHead, noted_heads
from pandok.common.models import AuditEntry, ChainCheck
from pandok.core.audit import GENESIS, AuditEvent, chain_hash
from pandok.core.errors import StoreError
from tests.chosen import Choose
from tests.cli.test_commands import pandok
from tests.own_postgresql import opened_store
from tests.tampering import take_trigger_away

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
COLUMNS = "sequence, actor, action, object, reason, at, CAST(details AS text)"


@pytest.fixture(autouse=True)
def home(db: None, choose: Choose, tmp_path: Path) -> None:  # noqa: ARG001
    choose(home=tmp_path)


def happen(count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        event = AuditEvent("officer", "thing.done", f"thing:{number}", "까닭", NOW + timedelta(minutes=number))
        audit.record(event)


def check(full: bool = True) -> ChainCheck:
    asked = ask_for_check(asked_by="auditor", full=full, now=NOW + timedelta(hours=3))
    return run_check(asked.id, clock=lambda: NOW + timedelta(hours=3))


Rows = list[tuple[Any, ...]]


def rewrite(change: Callable[[Rows], Rows], opened: Any = None) -> None:
    """What somebody with the database does: take the trigger away, change the entries, make every hash again.
    `opened`: a connection to the database of another process."""
    with connection.cursor() as cursor:
        run = (opened or cursor).execute
        mark = "?" if opened and connection.vendor == "sqlite" else "%s"
        take_trigger_away(opened or cursor, "register_auditentry")
        found = run(f"SELECT {COLUMNS} FROM register_auditentry ORDER BY sequence")
        rows = (found or cursor).fetchall()
        run("DELETE FROM register_auditentry")
        previous = GENESIS
        for sequence, row in enumerate(change(list(rows)), 1):
            _, actor, action, about, reason, at, details = row
            moment = datetime.fromisoformat(str(at)).replace(tzinfo=UTC)
            event = AuditEvent(actor, action, about, reason, moment, json.loads(details))
            own = chain_hash(previous, event, sequence=sequence)
            values = [sequence, previous, own, at, actor, action, about, reason, details]
            run(
                "INSERT INTO register_auditentry (sequence, previous_hash, hash, at, actor, action, object, reason,"
                f" details) VALUES ({', '.join([mark] * 9)})",
                values,
            )
            previous = own


def cut_tail(rows: Rows) -> Rows:
    return rows[:-8]


def cut_middle(rows: Rows) -> Rows:
    return [*rows[:5], *rows[9:]]


def change_one(rows: Rows) -> Rows:
    return [(*row[:1], "somebody else", *row[2:]) if place == 4 else row for place, row in enumerate(rows)]


def swap(rows: Rows) -> Rows:
    return [*rows[:3], rows[4], rows[3], *rows[5:]]


TAMPERING = [cut_tail, cut_middle, change_one, swap]


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("tampering", TAMPERING)
def test_a_chain_made_anew_differs_from_earlier_checks(tampering: Callable[[Rows], Rows], full: bool) -> None:
    happen(12)
    assert check().fault == ""
    happen(6, 12)
    rewrite(tampering)
    assert audit.verify() is None, "whole in itself"
    assert check(full).fault == "checkpoint"


@pytest.mark.parametrize("tampering", TAMPERING)
def test_and_from_what_was_noted_outside_where_the_checks_are_gone_too(tampering: Callable[[Rows], Rows]) -> None:
    happen(18)
    assert noted_heads().note(NOW) is None
    ChainCheck.objects.all().delete()
    rewrite(tampering)
    found = check()
    assert (found.fault, found.fault_sequence) == ("noted", 18)
    assert check(full=False).fault == "noted"


def test_a_removed_check_shows_by_its_event() -> None:
    happen(5)
    assert check().fault == ""
    ChainCheck.objects.all().delete()
    assert check().fault == "checkpoint_gone"


def test_a_chain_that_only_grew_is_whole() -> None:
    for round in range(4):
        happen(3, 3 * round)
        assert noted_heads().note(NOW + timedelta(minutes=10 * round)) is None
        assert check(full=bool(round % 2)).fault == ""
    assert len(noted_heads().all()) == 4


def test_a_changed_note_is_told_and_hides_nothing() -> None:
    happen(3)
    noted_heads().note(NOW)
    path = noted_heads().path
    path.write_text(path.read_text().replace('"sequence": 3', '"sequence": 2'))
    with pytest.raises(StoreError) as refused:
        noted_heads().all()
    assert refused.value.error_code == "store.noted_heads"


def test_an_older_database_can_be_gone_on_with_and_that_stays_on_record() -> None:
    happen(10)
    noted_heads().note(NOW)
    rewrite(lambda rows: rows[:6])
    assert noted_heads().note(NOW) is not None
    assert noted_heads().resume(actor="operator", reason="restored of the night before", now=NOW) == 1
    assert check().fault == ""
    told = AuditEntry.objects.get(action="audit.resumed")
    assert (told.reason, told.details["newest_noted"]) == ("restored of the night before", 10)
    assert [bool(one.given_up) for one in noted_heads().all()] == [True, False]


def test_of_older_days_the_last_note_is_kept() -> None:
    for day in range(5):
        for hour in range(3):
            happen(1, day * 3 + hour)
            noted_heads().note(NOW + timedelta(days=day, hours=hour))
    notes = noted_heads().all()
    assert [one.sequence for one in notes] == [3, 6, 9, 10, 11, 12, 13, 14, 15]
    assert all(isinstance(one, NotedHead) for one in notes)


def test_forty_entries_cut_from_the_file_and_rehashed_are_found_by_the_command(tmp_path: Path) -> None:
    """The command line is another process with a database of its own."""
    assert pandok(tmp_path, "audit", "head", "--out", "anchor.json").returncode == 0
    with opened_store(tmp_path / "home") as opened:
        rewrite(lambda rows: rows * 60, opened)
    whole = pandok(tmp_path, "--language", "en", "audit", "verify")
    assert (whole.returncode, whole.stdout.strip()) == (0, "The audit log is whole: 61 entries.")
    with opened_store(tmp_path / "home") as opened:
        rewrite(lambda rows: [*rows[:10], *rows[50:]], opened)
    cut = pandok(tmp_path, "--language", "en", "audit", "verify")
    assert cut.returncode == 1
    assert "an earlier check found another hash there" in " ".join(cut.stdout.split())


def test_where_the_notes_are_gone_the_command_says_that_nothing_confirms_the_chain(tmp_path: Path) -> None:
    """Who wrote the chain again took the file away too: the next note leaves an entry that stays."""
    happen(3)
    assert noted_heads().note(NOW + timedelta(hours=1)) is None
    assert not AuditEntry.objects.filter(action="audit.notes_began").exists(), "a young chain has no notes yet"
    (tmp_path / "audit-heads.json").unlink()
    later = NOW + timedelta(days=2)
    assert noted_heads().are_gone(later)
    assert noted_heads().note(later) is None
    entry = AuditEntry.objects.get(action="audit.notes_began")
    assert entry.details == {"behind": 3}
    assert noted_heads().all()[-1].sequence == entry.sequence
    assert noted_heads().note(later) is None
    assert AuditEntry.objects.filter(action="audit.notes_began").count() == 1


def test_the_command_ends_with_three_where_an_old_chain_has_no_notes(tmp_path: Path) -> None:
    assert pandok(tmp_path, "audit", "head", "--out", "anchor.json").returncode == 0
    with opened_store(tmp_path / "home") as opened:
        rewrite(lambda rows: [(*row[:5], "2026-01-05 00:00:00+00:00", row[6]) for row in rows], opened)
    found = pandok(tmp_path, "--language", "en", "audit", "verify")
    assert found.returncode == 3
    assert "no hash is noted outside the database" in " ".join(found.stderr.split())
