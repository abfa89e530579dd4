"""PDF and XLSX as they are deposited: words are found wherever they hide, workbooks masked, PDFs held for a person."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import typst
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter

from pandok.core.errors import RequestError
from pandok.core.lab.personal_data import PersonalDataReport, PersonalKind
from pandok.engines.documents.parser import read_document
from pandok.engines.documents.values import PDF, XLSX
from pandok.fields.lab.acts.exports.personal import document_findings
from pandok.fields.lab.acts.vault.depositing import deposit_files
from pandok.fields.lab.acts.vault.held_back import confirm_sharing, held_in
from pandok.fields.lab.acts.vault.masked_copies import Finders, mask_deposit
from pandok.fields.lab.acts.vault.masking.documents import mask_document
from pandok.fields.lab.acts.vault.uploads import named
from pandok.fields.lab.models import Deposit, VaultObject
from tests.fields.designs.fakes import photograph
from tests.fields.lab.acts.vault.conftest import Lab
from tests.fields.lab.acts.vault.masking.test_pictures import Faces, Reader
from tests.roles import Action, Role, may

FINDERS = Finders(faces=Faces, reader=Reader)  # type: ignore[arg-type]
PHONE, EMAIL, RESIDENT = "010-9876-5432", "minseo.kim@example.org", "900101-1234568"


def pdf(text: str, *, author: str = "", picture: bytes = b"") -> bytes:
    drawn = '#image("one.jpg", width: 3cm)\n' if picture else ""
    root = Path(__file__).parent
    source = f'#set page(width: 12cm, height: 8cm)\n{drawn}#text("{text}")\n'
    if picture:
        source = source.replace('image("one.jpg"', f"image(bytes(({','.join(str(one) for one in picture)}))")
    data = typst.compile(source.encode(), root=root)
    if not author:
        return bytes(data)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({"/Author": author})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["2026년 3월 검사 대장"])
    sheet.append(["신고번호", "성명", "연락처", "수량", "비고"])
    for number in range(1, 6):
        sheet.append([f"A-{number}", "홍길동", f"010-1111-000{number}", number * 10, "양호"])
    sheet["E4"].value = f"담당자에게 {EMAIL}로 회신"
    sheet["A3"].comment = Comment(f"전화 {PHONE}", "검사관")
    sheet["F3"].value = f'=CONCAT("{PHONE}", A3)'
    hidden = book.create_sheet("보관")
    hidden.append(["항목", "값"])
    hidden.append(["주민", RESIDENT])
    hidden.sheet_state = "veryHidden"
    book.create_sheet(f"회신 {PHONE}").append(["항목", "값"])
    book.properties.creator = EMAIL
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def deposit_of(lab: Lab, **files: bytes) -> Deposit:
    deposit = lab.deposit()
    sent = [named(name.replace("_", "."), data) for name, data in files.items()]
    deposit_files(deposit=deposit, files=sent, actor=lab.steward, vault=lab.vault)
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    return deposit


def look(lab: Lab, deposit: Deposit) -> None:
    mask_deposit(deposit=deposit, actor=lab.steward, vault=lab.vault, finders=FINDERS)


def opened(lab: Lab, one: VaultObject) -> bytes:
    return lab.vault.open(one, actor=lab.person(Role.EVALUATOR), purpose="look", project=lab.project())


def test_a_workbook_is_masked_in_every_place_where_it_can_hide_something(lab: Lab) -> None:
    deposit = deposit_of(lab, book_xlsx=workbook())
    assert deposit.contents.get().media_type == XLSX
    look(lab, deposit)
    masked = opened(lab, deposit.contents.get(kind="masked"))
    names = "".join(
        zipfile.ZipFile(io.BytesIO(masked)).read(one).decode("utf-8", "replace")
        for one in zipfile.ZipFile(io.BytesIO(masked)).namelist()
    )
    for secret in ("홍길동", PHONE, EMAIL, RESIDENT, "010-1111"):
        assert secret not in names, secret
    rows = list(load_workbook(io.BytesIO(masked)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][0] == "2026년 3월 검사 대장"
    assert rows[1][:5] == ("신고번호", "성명", "연락처", "수량", "비고")
    assert [row[3] for row in rows[2:]] == [10, 20, 30, 40, 50]
    assert len({row[1] for row in rows[2:]}) == 1
    assert len({row[2] for row in rows[2:]}) == 5
    report = PersonalDataReport.model_validate(deposit.contents.get(kind="raw").report)
    places = {place for found in report.found for place in found.columns}
    assert {"성명", "연락처", "comments", "formulas", "properties", "hidden sheets"} <= places
    assert report.counts[PersonalKind.NAME] == 5


def test_a_pdf_is_reported_and_held_until_a_steward_has_looked(lab: Lab) -> None:
    deposit = deposit_of(
        lab, scan_pdf=pdf(f"Call {PHONE} or write to {EMAIL}.", author=f"Kim {PHONE}", picture=photograph())
    )
    one = deposit.contents.get()
    with pytest.raises(RequestError) as early:
        opened(lab, one)
    assert early.value.error_code == "vault.held"
    look(lab, deposit)
    one.refresh_from_db()
    report = PersonalDataReport.model_validate(one.report)
    assert report.held
    assert report.counts == {PersonalKind.PHONE: 2, PersonalKind.EMAIL: 1}
    assert {found.columns for found in report.found} == {("page text",), ("properties",)}
    assert any("1 picture " in remark.en for remark in report.remarks)
    assert not deposit.contents.filter(kind="masked").exists()
    with pytest.raises(RequestError):
        opened(lab, one)
    confirm_sharing(object=one, actor=lab.steward, reason="numbers are those of the office", now=lab.clock())
    assert opened(lab, one).startswith(b"%PDF")
    with pytest.raises(RequestError):
        confirm_sharing(object=one, actor=lab.steward, reason="a second time", now=lab.clock())


@pytest.mark.parametrize("role", [role for role in Role if not may(frozenset({role}), Action.DEPOSIT_DATA)])
def test_nobody_else_may_answer_for_a_held_document(lab: Lab, role: Role) -> None:
    deposit = deposit_of(lab, one_pdf=pdf("plain words"))
    look(lab, deposit)
    with pytest.raises(RequestError):
        confirm_sharing(object=deposit.contents.get(), actor=lab.person(role), reason="let me", now=lab.clock())
    assert held_in(deposit).count() == 1


def bomb_pdf() -> bytes:
    """A page whose contents unpack to 300 MB in two layers."""
    layers = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    body = (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj\n4 0 obj<</Length %d/Filter"
        b"[/FlateDecode/FlateDecode]>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
        % (len(layers), layers)
    )
    assert len(body) < 100_000
    return body


def bomb_workbook() -> bytes:
    """A sheet that unpacks to 190 MB of cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(io.BytesIO(workbook())) as kept:
        for one in kept.namelist():
            if one == "xl/worksheets/sheet1.xml":
                row = b'<row r="1"><c t="inlineStr"><is><t>x</t></is></c></row>' * 1_000
                head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                with archive.open(one, "w") as file:
                    file.write(head)
                    for _ in range(3_500):
                        file.write(row)
                    file.write(b"</sheetData></worksheet>")
            else:
                archive.writestr(one, kept.read(one))
    return out.getvalue()


