"""A pack is brought in once, sealed where it must be, locked by another person, and opened only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import PandokError, RequestError
from pandok.core.lab.case import CaseRole
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.packs.importing import manifest_key
from pandok.fields.lab.acts.packs.manifest import manifest
from pandok.fields.lab.acts.packs.opened_cases import (
    opened_cases,
    opened_labels,
    public_cases,
    public_labels,
    public_query_ids,
    sealed_ids,
)
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.acts.packs.registering import register_protocol
from pandok.fields.lab.models import LockedRegistration, ProblemPack, SealedPart, Use, VaultObject
from tests.fields.lab.acts.packs.conftest import NOON, REASON, Lab
from tests.fields.lab.acts.packs.folders import picture_folder, replace, table_folder
from tests.roles import Role


def code_of(call: object, **changes: object) -> str:
    with pytest.raises(RequestError) as caught:
        call(**changes)  # type: ignore[operator]
    return caught.value.error_code


def test_a_pack_is_kept_as_read(lab: Lab, table_pack: ProblemPack) -> None:
    pack = read_pack(lab.home / "pack")
    assert table_pack.problem == pack.problem
    assert table_pack.manifest == manifest(pack, manifest_key(lab.vault))
    assert table_pack.manifest.cases == {"public": 12, "feedback": 12, "confirm": 12}
    event = AuditEntry.objects.get(action="problem.brought_in")
    assert event.details["root"] == table_pack.root
    assert event.reason == REASON


def test_the_public_zip_holds_nothing_sealed(lab: Lab) -> None:
    kept = lab.bring_in(picture_folder(lab.home / "pack"))
    whole = read_pack(lab.home / "pack")
    public = read_pack(lab.blobs.get(kept.public_sha256), whole=False)
    assert {case.part for case in public.cases.values()} == {Part.PUBLIC}
    assert set(public.truth) == set(public.cases)
    for case_id, case in public.cases.items():
        assert public.hashes[case_id] == whole.hashes[case_id]
        assert public.truth[case_id] == whole.truth[case_id]
        assert case == whole.cases[case_id]
    assert public_query_ids(kept, lab.blobs) == ("q000", "q003", "q006")
    cases = list(public_cases(kept, lab.blobs))
    assert [case.case_id for case, _ in cases] == sorted(public.cases)
    labels = public_labels(kept, lab.blobs)
    assert labels["r-red"].truth == ("red",)
    assert labels["r-red"].case.role is CaseRole.REGISTER
    assert labels["q000"].practice == "red"


def test_a_table_with_groups_comes_back_from_its_zip(lab: Lab) -> None:
    group = '\n[[groups]]\ncolumn = "origin"\ntitle = { ko = "원산지", en = "Origin" }\nmargin = 0.1\n'
    kept = lab.bring_in(table_folder(lab.home / "pack", groups=group))
    public = read_pack(lab.blobs.get(kept.public_sha256), whole=False)
    assert public.cases["t003"].groups == {"origin": "KR"}
    assert public.cases["t003"].inputs == ("3.5", "KR")


def test_sealed_parts_open_for_a_registered_run_and_each_opening_is_noted(lab: Lab, table_pack: ProblemPack) -> None:
    locked = lab.lock(table_pack)
    whole = read_pack(lab.home / "pack")
    assert code_of(lambda: list(opened_cases(locked, Part.CONFIRM, lab.run(), vault=lab.vault))) == "vault.no_grant"
    lab.let_runner()
    run = lab.run()
    cases = list(opened_cases(locked, Part.CONFIRM, run, vault=lab.vault))
    assert [case.case_id for case, _ in cases] == list(sealed_ids(locked, Part.CONFIRM))
    assert {case.case_id for case, _ in cases} == {one.case_id for one in whole.queries(Part.CONFIRM)}
    for case, data in cases:
        assert data == whole.input_bytes(whole.cases[case.case_id])
    labels = opened_labels(locked, Part.CONFIRM, run, vault=lab.vault)
    assert set(labels) == {case.case_id for case, _ in cases}
    for case_id, label in labels.items():
        assert label.truth == whole.truth[case_id]
        assert label.practice == whole.practice[case_id]
        assert label.case.cluster == whole.cases[case_id].cluster
    uses = Use.objects.filter(run_id=str(run.id))
    assert uses.count() == 2
    assert {use.model_sha256 for use in uses} == {"a" * 64}


def test_a_run_that_goes_on_opens_only_what_is_left(lab: Lab, table_pack: ProblemPack) -> None:
    locked = lab.lock(table_pack)
    lab.let_runner()
    ids = sealed_ids(locked, Part.FEEDBACK)
    left = opened_cases(locked, Part.FEEDBACK, lab.run(), vault=lab.vault, without=frozenset(ids[:-1]))
    assert [case.case_id for case, _ in left] == [ids[-1]]
    before = Use.objects.count()
    assert not list(opened_cases(locked, Part.FEEDBACK, lab.run(), vault=lab.vault, without=frozenset(ids)))
    assert Use.objects.count() == before


def test_the_seal_stays_closed_without_a_registration(lab: Lab, table_pack: ProblemPack) -> None:
    lab.let_runner()
    unsaved = LockedRegistration(pack=table_pack)
    object.__setattr__(unsaved, "pk", None)
    call = lambda: list(opened_cases(unsaved, Part.CONFIRM, lab.run(), vault=lab.vault))  # noqa: E731
    assert code_of(call) == "registration.missing"
    locked = lab.lock(table_pack)
    public = lambda: sealed_ids(locked, Part.PUBLIC)  # noqa: E731
    assert code_of(public) == "registration.missing"


def test_no_sealed_byte_lies_in_clear(lab: Lab, table_pack: ProblemPack) -> None:
    whole = read_pack(lab.home / "pack")
    sealed = [whole.input_bytes(one) for part in (Part.FEEDBACK, Part.CONFIRM) for one in whole.queries(part)]
    for file in lab.home.rglob("*"):
        if file.is_file() and (lab.home / "pack") not in file.parents:
            data = file.read_bytes()
            assert not any(one in data for one in sealed), file
    assert SealedPart.objects.filter(pack=table_pack).count() == 4
    for part in SealedPart.objects.filter(pack=table_pack):
        assert (part.kind == "inputs") == part.object.name.endswith("inputs-0000.zip")


def test_a_version_comes_in_once(lab: Lab, table_pack: ProblemPack) -> None:
    assert code_of(lab.bring_in, folder=lab.home / "pack") == "pack.version_taken"
    replace(lab.home / "pack", "problem.toml", "planned_n = 10", "planned_n = 12\nversion = 2")
    assert lab.bring_in(lab.home / "pack").version == 2
    assert table_pack.version == 1


def test_an_interrupted_import_is_done_again_and_keeps_things_once(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = table_folder(lab.home / "pack", each=12)

    def fall(_: bytes) -> str:
        raise OSError

    monkeypatch.setattr(lab.blobs, "put", fall)
    with pytest.raises(OSError):  # noqa: PT011
        lab.bring_in(folder)
    assert not ProblemPack.objects.exists()
    monkeypatch.undo()
    kept = lab.bring_in(folder)
    assert {part.object.version for part in kept.sealed_parts.all()} == {1}
    assert VaultObject.objects.filter(deposit=lab.deposit).count() == 4


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FIELD_OWNER}, key=lambda one: one.value))
def test_only_a_field_owner_brings_problems_in(lab: Lab, role: Role) -> None:
    folder = table_folder(lab.home / "pack")
    lab.account, real = lambda _role, _name="": real(role, "somebody"), lab.account
    assert code_of(lab.bring_in, folder=folder) == "pack.not_allowed"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EVALUATOR}, key=lambda one: one.value))
def test_only_an_evaluator_locks(lab: Lab, table_pack: ProblemPack, role: Role) -> None:
    actor = lab.account(role, "somebody")
    found = code_of(register_protocol, pack=table_pack, actor=actor, reason=REASON, site="Site", now=NOON)
    assert found == "registration.not_allowed"


def test_nobody_locks_their_own_problem_even_with_both_roles(lab: Lab) -> None:
    both = lab.account(Role.EVALUATOR, "both")
    pack = lab.bring_in(table_folder(lab.home / "pack", each=12), "both")
    assert both.pk == pack.owner_id
    assert code_of(lab.lock, pack=pack, name="both") == "registration.same_person"
    assert lab.lock(pack).registered_by.get_username() == "evaluator"


def test_a_registration_is_made_once_and_never_changes(lab: Lab, table_pack: ProblemPack) -> None:
    locked = lab.lock(table_pack)
    assert locked.registration.sha256 == locked.sha256
    assert locked.registration.problem == table_pack.problem
    assert AuditEntry.objects.get(action="protocol.locked").details["sha256"] == locked.sha256
    assert code_of(lab.lock, pack=ProblemPack.objects.get(), name="another") == "registration.locked"
    locked.reason = "another reason"
    for change in (locked.save, locked.delete, table_pack.delete):
        with pytest.raises(PandokError, match="History"):
            change()


def test_the_same_sealed_data_are_not_locked_twice(lab: Lab, table_pack: ProblemPack) -> None:
    lab.lock(table_pack)
    replace(lab.home / "pack", "problem.toml", "planned_n = 10", "planned_n = 11\nversion = 2")
    assert code_of(lab.lock, pack=lab.bring_in(lab.home / "pack")) == "registration.seen"


def test_a_confirm_set_below_the_plan_is_not_locked(lab: Lab) -> None:
    folder = table_folder(lab.home / "pack", each=12)
    replace(folder, "problem.toml", "planned_n = 10", "planned_n = 13")
    assert code_of(lab.lock, pack=lab.bring_in(folder)) == "registration.too_small"


def test_a_deposit_of_another_project_is_refused(lab: Lab, tmp_path: Path) -> None:
    lab.deposit.projects.clear()
    assert code_of(lab.bring_in, folder=table_folder(tmp_path / "other")) == "pack.deposit"
