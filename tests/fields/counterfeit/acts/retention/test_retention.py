"""Deletion by term: what may go, two persons, holds, files in use elsewhere, interruptions, certificates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from pandok.common import files_in_use
from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.core.canonical import canonical
from pandok.core.errors import RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.lists.files import FILE_COLUMNS as OF_ACADEMY
from pandok.fields.counterfeit.acts.cases.deciding import close_case, say_nothing_close
from pandok.fields.counterfeit.acts.retention import deleting
from pandok.fields.counterfeit.acts.retention.certificate import erased_by
from pandok.fields.counterfeit.acts.retention.certificate_pdf import certificate_pdf
from pandok.fields.counterfeit.acts.retention.deleting import (
    carry_out,
    confirm_deletion,
    propose_deletion,
    unfinished,
    withdraw_deletion,
)
from pandok.fields.counterfeit.acts.retention.due_files import due_files
from pandok.fields.counterfeit.acts.retention.holds import lift_hold, place_hold
from pandok.fields.counterfeit.acts.retention.owners import KNOWN_COLUMNS
from pandok.fields.counterfeit.acts.retention.policy import current_policy, policies
from pandok.fields.counterfeit.models import Case, CaseDocument, Deletion, ErasedFile, IdentificationGuide
from pandok.fields.designs.models import ReadingMarks, ReadingRecord
from pandok.fields.lab.acts.files_in_use import FILE_COLUMNS, NO_FILES
from pandok.fields.programme.acts.files_in_use import FILE_COLUMNS as OF_PROGRAMME
from pandok.fields.register.models import View
from pandok.fields.xray.lists.files import FILE_COLUMNS as OF_SCANS
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db
POLICY = current_policy(NOON.date())
LATER = NOON + timedelta(days=400)
"""A case that was closed at NOON without a finding is over its term; one with a finding is not."""
WHY = "보존기간 경과"


class Store:
    def __init__(self, world: World, folder: Path):
        self.world, self.blobs, self.made = world, FolderBlobs(folder), 0
        self.first = world.account(Role.ADMINISTRATOR, "first")
        self.second = world.account(Role.ADMINISTRATOR, "second")

    def file(self) -> str:
        self.made += 1
        return self.blobs.put(b"photograph %d" % self.made)

    def closed(self, sha256: str = "", closed_at: datetime = NOON) -> tuple[Case, str]:
        case = self.world.case()
        sha256 = sha256 or self.file()
        case.signal.photographs.update(sha256=sha256)
        case = say_nothing_close(case=case, actor=self.world.officer, reason="없음", now=NOON)
        return close_case(case=case, actor=self.world.officer, reason="통관하기로 함", now=closed_at), sha256

    def due(self, now: datetime = LATER) -> list[str]:
        return [one.sha256 for one in due_files(policy=POLICY, now=now, blobs=self.blobs).files]

    def propose(self, now: datetime = LATER) -> Deletion:
        return propose_deletion(actor=self.first, reason=WHY, now=now, policy=POLICY, blobs=self.blobs)

    def confirm(self, deletion: Deletion, by: Account | None = None) -> Deletion:
        return confirm_deletion(deletion=deletion, actor=by or self.second, reason=WHY, now=LATER, policy=POLICY)

    def carry_out(self, deletion: Deletion) -> Deletion:
        return carry_out(deletion.id, policy=POLICY, blobs=self.blobs, clock=lambda: LATER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield Store(build_world(), tmp_path / "blobs")
    assert audit.verify() is None


def test_a_file_goes_with_certificate_tombstone_and_events(store: Store) -> None:
    case, sha256 = store.closed()
    deletion = store.propose()
    assert deletion.certificate["state"] == "planned"
    assert sha256 in store.blobs
    done = store.carry_out(store.confirm(deletion))
    assert sha256 not in store.blobs
    assert (done.state, done.number) == ("done", "2027-D-000001")
    assert erased_by(sha256) == done
    file = done.certificate["files"][0]
    assert (file["sha256"], file["belongs_to"], file["outcome"]) == (sha256, [case.number], "erased")
    assert (done.certificate["planned"]["by"], done.certificate["confirmed"]["by"]) == ("first", "second")
    assert hashlib.sha256(canonical(done.certificate)).hexdigest() == done.certificate_sha256
    event = AuditEntry.objects.get(action="deletion.done")
    assert event.details["certificate_sha256"] == done.certificate_sha256
    head = AuditEntry.objects.get(sequence=done.certificate["audit_before"]["sequence"])
    assert head.hash == done.certificate["audit_before"]["hash"]
    assert AuditEntry.objects.get(action="file.erased").object == f"picture:{sha256}"
    assert ReadingRecord.objects.filter(signal=case.signal).exists()
    assert store.due() == []


def test_the_file_that_was_sent_goes_with_the_picture_that_is_shown(store: Store) -> None:
    case, shown = store.closed()
    original = store.file()
    case.signal.photographs.update(original_sha256=original)
    assert store.due(NOON + timedelta(days=364)) == []
    assert set(store.due()) == {shown, original}
    ReadingRecord.objects.filter(signal=case.signal).update(
        value=case.reading.value | {"marks": {"words": [{"text": "a name", "box": None}], "codes": []}}
    )
    done = store.carry_out(store.confirm(store.propose()))
    assert {file["outcome"] for file in done.certificate["files"]} == {"erased"}
    assert original not in store.blobs
    assert not ReadingRecord.objects.get(signal=case.signal).value["marks"]["words"]
    assert store.due() == []


def test_an_original_that_another_open_case_uses_stays(store: Store) -> None:
    case, _ = store.closed()
    original = store.file()
    case.signal.photographs.update(original_sha256=original)
    store.world.case().signal.photographs.update(original_sha256=original)
    assert original not in store.due()


def test_nothing_goes_before_its_term(store: Store) -> None:
    _, sha256 = store.closed()
    store.world.case()
    assert store.due(NOON + timedelta(days=364)) == []
    assert store.due(NOON + timedelta(days=365)) == [sha256]
    with pytest.raises(RequestError, match="no file"):
        store.propose(NOON)


def test_a_finding_and_an_open_case_keep_longer(store: Store) -> None:
    case, sha256 = store.closed()
    Case.objects.filter(id=case.id).update(finding="infringes")
    assert store.due() == []
    assert store.due(NOON + timedelta(days=5 * 366)) == [sha256]
    Case.objects.filter(id=case.id).update(closed_at=None)
    assert store.due(NOON + timedelta(days=20 * 366)) == []


def test_a_reading_without_case_keeps_its_photographs_for_90_days(store: Store) -> None:
    record = store.world.reading()
    sha256 = store.file()
    record.signal.photographs.update(sha256=sha256)
    assert store.due(NOON + timedelta(days=89)) == []
    assert store.due(NOON + timedelta(days=90)) == [sha256]


def test_who_may_not_and_the_same_person_twice(store: Store) -> None:
    store.closed()
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(RequestError, match="may not"):
            propose_deletion(actor=store.world.account(role), reason=WHY, now=LATER, policy=POLICY, blobs=store.blobs)
    deletion = store.propose()
    for role in set(Role) - {Role.ADMINISTRATOR, Role.SUPERVISOR}:
        with pytest.raises(RequestError, match="may not"):
            store.confirm(deletion, store.world.account(role))
    with pytest.raises(RequestError, match="cannot confirm"):
        store.confirm(deletion, store.first)
    with pytest.raises(RequestError, match="stage"):
        store.carry_out(deletion)
    assert store.confirm(deletion, store.world.account(Role.SUPERVISOR)).state == "confirmed"


def test_a_plan_may_be_withdrawn_and_its_files_proposed_again(store: Store) -> None:
    _, sha256 = store.closed()
    deletion = store.propose()
    assert store.due() == []
    withdraw_deletion(deletion=deletion, actor=store.first, reason="다시 검토", now=LATER)
    assert store.due() == [sha256]
    with pytest.raises(RequestError, match="stage"):
        store.confirm(deletion)
    assert sha256 in store.blobs


def test_a_hold_stops_deletion_also_after_the_plan(store: Store) -> None:
    case, sha256 = store.closed()
    _, free = store.closed()
    deletion = store.confirm(store.propose())
    hold = place_hold(case=case, actor=store.first, reason="소송 진행 중", now=LATER)
    done = store.carry_out(deletion)
    assert sha256 in store.blobs
    assert free not in store.blobs
    assert {one["sha256"]: one["outcome"] for one in done.certificate["files"]} == {sha256: "held", free: "erased"}
    assert due_files(policy=POLICY, now=LATER, blobs=store.blobs).held == 1
    lift_hold(hold=hold, actor=store.first, reason="소송 종결", now=LATER)
    assert store.due() == [sha256]
    with pytest.raises(RequestError, match="lifted"):
        lift_hold(hold=hold, actor=store.first, reason="소송 종결", now=LATER)


def test_a_file_of_two_cases_goes_with_the_last_of_them(store: Store) -> None:
    _, sha256 = store.closed()
    store.closed(sha256, closed_at=NOON + timedelta(days=100))
    found = due_files(policy=POLICY, now=LATER, blobs=store.blobs)
    assert (found.files, found.shared) == ((), 1)
    assert store.due(LATER + timedelta(days=100)) == [sha256]


@pytest.mark.parametrize("use", ["view", "guide", "document", "open case"])
def test_a_file_that_something_else_uses_stays(store: Store, use: str) -> None:
    case, sha256 = store.closed()
    deletion = store.confirm(store.propose())
    uses: dict[str, Any] = {
        "view": lambda: View.objects.create(
            design=store.world.design, name="f", sha256=sha256, width=1, height=1, added_at=NOON
        ),
        "guide": lambda: IdentificationGuide.objects.create(
            party=store.world.holder, title="t", text="", pictures=[sha256], written_by=store.first, written_at=NOON
        ),
        "document": lambda: CaseDocument.objects.create(
            case=case,
            kind="other",
            filename="a",
            media_type="image/jpeg",
            size_bytes=1,
            sha256=sha256,
            uploaded_by=store.first,
            uploaded_at=NOON,
        ),
        "open case": lambda: store.world.case().signal.photographs.update(sha256=sha256),
    }
    uses[use]()
    done = store.carry_out(deletion)
    assert sha256 in store.blobs
    assert done.certificate["files"][0]["outcome"] == "needed"
    assert not ErasedFile.objects.exists()


def test_an_interrupted_deletion_goes_on_and_is_told_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = [store.closed()[1] for _ in range(3)]
    deletion = store.confirm(store.propose())
    real, calls = FolderBlobs.remove, []

    def crash_after_the_file_is_gone(blobs: FolderBlobs, sha256: str) -> bool:
        calls.append(sha256)
        real(blobs, sha256)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(FolderBlobs, "remove", crash_after_the_file_is_gone)
    with pytest.raises(KeyboardInterrupt):
        store.carry_out(deletion)
    assert unfinished() == [deletion.id]
    assert ErasedFile.objects.count() == 1
    done = store.carry_out(deletion)
    again = store.carry_out(deletion)
    assert again.certificate_sha256 == done.certificate_sha256
    assert not any(sha256 in store.blobs for sha256 in hashes)
    assert {one["outcome"] for one in done.certificate["files"]} == {"erased"}
    assert sorted(ErasedFile.objects.values_list("sha256", flat=True)) == sorted(hashes)
    assert AuditEntry.objects.filter(action="file.erased").count() == 3
    assert AuditEntry.objects.filter(action="deletion.done").count() == 1
    assert unfinished() == []


def test_the_same_bytes_may_come_again_and_go_again(store: Store) -> None:
    _, sha256 = store.closed()
    store.carry_out(store.confirm(store.propose()))
    store.blobs.put(b"photograph 1")
    case = store.world.case(now=LATER + timedelta(days=1))
    case.signal.photographs.update(sha256=sha256)
    assert store.due(LATER + timedelta(days=2)) == []
    case = say_nothing_close(case=case, actor=store.world.officer, reason="없음", now=LATER)
    close_case(case=case, actor=store.world.officer, reason="통관하기로 함", now=LATER + timedelta(days=2))
    assert store.due(LATER + timedelta(days=400)) == [sha256]


def test_a_plan_has_a_bound(store: Store) -> None:
    for _ in range(3):
        store.closed()
    found = due_files(policy=POLICY, now=LATER, blobs=store.blobs, limit=2)
    assert (len(found.files), found.more) == (2, True)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_certificate_is_drawn(store: Store, language: str) -> None:
    store.closed()
    done = store.carry_out(store.confirm(store.propose()))
    first, second = (certificate_pdf(done.certificate, done.certificate_sha256, language) for _ in range(2))
    assert first.startswith(b"%PDF")
    assert first == second


def test_the_shipped_periods_invent_no_law(store: Store) -> None:  # noqa: ARG001
    for policy in policies():
        for period in policy.periods:
            assert period.checked_by or "to be confirmed by the agency" in period.source


def test_a_file_that_another_field_names_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes came as a scan, too."""
    _, sha256 = store.closed()
    deletion = store.confirm(store.propose())
    monkeypatch.setattr(files_in_use, "OF_FIELDS", [("xray", lambda hashes: hashes & {sha256})])
    done = store.carry_out(deletion)
    assert sha256 in store.blobs
    assert [one["outcome"] for one in done.certificate["files"]] == ["needed"]
    assert store.due() == []


