"""Nothing is destroyed by the clock alone, or because a database is older than the files beside it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from pandok.common.audit import writing as audit
from pandok.common.audit.noted_heads import noted_heads
from pandok.common.models import AuditEntry
from pandok.common.trust.clock import confirm_clock
from pandok.core.audit import AuditEvent
from pandok.core.deletion import DeletionState
from pandok.core.errors import RequestError, StoreError
from pandok.engines.files.durable import UNFINISHED
from pandok.fields.lab.acts.vault.deleting import confirm_deletion, plan_deletion
from pandok.fields.lab.acts.vault.upkeep import end_terms, erase_quarantine, sweep, verify
from pandok.fields.lab.models import Deposit, TermLook, VaultDeletion, VaultObject
from tests.fields.lab.acts.vault.conftest import NOW, Lab
from tests.roles import Action, Role, may

TICK = timedelta(hours=6)


@pytest.fixture
def deposit(lab: Lab) -> Deposit:
    deposit = lab.deposit()
    for name in ("one", "two"):
        lab.vault.put(deposit, name, name.encode() * 500, "raw")
    return deposit


def somebody_works(lab: Lab) -> None:
    audit.record(AuditEvent("officer", "thing.done", "thing:1", "", lab.clock()))


def ticks(lab: Lab, days: float, *, work: bool = True) -> int:
    """The returning work over some days; returns how many deletions it did."""
    done = 0
    for _ in range(int(timedelta(days=days) / TICK)):
        lab.clock.now += TICK
        if work:
            somebody_works(lab)
        done += end_terms(lab.vault)
    return done


def near_its_end(lab: Lab, deposit: Deposit) -> None:
    """The site has been at work until the deposit's last day."""
    while lab.clock.now < deposit.destroy_at - timedelta(days=1):
        somebody_works(lab)
        lab.clock.now += timedelta(days=1)
    lab.clock.now = deposit.destroy_at - timedelta(hours=1)
    somebody_works(lab)


def has_key(lab: Lab, deposit: Deposit) -> bool:
    return lab.vault.keys.path(str(deposit.pk)).exists()


def test_a_key_goes_two_days_after_its_term_was_first_seen_as_over(lab: Lab, deposit: Deposit) -> None:
    near_its_end(lab, deposit)
    assert end_terms(lab.vault) == 0
    assert not TermLook.objects.exists(), "one hour early nothing is seen"
    assert ticks(lab, 2) == 0
    assert has_key(lab, deposit)
    assert ticks(lab, 0.5) == 1
    done = VaultDeletion.objects.get()
    assert (done.ground, done.state) == (VaultDeletion.TERM, DeletionState.DONE)
    assert not has_key(lab, deposit)
    assert AuditEntry.objects.filter(action="vault.term_seen").count() == 1
    assert ticks(lab, 1) == 0


@pytest.mark.parametrize("years", [1, 10, 70])
def test_one_tick_of_a_wrong_clock_destroys_nothing(lab: Lab, deposit: Deposit, years: int) -> None:
    right = lab.clock.now
    lab.clock.now = right + timedelta(days=365 * years + 40)
    assert end_terms(lab.vault) == 0
    lab.clock.now = right
    assert ticks(lab, 5) == 0
    assert has_key(lab, deposit)
    assert verify(lab.vault) == (2, [])


def test_a_clock_that_stays_wrong_for_days_destroys_nothing_either(lab: Lab, deposit: Deposit) -> None:
    """It jumped by more than a year: as long as a month nothing goes, so that somebody can notice."""
    lab.clock.now += timedelta(days=500)
    assert ticks(lab, 29) == 0
    assert has_key(lab, deposit)


