"""People, a folder for exports and one sealed deposit's prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.fields.lab.acts.exports.author_steps import add_file, begin_export, submit_export
from pandok.fields.lab.acts.exports.export_folder import ExportFolder
from pandok.fields.lab.acts.exports.sealed_index import print_key, prints_before_put, shelf
from pandok.fields.lab.models import ExportRequest, ObjectKind, VaultObject
from tests.roles import Role

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TABLE = b"declaration,goods,weight\n26-0001,red bottles of glass,120\n26-0002,blue bottles of glass,80\n"


@dataclass
class Office:
    folder: ExportFolder
    ledger: LedgerKey
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
    def author(self) -> Account:
        return self.person(Role.EVALUATOR, "author")

    def checker(self, name: str) -> Account:
        return self.person(Role.OUTPUT_CHECKER, name)

    def begun(self, **more: Account) -> ExportRequest:
        return begin_export(
            title="figures of March",
            purpose="To publish the figures of March",
            legal_basis="agreement 2026-11",
            actor=self.author,
            now=NOW,
            **more,
        )

    def add(self, request: ExportRequest, name: str, data: bytes) -> ExportRequest:
        add_file(request=request, filename=name, data=data, actor=self.author, now=NOW, folder=self.folder)
        return request

    def submit(self, request: ExportRequest) -> ExportRequest:
        key = print_key(self.ledger)
        return submit_export(request=request, actor=self.author, now=NOW, folder=self.folder, shelf=shelf(), key=key)

    def submitted(self, name: str = "figures.csv", data: bytes = b"month,share\nMarch,0.71\n") -> ExportRequest:
        return self.submit(self.add(self.begun(), name, data))

    def seal(self, data: bytes, number: int = 1) -> None:
        object_id = f"00000000-0000-0000-0000-{number:012}"
        prints_before_put(ObjectKind.RAW, data, self.ledger)(VaultObject(pk=object_id, stored_at=NOW))


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:  # noqa: ARG001
    return Office(ExportFolder(tmp_path / "exports", secret_key="s" * 50), LedgerKey(tmp_path / "ledger.key"))