def test_every_column_that_names_a_file_is_known(store: Store) -> None:  # noqa: ARG001
    """A new table with files must be entered in `owners.py`, or its files could be deleted under it."""
    no_files = {
        "common.Delivery.body_sha256",
        "counterfeit.Deletion.certificate_sha256",
        "counterfeit.DeletionItem.sha256",
        "counterfeit.ErasedFile.sha256",
        "common.Invitation.token_sha256",
        "counterfeit.NoticeLink.token_sha256",
        "street.MapBoundaries.sha256",
        "street.RegisteredReplay.sha256",
        "street.Replay.sha256",
        "street.Trial.sha256",
        "xray.ScanDeletion.certificate_sha256",
        "common.ApiToken.sha256",
        "common.ApiCall.request_sha256",
        "xray.Scan.sha256",
        "street.HistoryFile.sha256",
        "street.Pole.password_sha256",
        "academy.ArticleScan.sha256",
        "academy.TrainingMinutes.answers_sha256",
        "programme.AgreementVersion.sha256",
        "programme.DataSetVersion.plan_sha256",
        "programme.QualityReport.files_sha256",
        "programme.QualityReport.sha256",
        "programme.QualityReport.table_sha256",
        "programme.Measurement.sha256",
        "programme.Call.sha256",
        "programme.Challenge.sha256",
        "programme.ChallengeJoinWord.word_sha256",
        "programme.TrialCertificate.sha256",
        "programme.CallApplication.sha256",
        "programme.ApplicationReview.sha256",
        "programme.Selection.sha256",
    }
    named = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if "sha256" in field.name
    }
    assert named - no_files - NO_FILES == KNOWN_COLUMNS | FILE_COLUMNS | OF_PROGRAMME | OF_SCANS | OF_ACADEMY
    assert deleting.unfinished() == []


