"""The vault on both databases: the one question is answered alike, also after deletion, and put keeps one of twins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pandok.engines.vault.ledger_key import LedgerKey
from pandok.engines.vault.site_keys import FileSiteKey
from pandok.fields.lab.acts.vault.deleting import carry_out, confirm_deletion, plan_deletion
from pandok.fields.lab.acts.vault.lineage import model_made_from
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.acts.vault.uses import hashes_of, uses_of
from pandok.fields.lab.acts.vault.what_left import note_what_left
from pandok.fields.lab.models import VaultObject
from tests.contracts.stores import app_on, empty_postgresql, in_threads
from tests.fields.lab.acts.vault.conftest import Clock, Lab
from tests.roles import Role


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("vault")
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            with app_on("", home):
                yield home
        else:
            with app_on(empty_postgresql(), home):
                yield home


def test_the_question_and_twins(folder: Path) -> None:
    clock = Clock()
    ledger = LedgerKey(folder / "keys" / "ledger.key")
    lab = Lab(Vault(folder / "vault", FileSiteKey(folder / "keys" / "vault.key"), clock, ledger=ledger), clock, folder)
    deposit, project, checker = lab.deposit(), lab.project(), lab.person(Role.OUTPUT_CHECKER)
    lab.grant(deposit, runner=True)
    raw = lab.vault.put(deposit, "t.csv", b"id\n1\n2\n", "raw", records=["1", "2"])
    split = lab.vault.put(deposit, "s", b"1", "split", made_from=[raw], records=["1"], same_ids=True, step="split")
    lab.vault.open(split, actor=None, purpose="score", project=project, run_id="run-1", model_sha256="b" * 64)
    model_made_from(objects=[split], model_sha256="b" * 64, step="train", tool="t", actor=lab.steward, now=clock())
    note_what_left(what="verdict", run_id="run-1", actor=checker, now=clock.forward(hours=1))
    kept = in_threads(4, lambda _: lab.vault.put(deposit, "twin", b"twin", "raw").pk)
    assert len(set(kept)) == 1
    wanted = ["held", "held", "model", "opened", "left"]
    assert [row.sort for row in uses_of(*hashes_of(ledger, text="1"))] == wanted
    assert [row.sort for row in uses_of(*hashes_of(ledger, text="2"))] == ["held"]
    deletion = plan_deletion(deposit=deposit, actor=lab.steward, reason="asked by the owner", now=clock())
    confirm_deletion(deletion=deletion, actor=lab.person(Role.LAB_OPERATOR), reason="looked through", now=clock())
    carry_out(deletion.pk, vault=lab.vault)
    rows = uses_of(*hashes_of(ledger, text="1"))
    assert [row.sort for row in rows] == wanted
    assert all(row.deleted_at == clock() for row in rows)
    assert not VaultObject.objects.filter(deleted_at=None).exists()
