"""With a clock that is wrong by days or years nothing ends, goes or is destroyed, through the worker's own door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.audit.writing import record
from pandok.common.jobs import work
from pandok.common.jobs.process import run_worker
from pandok.common.jobs.registry import periodic
from pandok.common.models import Account, Delivery, FormTaken, PersonSession
from pandok.common.trust import clock
from pandok.common.web.views import audit_chain
from pandok.core.audit import AuditEvent
from pandok.engines.files import clock_note
from pandok.engines.files.clock_note import Boot
from pandok.fields.lab.acts.vault import site_vault as opening
from pandok.fields.lab.models import Deposit, TermLook, VaultDeletion
from pandok.settings import settings
from tests.roles import Role
from tests.world import Site

WRONG = [timedelta(days=30), timedelta(days=-30), timedelta(days=3650)]
WHY = "compared with the telephone's time signal"


@dataclass
class Machine:
    """Its clock can be set; how long it has been running cannot."""

    at: datetime
    boot: str = "first"
    seconds: float = 1000.0

    def runs(self, **time: float) -> None:
        self.at += timedelta(**time)
        self.seconds += timedelta(**time).total_seconds()

    def restarts(self) -> None:
        self.boot, self.seconds = self.boot + "+", 10.0


@pytest.fixture
def machine(site: Site, monkeypatch: pytest.MonkeyPatch) -> Any:
    del site
    machine = Machine(timezone.now())
    boot: Callable[[], Boot] = lambda: Boot(machine.boot, machine.seconds)  # noqa: E731
    monkeypatch.setattr(clock, "FILE", "clock-of-a-test.json")
    monkeypatch.setattr(work, "wall_clock", lambda: machine.at)
    for module in (work, clock_note, audit_chain):
        monkeypatch.setattr(module, "this_boot", boot)
    monkeypatch.setattr(timezone, "now", lambda: machine.at)
    yield machine
    (settings().home / "clock-of-a-test.json").unlink(missing_ok=True)


@dataclass
class Kept:
    deposit: Deposit
    session: PersonSession
    form: FormTaken

    def all_stand(self) -> bool:
        session = PersonSession.objects.filter(pk=self.session.pk, ended_at=None)
        return session.exists() and FormTaken.objects.filter(pk=self.form.pk).exists() and self.key_stands()

    def key_stands(self) -> bool:
        return opening.site_vault().keys.path(str(self.deposit.pk)).exists()


@pytest.fixture
def kept(site: Site, machine: Machine) -> Kept:
    from pandok.core.lab.deposit_terms import DepositTerms
    from pandok.fields.lab.acts.vault.depositing import make_deposit, start_project

    steward = site.account(Role.DATA_STEWARD)
    root = site.account(Role.ADMINISTRATOR, "root")
    Account.objects.filter(pk=root.pk).update(email="root@customs.example")
    project = start_project(name="parcels", purpose="To compare readers", actor=steward, now=machine.at)
    terms = DepositTerms(
        name="parcels of March",
        owner="Customs house 7",
        legal_basis="agreement 2026-11",
        purpose="To compare readers",
        licence="not to be passed on",
        expires_at=machine.at + timedelta(days=20),
    )
    vault = opening.site_vault()
    deposit = make_deposit(terms=terms, projects=[project], actor=steward, now=machine.at, vault=vault)
    session = PersonSession.objects.create(
        account=steward, session_key="k", device="", started_at=machine.at, last_seen_at=machine.at
    )
    form = FormTaken.objects.create(id=uuid4(), account=steward, at=machine.at)
    run_worker(once=True)
    return Kept(deposit, session, form)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("restarted", [False, True])
def test_under_a_wrong_clock_nothing_ends_goes_or_is_destroyed(
    kept: Kept, machine: Machine, wrong: timedelta, restarted: bool
) -> None:
    right = machine.at
    if restarted:
        machine.restarts()
    machine.at += wrong
    for _ in range(4):  # days of it
        run_worker(once=True)
        machine.runs(days=1.5)
    assert kept.all_stand()
    assert not TermLook.objects.exists()
    assert not VaultDeletion.objects.exists()
    [mail] = Delivery.objects.filter(recipient="root@customs.example")
    assert "confirm-clock" in mail.body_text
    machine.at = right + timedelta(days=6)
    run_worker(once=True)
    assert kept.all_stand() is (wrong > timedelta(0)), "entries from later than now: two must look"
    assert kept.key_stands()


def test_a_clock_in_doubt_is_believed_again_when_two_confirm(site: Site, kept: Kept, machine: Machine) -> None:
    """The machine was off for weeks: the clock is right, and only people can know."""
    machine.at += timedelta(days=30)
    machine.restarts()
    run_worker(once=True)
    assert kept.all_stand()
    root = site.client(Role.ADMINISTRATOR, "root")
    assert "서버 시각 확인 필요" in root.get("/audit/chain/").content.decode()
    assert root.post("/audit/chain/clock/", {"reason": WHY}).status_code == 302
    assert root.post("/audit/chain/clock/", {"reason": WHY}).status_code == 422, "one person twice"
    run_worker(once=True)
    assert kept.all_stand()
    done = CliRunner().invoke(app, ["audit", "confirm-clock", "--reason", WHY])
    assert done.exit_code == 0, done.output
    machine.runs(hours=2)
    run_worker(once=True)
    assert not PersonSession.objects.filter(pk=kept.session.pk, ended_at=None).exists()
    assert "서버 시각 확인 필요" not in root.get("/audit/chain/").content.decode()


def test_entries_of_a_wrong_clock_stop_the_work_until_two_confirm(kept: Kept, machine: Machine) -> None:
    record(AuditEvent("officer", "thing.done", "thing:1", "", machine.at + timedelta(days=300)))
    machine.runs(days=2)
    run_worker(once=True)
    assert kept.all_stand()


def test_whatever_goes_by_the_clock_waits_for_it() -> None:
    waits = {name.rsplit(".", 1)[-1] for name, one in periodic().items() if one.by_clock}
    assert waits == {
        "expire_tick",
        "remind_tick",
        "remind_of_openings",
        "end_left_sittings",
        "sweep",  # uploads that were never finished
        "sweep_sessions",
        "sweep_unused_files",
        "forget_old_forms",
        "forget_old_calls",
        "forget_kept_forms",
        "ask_what_became_of_it",
    }
