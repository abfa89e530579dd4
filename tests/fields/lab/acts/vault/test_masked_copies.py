"""Masked copies: sealed beside the raw ones, with counts and lineage; what cannot be looked into says so."""

from __future__ import annotations

import pytest

from pandok.core.errors import RequestError
from pandok.core.lab.personal_data import PersonalDataReport
from pandok.fields.lab.acts.vault.depositing import deposit_files
from pandok.fields.lab.acts.vault.masked_copies import Finders, mask_deposit
from pandok.fields.lab.acts.vault.uploads import named
from pandok.fields.lab.acts.vault.uses import hashes_of, uses_of
from pandok.fields.lab.models import Deposit, Lineage, Use
from tests.fields.designs.fakes import photograph
from tests.fields.lab.acts.vault.conftest import Lab
from tests.fields.lab.acts.vault.masking.test_pictures import Faces, Reader
from tests.roles import Action, Role, may

FINDERS = Finders(faces=Faces, reader=Reader)  # type: ignore[arg-type]
TABLE = "신고번호,성명,품명\nA-1,홍길동,신발\nA-2,김민서,지갑\n".encode()


@pytest.fixture
def deposit(lab: Lab) -> Deposit:
    deposit = lab.deposit()
    files = [("t.csv", TABLE), ("1.jpg", photograph()), ("n.txt", "전화 010-1234-5678".encode()), ("x.bin", b"\0\1")]
    deposit_files(
        deposit=deposit, files=[named(name, data) for name, data in files], actor=lab.steward, vault=lab.vault
    )
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    return deposit


def mask(lab: Lab, deposit: Deposit) -> int:
    return mask_deposit(deposit=deposit, actor=lab.steward, vault=lab.vault, finders=FINDERS)


def test_each_raw_object_has_a_masked_copy_with_a_report_or_says_why_not(lab: Lab, deposit: Deposit) -> None:
    assert mask(lab, deposit) == 4
    masked = {one.name: one for one in deposit.contents.filter(kind="masked")}
    assert sorted(masked) == ["masked/1.jpg", "masked/n.txt", "masked/t.csv"]
    opened = lab.vault.open(
        masked["masked/t.csv"], actor=lab.person(Role.EVALUATOR), purpose="look", project=lab.project()
    ).decode()
    assert "홍길동" not in opened
    assert "신발" in opened
    report = PersonalDataReport.model_validate(deposit.contents.get(name="t.csv").report)
    assert report.counts == {"name": 2}
    nothing = PersonalDataReport.model_validate(deposit.contents.get(name="x.bin").report)
    assert (nothing.looked_for, len(nothing.remarks)) == ((), 1)


def test_it_goes_on_where_it_stopped_and_masks_nothing_twice(lab: Lab, deposit: Deposit) -> None:
    assert (mask(lab, deposit), mask(lab, deposit)) == (4, 0)
    assert Lineage.objects.filter(step="mask").count() == 3


def test_looking_through_is_a_use_like_any_other(lab: Lab, deposit: Deposit) -> None:
    mask(lab, deposit)
    assert Use.objects.filter(purpose="mask", actor=lab.steward, project=None).count() == 4
    rows = [row for row in uses_of(*hashes_of(lab.vault.ledger, text="A-1")) if row.sort != "opened"]
    assert {row.object_name: row.certain for row in rows} == {"t.csv": True, "masked/t.csv": True}


@pytest.mark.parametrize("role", [role for role in Role if not may(frozenset({role}), Action.DEPOSIT_DATA)])
def test_nobody_else_may_look_through_a_deposit(lab: Lab, deposit: Deposit, role: Role) -> None:
    with pytest.raises(RequestError):
        mask_deposit(deposit=deposit, actor=lab.person(role), vault=lab.vault, finders=FINDERS)
    assert Use.objects.count() == 0


def test_pseudonyms_of_two_deposits_cannot_be_joined(lab: Lab, deposit: Deposit) -> None:
    assert lab.vault.pseudonym_key(deposit) == lab.vault.pseudonym_key(deposit)
    assert lab.vault.pseudonym_key(deposit) != lab.vault.pseudonym_key(lab.deposit())
