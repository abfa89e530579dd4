"""Pages of the vault: deposit, upload in memory, grant, question, deletion by two persons."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.common.models import Job
from pandok.core.lab.personal_data import Found, PersonalDataReport, PersonalKind, Sureness, Treatment
from pandok.fields.lab.acts.vault.masked_copies import mask_deposit
from pandok.fields.lab.models import Deposit, Grant, VaultDeletion, VaultObject
from pandok.settings import settings
from tests.fields.lab.acts.vault.test_masked_copies import FINDERS, TABLE
from tests.fields.lab.web.vault_samples import (
    CONTENT,
    make_deposit_of_another,
    make_held_document,
    make_vault_deletion,
    vault,
)
from tests.roles import Role
from tests.world import Site

MARKER = b"MARKER-upload-"
TERMS = {
    "name": "July parcels",
    "owner": "Customs house 7",
    "legal_basis": "agreement 2026-11",
    "purpose": "To compare readers",
    "licence": "not to be passed on",
    "new_project": "marks",
    "expires_on": (timezone.now() + timedelta(days=90)).date().isoformat(),
    "keep_keys_days": "30",
}


def zipped(**members: bytes) -> SimpleUploadedFile:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return SimpleUploadedFile("in.zip", target.getvalue())


@pytest.fixture
def steward(site: Site) -> Client:
    return site.client(Role.DATA_STEWARD)


@pytest.fixture
def deposit(site: Site) -> Deposit:
    return make_deposit_of_another(site)


def test_a_deposit_is_made_filled_and_shown(site: Site, steward: Client) -> None:
    answer = steward.post("/lab/vault/new/", TERMS)
    made = Deposit.objects.get()
    assert answer["Location"] == f"/lab/vault/{made.pk}/"
    assert [one.name for one in made.projects.all()] == ["marks"]
    sent = steward.post(f"/lab/vault/{made.pk}/files/", {"upload": zipped(a__csv=b"id\n1\n", b__bin=MARKER)})
    assert sent.status_code == 302
    assert sorted(made.contents.values_list("name", flat=True)) == ["a.csv", "b.bin"]
    assert Job.objects.filter(kind="vault.mask").count() == 1
    for role in (Role.DATA_STEWARD, Role.LAB_OPERATOR, Role.AUDITOR):
        page = site.client(role, f"second {role.value}").get(f"/lab/vault/{made.pk}/").content.decode()
        assert "July parcels" in page
        assert ('<button class="button' in page.partition('id="objects"')[2]) is (role is Role.DATA_STEWARD)


def test_the_page_counts_what_a_system_added_and_was_left_out(steward: Client) -> None:
    steward.post("/lab/vault/new/", TERMS)
    made = Deposit.objects.get()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("사진/1.bin", "__MACOSX/사진/._1.bin", "사진/.DS_Store"):
            archive.writestr(name, MARKER)
    target.seek(0)
    target.name = "mac.zip"
    page = steward.post(f"/lab/vault/{made.pk}/files/", {"upload": target}, follow=True).content.decode()
    assert "자료 1개를 봉인했습니다." in page
    assert "부산물 2개" in page
    assert list(made.contents.values_list("name", flat=True)) == ["사진/1.bin"]


def test_wrong_terms_keep_what_was_entered(steward: Client) -> None:
    answer = steward.post("/lab/vault/new/", {**TERMS, "expires_on": "2020-01-01"})
    assert (answer.status_code, Deposit.objects.count()) == (422, 0)
    assert "agreement 2026-11" in answer.content.decode()
    assert steward.post("/lab/vault/new/", {**TERMS, "new_project": ""}).status_code == 422


def test_an_upload_never_lies_on_disk_in_clear(
    site: Site, steward: Client, deposit: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Larger than what Django keeps in memory by itself."""

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    big = SimpleUploadedFile("big.bin", b"\0" + MARKER * 300_000)
    assert steward.post(f"/lab/vault/{deposit.pk}/files/", {"upload": big}).status_code == 302
    assert VaultObject.objects.get(name="big.bin").size_bytes == 1 + len(MARKER) * 300_000
    home = site.blobs.folder.parent
    assert not [path for path in home.rglob("*") if path.is_file() and MARKER in path.read_bytes()]