def test_while_the_clock_is_behind_the_chain_nothing_goes(
    lab: Lab, deposit: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pandok.common.trust.clock.FILE", f"{lab.home}/clock.json")
    near_its_end(lab, deposit)
    audit.record(AuditEvent("officer", "thing.done", "thing:9", "", deposit.destroy_at + timedelta(days=400)))
    assert ticks(lab, 10, work=False) == 0
    assert has_key(lab, deposit)
    noted_heads().resume(actor="operator", reason="the clock was a year ahead", now=lab.clock())
    assert ticks(lab, 3) == 0, "one person says that the clock is right"
    assert not confirm_clock(actor=None, reason="compared with the time service", now=lab.clock(), boot=None)
    second = lab.person(Role.ADMINISTRATOR)
    assert confirm_clock(actor=second, reason="compared with the time service", now=lab.clock(), boot=None)
    assert ticks(lab, 3) == 1


def test_a_pause_of_the_looking_begins_it_anew(lab: Lab, deposit: Deposit) -> None:
    near_its_end(lab, deposit)
    assert ticks(lab, 1.5) == 0
    lab.clock.forward(days=2)
    assert ticks(lab, 1.5) == 0
    assert has_key(lab, deposit)


def backdate(lab: Lab, at: datetime = NOW) -> None:
    for one in (*lab.vault.files.folder.glob("*/*"), *lab.vault.keys.folder.glob("*")):
        os.utime(one, (at.timestamp() - 90_000,) * 2)


def later_deposit_of_a_lost_database(lab: Lab) -> tuple[Deposit, VaultObject]:
    """Put, then forgotten by the database: what a restored backup looks like."""
    with transaction.atomic():
        deposit = lab.deposit(name="after the backup")
        kept = lab.vault.put(deposit, "late", b"late" * 900, "raw")
        transaction.set_rollback(True)
    return deposit, kept


def test_what_no_row_names_is_set_aside_and_nothing_else(lab: Lab, deposit: Deposit) -> None:
    path = lab.vault.files.at(deposit.contents.first().sealed_path)
    orphan, unfinished = path.with_name(f"{deposit.pk}.sealed"), path.with_name(f"{UNFINISHED}x-1-a")
    key = lab.vault.keys.folder / "11111111-1111-1111-1111-111111111111.key"
    for one in (orphan, unfinished, key):
        one.write_bytes(b"sealed")
    assert sweep(lab.vault) == 0
    backdate(lab)
    assert sweep(lab.vault) == 3
    assert verify(lab.vault) == (2, [])
    aside = {str(one.relative_to(lab.vault.quarantine)) for one in lab.vault.quarantine.glob("*/*")}
    assert aside == {f"objects/{orphan.name}", f"keys/{key.name}"}


def test_a_restored_older_database_destroys_nothing_and_a_newer_one_finds_all(lab: Lab, deposit: Deposit) -> None:
    late, kept = later_deposit_of_a_lost_database(lab)
    backdate(lab)
    assert sweep(lab.vault) == 2
    assert not has_key(lab, late)
    late.save(force_insert=True)
    kept.save(force_insert=True)
    sweep(lab.vault)
    assert has_key(lab, late)
    assert verify(lab.vault) == (3, [])
    assert deposit.contents.count() == 2


def test_with_a_shorter_chain_nothing_is_swept_and_no_term_ends(lab: Lab, deposit: Deposit) -> None:
    """The chain ends before what was noted: this database is an older one."""
    near_its_end(lab, deposit)
    with transaction.atomic():
        for _ in range(3):
            somebody_works(lab)
        assert noted_heads().note(lab.clock()) is None
        transaction.set_rollback(True)
    late, _ = later_deposit_of_a_lost_database(lab)
    backdate(lab)
    assert sweep(lab.vault) == 0
    assert has_key(lab, late)
    assert ticks(lab, 10) == 0
    assert has_key(lab, deposit)
    with pytest.raises(StoreError) as refused:
        erase_quarantine(lab.vault, actor=lab.person(Role.LAB_OPERATOR), reason="making room for more")
    assert refused.value.error_code == "store.older_database"


def test_what_two_persons_confirmed_is_done_also_then(lab: Lab, deposit: Deposit) -> None:
    planned = plan_deletion(deposit=deposit, actor=lab.steward, reason="asked for by the owner", now=lab.clock())
    confirm_deletion(deletion=planned, actor=lab.person(Role.LAB_OPERATOR), reason="looked through", now=lab.clock())
    noted_heads().note(lab.clock())
    path = noted_heads().path
    path.write_text(path.read_text().replace('"sequence"', '"Sequence"'))
    assert end_terms(lab.vault) == 1
    assert not has_key(lab, deposit)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_erase_the_quarantine(lab: Lab, role: Role) -> None:
    later_deposit_of_a_lost_database(lab)
    backdate(lab)
    assert sweep(lab.vault) == 2
    person = lab.person(role, "another")
    if may(frozenset({role}), Action.WITNESS_VAULT_DELETION):
        assert erase_quarantine(lab.vault, actor=person, reason="looked at each of them") == 2
        assert list(lab.vault.quarantine.glob("*/*")) == []
        assert AuditEntry.objects.get(action="vault.quarantine_erased").details == {"files": 2}
    else:
        with pytest.raises(RequestError):
            erase_quarantine(lab.vault, actor=person, reason="looked at each of them")
        assert len(list(lab.vault.quarantine.glob("*/*"))) == 2


def test_the_notes_lie_outside_the_database(lab: Lab, deposit: Deposit) -> None:  # noqa: ARG001
    noted_heads().note(lab.clock())
    assert noted_heads().path != Path(str(connection.settings_dict["NAME"]))
    assert noted_heads().path.is_file()
