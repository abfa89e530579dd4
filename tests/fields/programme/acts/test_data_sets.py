"""Data sets: entered, looked through from what was sent or lies in the vault, published by another person."""

from __future__ import annotations

import errno
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pandok.common.models import AuditEntry, Job
from pandok.core.canonical import digest
from pandok.core.errors import PandokError, RequestError, StoreError
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.fields.lab.acts.vault.depositing import deposit_files, make_deposit, start_project
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.uploads import named
from pandok.fields.lab.models import Use
from pandok.fields.programme.acts.agreements.milestones import reach_milestone, set_milestone
from pandok.fields.programme.acts.data_sets import held_uploads
from pandok.fields.programme.acts.data_sets.data_set_moves import CYCLE
from pandok.fields.programme.acts.data_sets.keeping import DataSetSaid, new_version, plan_from, reword_data_set
from pandok.fields.programme.acts.data_sets.publishing import make_private, offer_data_set, publish_data_set
from pandok.fields.programme.acts.data_sets.quality_job import look_through
from pandok.fields.programme.acts.data_sets.quality_runs import (
    RunAsked,
    look_through_deposit,
    look_through_upload,
)
from pandok.fields.programme.acts.data_sets.reports import plan_met
from pandok.fields.programme.lists.data_sets import report_now, runs_shown, vault_use
from pandok.fields.programme.models import DataSet, QualityReport, QualityRun
from tests.chosen import Choose
from tests.fields.programme.data_dam import (
    CLEAN,
    DATA_SET,
    FAULTY,
    HIDDEN_VALUES,
    PLAN,
    PLAN_JSON,
    entered,
    packed,
    published,
    table,
)
from tests.fields.programme.office import NOON, WHY, person, signed
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, choose: Choose) -> Path:
    choose(home=tmp_path)
    return tmp_path


def sent(found: DataSet, data: bytes, name: str = "t.csv", **other: Any) -> QualityRun:
    asked = {"table": "", "most_bytes": 2_000_000, "actor": person(Role.PROGRAMME_OFFICE), "now": NOON} | other
    return look_through_upload(found.pk, filename=name, data=data, **asked)


def worked(run: QualityRun) -> QualityRun:
    look_through(RunAsked(run=run.pk), SimpleNamespace(now=NOON))  # type: ignore[arg-type]
    run.refresh_from_db()
    return run


def refused(code: str, act: Any, *args: Any, **asked: Any) -> None:
    with pytest.raises(PandokError) as error:
        act(*args, **asked)
    assert error.value.error_code == code


def test_what_was_sent_is_reported_and_erased_and_the_report_stays_as_it_is(own_home: Path) -> None:
    found = entered()
    assert (found.number, found.state) == ("2026-DS-000001", "private")
    run = sent(found, FAULTY)
    assert [one.name for one in (own_home / "data-dam").iterdir()] == [f"{run.pk}.zip"]
    refused("data_set.runs_already", sent, found, CLEAN)
    assert Job.objects.filter(kind="data_set.quality").count() == 1
    report = worked(run).report
    assert report
    assert list((own_home / "data-dam").iterdir()) == []
    assert not report.meets
    assert report.sha256 == digest(report.quality)
    told = json.dumps(report.quality, ensure_ascii=False)
    assert not [one for one in HIDDEN_VALUES if one in told]
    assert report.quality["syntactic"]["faulty"] == 3
    assert report.quality["semantic"]["read_twice"] == 21
    with pytest.raises(StoreError):
        report.save()
    assert worked(run).report == report
    assert QualityReport.objects.count() == 1
    better = worked(sent(found, CLEAN)).report
    assert better
    assert better.meets
    assert (report_now(found), plan_met(found.number)) == (better, True)
    assert AuditEntry.objects.filter(action="data-set.reported", object=f"data-set:{found.pk}").count() == 2


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.csv", b"", "vault.empty"),
        ("t.zip", b"PK\x03\x04 no zip", "vault.zip_form"),
        ("t.zip", packed({"../../etc/passwd.csv": CLEAN}), "vault.name"),
        ("t.zip", packed({"a.csv": CLEAN, "A.CSV": CLEAN}), "vault.zip_twins"),
        ("t.zip", packed({"a.csv": b"0" * 3_000_000}), "vault.zip_bomb"),
        ("t.zip", packed({"a.csv": CLEAN, "b.csv": CLEAN}), "data_set.no_table"),
        ("t.zip", packed({"a.txt": CLEAN}), "data_set.no_table"),
        ("t.csv", b"x" * 2_000_001, "vault.too_large"),
    ],
)
def test_hostile_files_are_refused_and_leave_nothing(own_home: Path, name: str, data: bytes, code: str) -> None:
    found = entered()
    refused(code, sent, found, data, name)
    assert not list(own_home.glob("data-dam/*"))
    assert not QualityRun.objects.exists()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x00\x00", b'"unclosed\n1,2\n"', b"\x00" * 400, b"\n\n\n"])