def test_too_large_an_upload_says_so(steward: Client, deposit: Deposit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pandok.web.in_memory_upload.most_bytes", lambda: 1000)
    answer = steward.post(f"/lab/vault/{deposit.pk}/files/", {"upload": SimpleUploadedFile("x.bin", b"x" * 5000)})
    assert answer.status_code == 422
    assert "나누어" in answer.content.decode()
    assert deposit.contents.count() == 1


def test_a_hostile_zip_leaves_nothing(steward: Client, deposit: Deposit) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("ok.txt", b"1")
        archive.writestr("../out.txt", b"2")
    sent = {"upload": SimpleUploadedFile("in.zip", target.getvalue())}
    assert steward.post(f"/lab/vault/{deposit.pk}/files/", sent).status_code == 422
    assert deposit.contents.count() == 1


def test_the_form_needs_its_token_also_with_uploads_in_memory(site: Site, deposit: Deposit) -> None:
    client = site.client(Role.DATA_STEWARD, "third", enforce_csrf_checks=True)
    sent = {"upload": SimpleUploadedFile("x.bin", b"x")}
    assert client.post(f"/lab/vault/{deposit.pk}/files/", sent).status_code == 403
    assert deposit.contents.count() == 1


def test_a_grant_is_given_and_revoked(site: Site, steward: Client, deposit: Deposit) -> None:
    site.account(Role.EVALUATOR, "kim")
    today = timezone.localdate()
    entered = {
        "project": str(deposit.projects.get().pk),
        "purpose": "To look at marks",
        "people": "kim",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=10)).isoformat(),
        "reason": "asked for in writing",
    }
    too_long = {**entered, "ends_on": (today + timedelta(days=60)).isoformat()}
    assert steward.post(f"/lab/vault/{deposit.pk}/grant/", too_long).status_code == 422
    assert "nobody-knows" in (
        steward.post(f"/lab/vault/{deposit.pk}/grant/", {**entered, "people": "nobody-knows"}).content.decode()
    )
    assert steward.post(f"/lab/vault/{deposit.pk}/grant/", entered).status_code == 302
    given = Grant.objects.get()
    assert [one.get_username() for one in given.people.all()] == ["kim"]
    assert steward.post(f"/lab/vault/grants/{given.pk}/revoke/", {"reason": ""}).status_code == 422
    assert steward.post(f"/lab/vault/grants/{given.pk}/revoke/", {"reason": "no longer needed"}).status_code == 302
    given.refresh_from_db()
    assert given.revoked_by == site.account(Role.DATA_STEWARD)


def test_the_question_is_answered_by_id_by_sha256_and_by_file(site: Site, deposit: Deposit) -> None:
    client = site.client(Role.AUDITOR)
    sha256 = deposit.contents.get().sha256
    for entered in ({"record": "26-1"}, {"record": sha256}, {"upload": SimpleUploadedFile("x", CONTENT)}):
        assert "one.bin" in client.post("/lab/vault/used/", entered).content.decode()
    assert "one.bin" not in client.post("/lab/vault/used/", {"record": "26-2"}).content.decode()


def test_without_the_key_of_the_ledger_nothing_is_answered_as_unknown(site: Site, deposit: Deposit) -> None:
    """The key was lost: the page says whose turn it is instead of "never seen here", and a deposit is refused too."""
    key = settings().home / "keys" / "ledger.key"
    elsewhere = key.rename(key.with_name("kept elsewhere"))
    auditor, steward = site.client(Role.AUDITOR), site.client(Role.DATA_STEWARD)
    asked = auditor.post("/lab/vault/used/", {"record": "26-1"})
    sent = steward.post(f"/lab/vault/{deposit.pk}/files/", {"upload": zipped(b__bin=MARKER)})
    for answer in (asked, sent):
        assert answer.status_code == 503
        assert "ledger.key" in answer.content.decode()
    assert not key.exists()
    elsewhere.rename(key)
    assert "one.bin" in auditor.post("/lab/vault/used/", {"record": "26-1"}).content.decode()


