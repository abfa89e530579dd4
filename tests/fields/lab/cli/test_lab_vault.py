"""`pandok lab vault …`: the same use cases as the pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pandok.cli.main import app
from pandok.common.models import AuditEntry, Job
from pandok.fields.lab.acts.vault.held_back import held_back
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.upkeep import verify
from pandok.fields.lab.models import VaultObject
from tests.chosen import Choose
from tests.fields.lab.acts.vault import conftest
from tests.fields.lab.acts.vault.conftest import Lab
from tests.fields.lab.acts.vault.masking.test_documents import deposit_of, look, pdf
from tests.roles import Role

Run = Callable[..., Result]


@pytest.fixture
def lab(db: None, tmp_path: Path, choose: Choose) -> Lab:  # noqa: ARG001
    """On the vault that the commands open."""
    choose(home=tmp_path)
    clock = conftest.Clock(datetime.now(UTC))
    return Lab(site_vault(tmp_path), clock, tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    for place in ("vault", "vault_models"):
        monkeypatch.setattr(f"pandok.fields.lab.cli.{place}.start_django", lambda: None)
    return lambda *words: CliRunner().invoke(app, ["--language", "en", "lab", "vault", *words])


def test_a_folder_is_sealed_listed_asked_about_and_verified(lab: Lab, run: Run, tmp_path: Path) -> None:
    deposit, source = lab.deposit(), tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "t.csv").write_text("id,x\n26-1,1\n26-2,2\n", encoding="utf-8")
    (source / "deep" / "a.bin").write_bytes(b"\0MARKER")
    (source / "link").symlink_to("/etc/passwd")
    done = run("deposit", str(deposit.pk), str(source), "--by", lab.steward.get_username())
    assert (done.exit_code, "2 objects are sealed" in done.stdout) == (0, True)
    assert Job.objects.filter(kind="vault.mask").count() == 1
    [listed] = json.loads(run("list", "--json").stdout)
    assert (listed["id"], listed["objects"]) == (str(deposit.pk), 2)
    for record in ("26-1", str(source / "t.csv")):
        assert [row["what"] for row in json.loads(run("uses", record, "--json").stdout)] == ["held"]
    assert json.loads(run("uses", "26-3", "--json").stdout) == []
    assert run("verify").exit_code == 0


def test_a_model_that_was_made_of_data_is_found_by_their_records(lab: Lab, run: Run, tmp_path: Path) -> None:
    deposit, model = lab.deposit(), tmp_path / "model.onnx"
    model.write_bytes(b"weights")
    lab.vault.put(deposit, "a.csv", b"id\n1\n", "raw", records=["1"])
    words = ("trained", str(deposit.pk), str(model), "--by", lab.steward.get_username())
    done = run(*words, "--tool", "trainer 2", "--kind", "raw")
    assert (done.exit_code, "was made of 1 object" in done.stdout) == (0, True)
    assert run(*words, "--tool", "trainer 2").exit_code == 0
    rows = json.loads(run("uses", "1", "--json").stdout)
    assert [(row["what"], row["model"], row["left"]) for row in rows if row["what"] != "held"] == [
        ("model", hashlib.sha256(b"weights").hexdigest(), "trainer 2")
    ]
    told = AuditEntry.objects.get(action="vault.model_made")
    assert told.actor == lab.steward.get_username()
    for wrong in (("--tool", ""), ("--tool", "t" * 101), ("--tool", "t", "--kind", "split")):
        assert run(*words, *wrong).exit_code == 2
    other = lab.person(Role.LAB_OPERATOR).get_username()
    assert run(*words[:-1], other, "--tool", "t").exit_code == 2
    assert run(*words[:2], "nowhere", *words[3:], "--tool", "t").exit_code == 2
    assert run("trained", "1", *words[2:], "--tool", "t").exit_code == 2
    assert AuditEntry.objects.filter(action="vault.model_made").count() == 1


def test_a_broken_seal_is_told_by_exit_code(lab: Lab, run: Run) -> None:
    kept = lab.vault.put(lab.deposit(), "a", b"a", "raw")
    lab.vault.files.at(kept.sealed_path).unlink()
    found = run("verify")
    assert (found.exit_code, "missing" in found.stdout) == (1, True)
    assert len(verify(lab.vault)[1]) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_STEWARD])
def test_others_deposit_nothing(lab: Lab, run: Run, tmp_path: Path, role: Role) -> None:
    (tmp_path / "a.bin").write_bytes(b"a")
    deposit = lab.deposit()
    person = lab.person(role).get_username()
    assert run("deposit", str(deposit.pk), str(tmp_path / "a.bin"), "--by", person).exit_code == 2
    assert run("deposit", "unknown", str(tmp_path / "a.bin"), "--by", person).exit_code == 2
    assert deposit.contents.count() == 0


def held_pdf(lab: Lab) -> VaultObject:
    deposit = deposit_of(lab, scan_pdf=pdf("Call 010-1234-5678."))
    look(lab, deposit)
    return deposit.contents.get()


def test_a_held_document_is_shown_and_confirmed_by_a_steward_once(lab: Lab, run: Run) -> None:
    kept, steward = held_pdf(lab), lab.steward.get_username()
    [shown] = json.loads(run("held", "--json").stdout)
    assert (shown["id"], shown["name"], shown["personal_data"]) == (str(kept.pk), kept.name, {"phone": 1})
    assert str(kept.pk) in run("held").stdout
    given = ("confirm", str(kept.pk), "--by", steward, "--reason")
    assert run(*given, "").exit_code == 2
    assert held_back([kept])
    assert run(*given, "the number is that of the office").exit_code == 0
    assert not held_back([kept])
    assert json.loads(run("held", "--json").stdout) == []
    told = AuditEntry.objects.get(action="vault.sharing_confirmed")
    assert (told.actor, told.reason) == (steward, "the number is that of the office")
    assert run(*given, "a second time").exit_code == 2
    assert run("confirm", "unknown", "--by", steward, "--reason", "no such document").exit_code == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_STEWARD])
def test_others_confirm_no_held_document(lab: Lab, run: Run, role: Role) -> None:
    kept = held_pdf(lab)
    person = lab.person(role).get_username()
    assert run("confirm", str(kept.pk), "--by", person, "--reason", "let me answer").exit_code == 2
    assert held_back([kept])
