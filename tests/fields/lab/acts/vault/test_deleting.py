"""Deletion: two persons or the term; nothing decrypts afterwards; certificate and ledger remain and answer."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.core.canonical import digest
from pandok.core.deletion import DeletionState
from pandok.core.errors import PandokError, RequestError
from pandok.engines.vault.deposit_keys import KeyDestroyed
from pandok.fields.lab.acts.vault.deleting import carry_out, confirm_deletion, plan_deletion, withdraw_deletion
from pandok.fields.lab.acts.vault.upkeep import end_terms, verify
from pandok.fields.lab.acts.vault.uses import hashes_of, uses_of
from pandok.fields.lab.models import Deposit, VaultDeletion, VaultObject
from tests.fields.lab.acts.vault.conftest import NOW, Lab
from tests.roles import Action, Role, may

MARKER = b"MARKER-beef-" * 900


@pytest.fixture
def deposit(lab: Lab) -> Deposit:
    """One raw file and its masked copy, both opened once by an evaluator."""
    deposit = lab.deposit()
    raw = lab.vault.put(deposit, "김철수.bin", MARKER, "raw", records=["r-1"])
    masked = lab.vault.put(deposit, "masked", b"masked", "masked", made_from=[raw], step="mask", tool="pandok")
    lab.vault.put(deposit, "other", b"other", "raw")
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    for one in (raw, masked):
        lab.vault.open(one, actor=lab.person(Role.EVALUATOR), purpose="look", project=lab.project())
    return deposit


def plan(lab: Lab, deposit: Deposit, **changes: Any) -> VaultDeletion:
    asked: dict[str, Any] = {"actor": lab.steward, "reason": "asked for by the owner", "now": lab.clock()}
    return plan_deletion(deposit=deposit, **asked | changes)


def confirm(lab: Lab, deletion: VaultDeletion, role: Role = Role.LAB_OPERATOR, name: str = "") -> VaultDeletion:
    return confirm_deletion(deletion=deletion, actor=lab.person(role, name), reason="looked through", now=lab.clock())


def opens(lab: Lab, object: VaultObject) -> bool:
    try:
        lab.vault.open(object, actor=lab.person(Role.EVALUATOR), purpose="look", project=lab.project())
    except PandokError:
        return False
    return True


def test_after_deletion_nothing_decrypts_and_the_ledger_still_answers(lab: Lab, deposit: Deposit) -> None:
    sealed = {one.pk: lab.vault.files.at(one.sealed_path).read_bytes() for one in deposit.contents.all()}
    done = carry_out(confirm(lab, plan(lab, deposit)).pk, vault=lab.vault)
    assert done.state == DeletionState.DONE
    assert not any(opens(lab, one) for one in VaultObject.objects.all())
    # Even who kept a copy of the sealed files has no key for them any more.
    for one in VaultObject.objects.all():
        path = lab.vault.files.at(one.sealed_path)
        path.write_bytes(sealed[one.pk])
        with pytest.raises(KeyDestroyed):
            b"".join(lab.vault.files.read(one.sealed_path, str(one.pk), 1, lab.vault.keys.get(str(deposit.pk))))
    for asked in ({"text": "r-1"}, {"data": MARKER}):
        rows = uses_of(*hashes_of(lab.vault.ledger, **asked))
        assert [(row.who, row.purpose, row.at) for row in rows if row.sort == "opened"] == [
            ("evaluator", "look", NOW)
        ] * 2
        assert all(row.deleted_at for row in rows)


def test_the_certificate_names_what_went_by_hashes_and_stands_in_the_chain(lab: Lab, deposit: Deposit) -> None:
    planned = plan(lab, deposit)
    lab.clock.forward(hours=2)
    done = carry_out(confirm(lab, planned).pk, vault=lab.vault)
    content = done.certificate
    assert (content["planned"]["by"], content["confirmed"]["by"]) == ("data-steward", "lab-operator")
    assert content["keys_destroyed_at"] == content["done_at"] == "2026-03-02T05:00:00+00:00"
    assert (len(content["objects"]), content["number"]) == (3, "2026-V-0001")
    assert digest(content) == done.certificate_sha256
    entry = AuditEntry.objects.get(action="vault.deleted")
    assert entry.details["certificate_sha256"] == done.certificate_sha256
    assert "김철수" not in str(content) + str(list(VaultObject.objects.values("name", "sha256")))
    assert set(VaultObject.objects.values_list("sha256", flat=True)) == {""}


def test_single_objects_go_with_what_was_made_of_them(lab: Lab, deposit: Deposit) -> None:
    raw = deposit.contents.get(records__isnull=False)
    done = carry_out(confirm(lab, plan(lab, deposit, objects=[raw])).pk, vault=lab.vault)
    assert len(done.certificate["objects"]) == 2
    assert {one.name: opens(lab, one) for one in deposit.contents.filter(deleted_at=None)} == {"other": True}
    assert not any(opens(lab, one) for one in deposit.contents.exclude(deleted_at=None))
    deposit.refresh_from_db()
    assert not deposit.deleted
    assert lab.vault.put(deposit, "김철수.bin", MARKER, "raw").version == 1


@pytest.mark.parametrize("role", list(Role))
def test_who_may_plan_confirm_and_withdraw(lab: Lab, role: Role) -> None:
    other = lab.deposit()
    if may(frozenset({role}), Action.DEPOSIT_DATA):
        plan(lab, other, actor=lab.person(role, "another"))
    else:
        with pytest.raises(RequestError):
            plan(lab, other, actor=lab.person(role, "another"))
        plan(lab, other)
    waiting = VaultDeletion.objects.get(deposit=other)
    if may(frozenset({role}), Action.WITNESS_VAULT_DELETION):
        withdraw_deletion(deletion=waiting, actor=lab.person(role, "third"), reason="not wanted", now=lab.clock())
        return
    for step in (confirm_deletion, withdraw_deletion):
        with pytest.raises(RequestError):
            step(deletion=waiting, actor=lab.person(role, "third"), reason="looked through", now=lab.clock())
    waiting.refresh_from_db()
    assert waiting.state == DeletionState.PLANNED


def test_nobody_is_both_persons_and_no_plan_is_carried_out_before(lab: Lab, deposit: Deposit) -> None:
    deletion = plan(lab, deposit)
    with pytest.raises(RequestError) as caught:
        confirm(lab, deletion, Role.DATA_STEWARD)
    assert caught.value.error_code == "request.second_person"
    with pytest.raises(RequestError):
        carry_out(deletion.pk, vault=lab.vault)
    assert opens(lab, deposit.contents.get(name="other"))
    with pytest.raises(RequestError) as caught:
        plan(lab, deposit)
    assert caught.value.error_code == "vault.deletion_open"


def test_between_confirmation_and_the_end_nothing_opens_and_nothing_comes_in(lab: Lab, deposit: Deposit) -> None:
    confirm(lab, plan(lab, deposit))
    assert not opens(lab, deposit.contents.get(name="other"))
    with pytest.raises(RequestError) as caught:
        lab.vault.put(deposit, "late", b"late", "raw")
    assert caught.value.error_code == "vault.deleted"


def test_an_interrupted_deletion_goes_on_where_it_stopped(
    lab: Lab, deposit: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    deletion = confirm(lab, plan(lab, deposit))
    left = {"files": 2}

    def erase_two(path: str) -> bool:
        if not left["files"]:
            raise KeyboardInterrupt
        left["files"] -= 1
        return bool(original(path))

    original = lab.vault.files.erase
    monkeypatch.setattr(lab.vault.files, "erase", erase_two)
    with pytest.raises(KeyboardInterrupt):
        carry_out(deletion.pk, vault=lab.vault)
    monkeypatch.undo()
    assert end_terms(lab.vault) == 1
    done = VaultDeletion.objects.get()
    assert (done.state, len(done.certificate["objects"])) == (DeletionState.DONE, 3)
    assert list(lab.vault.files.all()) == []


def test_verify_finds_changed_missing_and_extra_files(lab: Lab, deposit: Deposit) -> None:
    assert verify(lab.vault) == (3, [])
    one, two, _ = deposit.contents.all()
    path = lab.vault.files.at(one.sealed_path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    lab.vault.files.at(two.sealed_path).unlink()
    shutil.copy(path, path.with_name(f"{deposit.pk}.sealed"))
    count, faults = verify(lab.vault)
    assert (count, sorted(one.what for one in faults)) == (3, ["changed", "missing", "without_row"])