def test_deletion_takes_two_persons_and_leaves_a_certificate(site: Site, steward: Client, deposit: Deposit) -> None:
    steward.post(f"/lab/vault/{deposit.pk}/delete/", {"reason": "asked by the owner"})
    deletion = VaultDeletion.objects.get()
    address = f"/lab/vault/deletions/{deletion.pk}/"
    assert steward.post(f"{address}confirm/", {"reason": "looked through"}).status_code == 422
    assert steward.get(f"{address}certificate.pdf").status_code == 404
    operator = site.client(Role.LAB_OPERATOR)
    assert operator.post(f"{address}confirm/", {"reason": "looked through"}).status_code == 302
    assert operator.get(f"{address}certificate.pdf").content.startswith(b"%PDF")
    certificate = operator.get(f"{address}certificate.json")
    assert certificate["Content-Disposition"].startswith("attachment")
    assert len(certificate.json()["objects"]) == 1
    assert "one.bin" not in operator.get(f"/lab/vault/{deposit.pk}/").content.decode()
    asked = site.client(Role.AUDITOR).post("/lab/vault/used/", {"record": "26-1"}).content.decode()
    assert str(VaultObject.objects.get().pk) in asked


def test_withdrawn_plans_leave_everything(site: Site) -> None:
    deletion = make_vault_deletion(site)
    operator = site.client(Role.LAB_OPERATOR)
    answer = operator.post(f"/lab/vault/deletions/{deletion.pk}/withdraw/", {"reason": "not wanted"})
    assert answer.status_code == 302
    assert deletion.deposit.contents.get().sha256


def test_personal_data_are_shown_by_count_never_by_value(site: Site, deposit: Deposit) -> None:
    vault().put(deposit, "t.csv", TABLE, "raw", media_type="text/csv")
    account = site.account(Role.DATA_STEWARD, "another steward")
    mask_deposit(deposit=deposit, actor=account, vault=vault(), finders=FINDERS)
    page = site.client(Role.AUDITOR).get(f"/lab/vault/{deposit.pk}/").content.decode()
    assert "이름" in page
    assert "가명 처리" in page
    assert '<svg class="lineage"' in page
    assert "홍길동" not in page


def test_the_description_for_catalogues(site: Site, deposit: Deposit) -> None:
    answer = site.client(Role.AUDITOR).get(f"/lab/vault/{deposit.pk}/croissant.json")
    assert answer.json()["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert "MARKER" not in answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_read_in_both_languages(site: Site, deposit: Deposit, language: str) -> None:
    client = site.client(Role.DATA_STEWARD)
    client.cookies["pandok_language"] = language
    for address in ("/lab/vault/", "/lab/vault/new/", "/lab/vault/used/", f"/lab/vault/{deposit.pk}/"):
        answer = client.get(address)
        assert (answer.status_code, f'lang="{language}"' in answer.content.decode()) == (200, True)


def test_a_held_document_says_in_korean_what_was_found_where_and_is_opened_by_a_steward(site: Site) -> None:
    one = make_held_document(site)
    found = Found(
        kind=PersonalKind.PHONE,
        sureness=Sureness.FORM,
        count=2,
        treatment=Treatment.LEFT,
        columns=("page text",),
    )
    report = PersonalDataReport(looked_for=tuple(PersonalKind), found=(found,), held=True)
    VaultObject.objects.filter(pk=one.pk).update(report=report.model_dump(mode="json"))
    client = site.client(Role.DATA_STEWARD)
    page = client.get(f"/lab/vault/{one.deposit_id}/").content.decode()
    assert "전화번호 2 (본문)" in page
    address = f"/lab/vault/objects/{one.pk}/confirm/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "numbers of the office"}).status_code == 302
    assert "전화번호 2 (본문)" not in client.get(f"/lab/vault/{one.deposit_id}/").content.decode()
