"""A vault in a folder of its own, a steward, a researcher, a project and a deposit that is granted to nobody yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.engines.vault.site_keys import FileSiteKey
from pandok.fields.lab.acts.vault.depositing import make_deposit, start_project
from pandok.fields.lab.acts.vault.granting import grant
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Deposit, Grant, LabProject
from tests.roles import Role

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@dataclass
class Lab:
    vault: Vault
    clock: Clock
    home: Path
    people: dict[str, Account] = field(default_factory=dict)

    def person(self, role: Role | None, name: str = "") -> Account:
        name = name or (role.value if role else "nobody")
        if name not in self.people:
            account = Account.objects.create_user(name)
            if role:
                account.groups.add(Group.objects.get(name=role.value))
            self.people[name] = account
        return self.people[name]

    @property
    def steward(self) -> Account:
        return self.person(Role.DATA_STEWARD)

    def project(self, name: str = "parcel marks") -> LabProject:
        found = LabProject.objects.filter(name=name).first()
        return found or start_project(name=name, purpose="To compare readers", actor=self.steward, now=self.clock())

    def deposit(self, *projects: LabProject, days: int = 365, **changes: Any) -> Deposit:
        terms = DepositTerms(
            **{
                "name": "parcels of March",
                "owner": "Customs house 7",
                "legal_basis": "agreement 2026-11",
                "purpose": "To compare readers on sealed photographs",
                "licence": "not to be passed on",
                "expires_at": self.clock() + timedelta(days=days),
            }
            | changes
        )
        chosen = projects or (self.project(),)
        return make_deposit(terms=terms, projects=chosen, actor=self.steward, now=self.clock(), vault=self.vault)

    def grant(self, deposit: Deposit, *people: Account, days: float = 25, **changes: Any) -> Grant:
        asked: dict[str, Any] = {
            "deposit": deposit,
            "project": self.project(),
            "purpose": "To look at the marks",
            "actor": self.steward,
            "reason": "asked for in writing",
            "now": self.clock(),
            "starts_at": self.clock(),
            "ends_at": self.clock() + timedelta(days=days),
            "people": people,
        }
        return grant(**asked | changes)


@pytest.fixture
def lab(db: None, tmp_path: Path) -> Lab:  # noqa: ARG001
    clock = Clock()
    site_key = FileSiteKey(tmp_path / "keys" / "vault.key")
    vault = Vault(tmp_path / "vault", site_key, clock, ledger=LedgerKey(tmp_path / "keys" / "ledger.key"))
    return Lab(vault, clock, tmp_path)
