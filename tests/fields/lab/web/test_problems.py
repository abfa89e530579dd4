"""Problems on their pages: brought in by a field owner without touching the disk, locked by another person."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.models import Deposit, LabProject, LockedRegistration, ProblemPack
from tests.fields.lab.acts.packs.folders import picture_folder, replace, table_folder
from tests.roles import Role
from tests.world import Site

REASON = "tested here"


def zipped(folder: Path) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return target.getvalue()


@pytest.fixture
def terms(site: Site) -> str:
    steward, now = site.account(Role.DATA_STEWARD), timezone.now()
    project = LabProject.objects.create(name="P", purpose="a test", started_by=steward, started_at=now)
    deposit = Deposit.objects.create(
        name="Deposit",
        owner="a test",
        legal_basis="a test",
        purpose="a test",
        licence="own",
        expires_at=now + timedelta(days=100),
        deposited_by=steward,
        deposited_at=now,
    )
    deposit.projects.add(project)
    return f"{deposit.pk}/{project.pk}"


def sent(client: Client, terms: str, data: bytes, **changes: Any) -> Any:
    form = {"upload": SimpleUploadedFile("pack.zip", data, "application/zip"), "terms": terms, "reason": REASON}
    return client.post("/lab/problems/new/", form | changes)


def test_a_problem_comes_in_is_locked_and_can_be_submitted_to(site: Site, terms: str, tmp_path: Path) -> None:
    data = zipped(table_folder(tmp_path / "pack", each=12))
    answer = sent(site.client(Role.FIELD_OWNER), terms, data)
    pack = ProblemPack.objects.get()
    assert answer.headers["Location"] == f"/lab/problems/{pack.pk}/"
    evaluator = site.client(Role.EVALUATOR)
    evaluator.cookies["pandok_language"] = "en"
    page = evaluator.get(f"/lab/problems/{pack.pk}/").content.decode()
    for words in ("Question", "Practice", "Reason", "Plan", pack.root, "12 cases", "area under the ROC curve"):
        assert words in page, words
    assert evaluator.post(f"/lab/problems/{pack.pk}/lock/", {"reason": ""}).status_code == 422
    assert not LockedRegistration.objects.exists()
    assert evaluator.post(f"/lab/problems/{pack.pk}/lock/", {"reason": REASON}).status_code == 302
    locked = LockedRegistration.objects.get()
    assert locked.sha256 in evaluator.get(f"/lab/problems/{pack.pk}/").content.decode()
    submitter = site.client(Role.SUBMITTER).get(f"/lab/problems/{pack.pk}/").content.decode()
    assert f"/lab/submissions/new/?problem={pack.pk}" in submitter
    assert "lock/" not in submitter


def test_the_public_part_is_handed_out_and_nothing_else(site: Site, terms: str, tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    sent(site.client(Role.FIELD_OWNER), terms, zipped(folder))
    answer = site.client(Role.SUBMITTER).get(f"/lab/problems/{ProblemPack.objects.get().pk}/public.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    public = read_pack(answer.content, whole=False)
    assert {case.part for case in public.cases.values()} == {Part.PUBLIC}


def test_faults_are_listed_with_their_lines_and_the_reason_is_kept(site: Site, terms: str, tmp_path: Path) -> None:
    folder = table_folder(tmp_path / "pack")
    replace(folder, "truth.csv", "t002,0", "t002,7")
    answer = sent(site.client(Role.FIELD_OWNER), terms, zipped(folder), reason="말한 까닭 & <b>")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "truth.csv:4" in page
    assert "말한 까닭 &amp; &lt;b&gt;" in page
    assert not ProblemPack.objects.exists()


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04" + b"\0" * 100, b""])
def test_what_is_no_zip_is_refused(site: Site, terms: str, data: bytes) -> None:
    assert sent(site.client(Role.FIELD_OWNER), terms, data).status_code == 422


def test_a_zip_that_climbs_links_or_lies_is_refused(site: Site, terms: str, tmp_path: Path) -> None:
    target = io.BytesIO(zipped(table_folder(tmp_path / "pack")))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("inputs/../../evil.png", b"x")
        link = zipfile.ZipInfo("inputs/link.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    page = sent(site.client(Role.FIELD_OWNER), terms, target.getvalue()).content.decode()
    assert "inputs/../../evil.png" in page
    assert "inputs/link.png" in page
    assert not (tmp_path / "evil.png").exists()


def test_nothing_is_written_to_disk_while_a_pack_is_sent(
    site: Site, terms: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_temporary_file(*_: object, **__: object) -> None:
        raise AssertionError("the upload was written to disk")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", no_temporary_file)
    folder = table_folder(tmp_path / "pack")
    (folder / "README.md").write_bytes(b"long " * 900_000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    assert len(data.getvalue()) > 2_500_000
    assert sent(site.client(Role.FIELD_OWNER), terms, data.getvalue()).status_code == 302


def test_too_large_an_upload_is_refused_with_the_way_round(
    site: Site, terms: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pandok.web.in_memory_upload.settings", lambda: SimpleNamespace(vault_upload_mb=1))
    answer = sent(site.client(Role.FIELD_OWNER), terms, b"x" * 1_200_000)
    assert answer.status_code == 422
    assert "pandok lab problems import" in answer.content.decode()


def test_the_form_is_checked_against_forgery(site: Site, terms: str, tmp_path: Path) -> None:
    client = site.client(Role.FIELD_OWNER, enforce_csrf_checks=True)
    assert sent(client, terms, zipped(table_folder(tmp_path / "pack"))).status_code == 403
    assert not ProblemPack.objects.exists()


def test_deposit_and_file_must_be_chosen(site: Site, terms: str, tmp_path: Path) -> None:
    client = site.client(Role.FIELD_OWNER)
    assert sent(client, "elsewhere", zipped(table_folder(tmp_path / "pack"))).status_code == 422
    assert client.post("/lab/problems/new/", {"terms": terms, "reason": REASON}).status_code == 422


def test_the_list_tells_what_is_registered(site: Site, terms: str, tmp_path: Path) -> None:
    client = site.client(Role.FIELD_OWNER)
    assert "/lab/problems/new/" in client.get("/lab/problems/").content.decode()
    sent(client, terms, zipped(table_folder(tmp_path / "pack", each=12)))
    page = site.client(Role.SUBMITTER).get("/lab/problems/").content.decode()
    assert "small-table" in page
    assert "/lab/problems/new/" not in page


def test_who_brought_it_in_is_told_that_another_must_lock(site: Site, terms: str, tmp_path: Path) -> None:
    owner = site.account(Role.FIELD_OWNER)
    owner.groups.add(site.account(Role.EVALUATOR).groups.get())
    client = site.client(Role.FIELD_OWNER)
    sent(client, terms, zipped(table_folder(tmp_path / "pack", each=12)))
    pack = ProblemPack.objects.get()
    assert "/lock/" not in client.get(f"/lab/problems/{pack.pk}/").content.decode()
    assert client.post(f"/lab/problems/{pack.pk}/lock/", {"reason": REASON}).status_code == 422
    assert not LockedRegistration.objects.exists()


def test_a_pack_built_to_cost_is_refused_with_a_way_round(
    site: Site, terms: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key of a hundred thousand parts costs its square: 1 MB of it would hold the service for hours."""
    folder = table_folder(tmp_path / "pack", each=12)
    (folder / "problem.toml").write_text("a" + ".a" * 100_000 + " = 1\n")
    monkeypatch.setattr("pandok.fields.lab.acts.packs.upload_in_child.MOST_SECONDS", 2.0)
    page = sent(site.client(Role.FIELD_OWNER), terms, zipped(folder))
    assert page.status_code == 422
    assert "시간이나 메모리" in page.content.decode()
    assert "pandok lab problems import" in page.content.decode()
    assert ProblemPack.objects.count() == 0