def test_what_is_no_table_ends_the_run_in_words(own_home: Path, data: bytes) -> None:
    run = worked(sent(entered(), data))
    assert run.finished_at
    assert run.failed.get("what") or run.report
    assert not list(own_home.glob("data-dam/*"))


def test_a_zip_with_pictures_tells_how_far_it_is_and_finds_leaks() -> None:
    plan = PLAN | {
        "columns": [{"name": "path", "holds": "file"}, {"name": "split"}],
        "label": "",
        "second_label": "",
        "counts": {},
        "targets": [],
    }
    found = entered()
    new_version(found.pk, plan_from(json.dumps(plan)), note=WHY, actor=person(Role.PROGRAMME_OFFICE), now=NOON)
    rows = "path,split\n" + "".join(f"{n}.bin,{'test' if n % 2 else 'train'}\n" for n in range(24))
    files = {f"{n}.bin": b"same" if n < 2 else bytes([n]) * 9 for n in range(23)} | {"t.csv": rows.encode()}
    run = worked(sent(found, packed(files), "t.zip"))
    assert (run.done, run.total) == (23, 23)
    assert run.report
    assert (run.report.quality["repeats"]["across_splits"], run.report.meets) == (1, False)
    assert run.report.version.version == 2
    assert [one["fault"] for one in run.report.quality["syntactic"]["faults"]] == ["file_missing"]


