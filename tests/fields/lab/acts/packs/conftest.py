"""A vault, blobs, people of the lab, and a deposit with a grant for the runner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.packs.importing import import_pack
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.acts.packs.registering import register_protocol
from pandok.fields.lab.acts.vault.depositing import make_deposit, start_project
from pandok.fields.lab.acts.vault.granting import grant
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Deposit, LabProject, LockedRegistration, ProblemPack
from tests.fields.lab.acts.packs.folders import table_folder
from tests.roles import Role

NOON = datetime(2026, 11, 2, 3, tzinfo=UTC)
REASON = "tested here"


@dataclass
class _Submission:
    model_sha256: str = "a" * 64


@dataclass
class FakeRun:
    id: UUID
    submission: _Submission


@dataclass
class Lab:
    home: Path
    vault: Vault
    blobs: FolderBlobs
    account: Callable[[Role, str], Account]
    project: LabProject
    deposit: Deposit

    def bring_in(self, folder: Path, name: str = "") -> ProblemPack:
        return import_pack(
            pack=read_pack(folder),
            deposit=self.deposit,
            project=self.project,
            actor=self.account(Role.FIELD_OWNER, name),
            reason=REASON,
            now=NOON,
            vault=self.vault,
            blobs=self.blobs,
        )

    def lock(self, pack: ProblemPack, name: str = "") -> LockedRegistration:
        actor = self.account(Role.EVALUATOR, name)
        return register_protocol(pack=pack, actor=actor, reason=REASON, site="Test site", now=NOON)

    def run(self) -> FakeRun:
        return FakeRun(uuid4(), _Submission())

    def let_runner(self) -> None:
        grant(
            deposit=self.deposit,
            project=self.project,
            purpose="runs of the lab",
            actor=self.account(Role.DATA_STEWARD, ""),
            reason=REASON,
            now=NOON,
            starts_at=NOON,
            ends_at=NOON + timedelta(days=20),
            runner=True,
        )


@pytest.fixture
def lab(transactional_db: None, tmp_path: Path) -> Lab:  # noqa: ARG001
    def account(role: Role, name: str = "") -> Account:
        found, made = Account.objects.get_or_create(username=name or role.value)
        found.groups.add(Group.objects.get_or_create(name=role.value)[0])
        found.__dict__.pop("roles", None)
        del made
        return found

    vault = site_vault(tmp_path / "home", clock=lambda: NOON)
    steward = account(Role.DATA_STEWARD)
    project = start_project(name="Project", purpose="to test packs", actor=steward, now=NOON)
    terms = DepositTerms(
        name="Deposit",
        description="",
        owner="Owner",
        legal_basis="drawn in a test",
        purpose="to test packs",
        licence="MIT",
        source="",
        expires_at=NOON + timedelta(days=200),
        keep_keys_days=30,
    )
    deposit = make_deposit(terms=terms, projects=[project], actor=steward, now=NOON, vault=vault)
    return Lab(tmp_path, vault, FolderBlobs(tmp_path / "blobs"), account, project, deposit)


@pytest.fixture
def table_pack(lab: Lab) -> ProblemPack:
    return lab.bring_in(table_folder(lab.home / "pack", each=12))