def test_what_was_read_from_a_photograph_goes_with_it(store: Store) -> None:
    case, sha256 = store.closed()
    other, _ = store.closed(closed_at=LATER)
    word = {"text": "홍길동", "confidence": 0.9, "box": {"x1": 0, "y1": 0, "x2": 9, "y2": 9}}
    for one in (case, other):
        value = one.reading.value | {"marks": {"words": [word], "codes": [], "unavailable": [], "looked_for": True}}
        ReadingRecord.objects.filter(pk=one.reading_id).update(value=value)
        ReadingMarks.objects.create(reading_id=one.reading_id, value={"words": [word], "codes": []}, read_at=NOON)
    before = ReadingRecord.objects.get(pk=case.reading_id).reading
    plan = propose_deletion(actor=store.first, reason=WHY, now=LATER, policy=POLICY, blobs=store.blobs)
    confirm_deletion(deletion=plan, actor=store.second, reason=WHY, now=LATER, policy=POLICY)
    carry_out(plan.id, policy=POLICY, blobs=store.blobs, clock=lambda: LATER)
    after = ReadingRecord.objects.get(pk=case.reading_id)
    assert (after.marks.words, after.marks.looked_for) == ((), True)
    assert after.reading.candidates == before.candidates
    assert [row.reading_id for row in ReadingMarks.objects.all()] == [other.reading_id]
    assert ReadingRecord.objects.get(pk=other.reading_id).marks.words
    entry = AuditEntry.objects.get(action="file.erased", object=f"picture:{sha256}")
    assert entry.details["readings_emptied"] == 2