def test_a_full_disk_keeps_nothing_and_says_so(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_more: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    found = entered()
    with monkeypatch.context() as patched:
        patched.setattr(held_uploads, "written_durably", full)
        refused("store.full", sent, found, CLEAN)
    assert not QualityRun.objects.exists()
    assert worked(sent(found, CLEAN)).report
    assert not list(own_home.glob("data-dam/*"))


def test_a_plan_that_cannot_be_and_words_that_are_lacking_are_refused() -> None:
    for plan in ("", "{", "[]", '{"name": "x"}', json.dumps(PLAN | {"surplus": 1}), "[" * 100_000, " " * 200_001):
        refused("data_set.bad_plan", plan_from, plan)
    refused("data_set.words", entered, title=" ")
    refused("data_set.words", entered, region="moon")
    refused("data_set.no_agreement", entered, agreement="2026-AG-999999")
    refused("data_set.no_deposit", entered, deposit="x")
    found, office = entered(), person(Role.PROGRAMME_OFFICE)
    reword_data_set(found.pk, DataSetSaid(**DATA_SET | {"title": "다른 이름"}), reason=WHY, actor=office, now=NOON)
    found.refresh_from_db()
    assert found.title == "다른 이름"


def test_another_person_publishes_and_what_was_published_can_be_taken_back() -> None:
    found, office, manager = entered(), person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    both = person(Role.PROGRAMME_MANAGER, "keeps and publishes")
    with pytest.raises(RequestError):
        publish_data_set(found.pk, reason=WHY, actor=manager, now=NOON)
    offer_data_set(found.pk, reason=WHY, actor=both, now=NOON)
    refused("data_set.own", publish_data_set, found.pk, reason=WHY, actor=both, now=NOON)
    refused("data_set.own", publish_data_set, found.pk, reason=WHY, actor=office, now=NOON)
    publish_data_set(found.pk, reason=WHY, actor=manager, now=NOON)
    make_private(found.pk, reason=WHY, actor=office, now=NOON)
    found.refresh_from_db()
    assert (found.state, found.offered_by_id) == ("private", None)
    assert [one.to_state for one in found.events.all()] == ["private", "offered", "published", "private"]
    assert CYCLE.name == "data-set"


def test_a_deposit_is_looked_through_by_a_steward_alone_and_its_uses_are_counted(own_home: Path) -> None:
    steward = person(Role.DATA_STEWARD)
    vault = site_vault(own_home, clock=lambda: NOON)
    project = start_project(name="floods", purpose="To warn in time", actor=steward, now=NOON)
    terms = DepositTerms(
        name="levels", owner="Buk-gu", legal_basis="agreement 2026-11", purpose="To warn in time",
        licence="not to be passed on", expires_at=NOON + timedelta(days=300),
    )  # fmt: skip
    deposit = make_deposit(terms=terms, projects=[project], actor=steward, now=NOON, vault=vault)
    deposit_files(deposit=deposit, files=[named("t.csv", CLEAN)], actor=steward, vault=vault)
    found = entered(deposit=str(deposit.pk))
    asked: dict[str, Any] = {"table": "", "now": NOON}
    refused("data_set.no_steward", look_through_deposit, found.pk, actor=person(Role.PROGRAMME_OFFICE), **asked)
    refused("data_set.no_deposit", look_through_deposit, entered().pk, actor=steward, **asked)
    refused("data_set.no_table", look_through_deposit, found.pk, actor=steward, table="no.csv", now=NOON)
    run = worked(look_through_deposit(found.pk, actor=steward, **asked))
    assert run.report, run.failed
    assert (run.report.meets, run.report.source) == (True, "vault")
    assert [one.purpose for one in Use.objects.all()] == [f"quality of {found.number}"]
    use = vault_use(found, NOON)
    assert use
    assert (use.files, use.grants_now, use.uses) == (1, 0, 0)
    assert not list(own_home.glob("data-dam/*"))


def test_a_milestone_on_a_data_set_is_reached_only_by_a_report_that_meets_its_plan() -> None:
    agreement, found, office = signed(), entered(), person(Role.PROGRAMME_OFFICE)
    asked: dict[str, Any] = {"actor": office, "now": NOON}
    refused("data_set.not_there", set_milestone, agreement.pk, title="자료", due_on="2026-08-01", data_set="X", **asked)
    one = set_milestone(agreement.pk, title="자료 인도", due_on="2026-08-01", data_set=found.number, **asked)
    refused("data_set.plan_unmet", reach_milestone, agreement.pk, one.pk, evidence="메일", **asked)
    worked(sent(found, FAULTY))
    refused("data_set.plan_unmet", reach_milestone, agreement.pk, one.pk, evidence="메일", **asked)
    worked(sent(found, CLEAN))
    assert reach_milestone(agreement.pk, one.pk, evidence="품질 보고서", **asked).done_at
    new_version(found.pk, plan_from(PLAN_JSON), note=WHY, **asked)
    assert not plan_met(found.number)


def test_what_failed_is_shown_until_a_report_is_there() -> None:
    found = entered()
    run = worked(sent(found, b"\xff\xfe\x00\x00\x00"))
    if run.report is None:
        assert [one.pk for one in runs_shown(found)] == [run.pk]
    look_through(RunAsked(run=run.pk), SimpleNamespace(now=NOON))  # type: ignore[arg-type]
    worked(sent(found, table(), now=NOON + timedelta(hours=1)))
    assert published().state == "published"