@pytest.mark.parametrize("make", [bomb_pdf, bomb_workbook])
def test_a_bomb_is_stopped_in_its_own_process_in_time(make: Callable[[], bytes]) -> None:
    data = make()
    kind = PDF if data[:4] == b"%PDF" else XLSX
    copy, report = mask_document(data, kind, b"k" * 32, read=partial(read_document, limit_s=6.0))
    assert copy is None
    assert report.held


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", b"%PDF-1.4\n%%EOF", pdf("words")[:600]])
def test_a_damaged_pdf_is_held_with_its_reason(lab: Lab, data: bytes) -> None:
    deposit = deposit_of(lab, one_pdf=data)
    look(lab, deposit)
    report = PersonalDataReport.model_validate(deposit.contents.get().report)
    assert report.held
    assert report.remarks


def test_a_locked_pdf_is_held(lab: Lab) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PHONE))))
    writer.encrypt("secret words", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    deposit = deposit_of(lab, one_pdf=out.getvalue())
    look(lab, deposit)
    assert held_in(deposit).count() == 1


def test_words_of_a_pdf_are_looked_into_before_it_leaves_too() -> None:
    found = {one.code: one.count for one in document_findings(named("out.pdf", pdf(f"{PHONE} {EMAIL}")))}
    assert found == {"personal_phone": 1, "personal_email": 1}
