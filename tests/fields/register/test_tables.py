"""register.csv as spreadsheets really write it: separators, encodings, rounded numbers, months, several classes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pandok.core.errors import ImportRefused
from pandok.fields.register.importers.detect import detect
from pandok.fields.register.models import Design
from pandok.fields.register.row_checks import parse_date, rounded
from tests.fields.register.conftest import HEADER

ROW = "D1,시험 상사,접시,07-01,등록,front,a.png"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings(register: Any, codes: Any, separator: str, encoding: str) -> None:
    register.picture("a.png")
    text = f"{HEADER}\r\n{ROW}\r\n".replace(",", separator)
    (register.folder / "register.csv").write_bytes(text.encode(encoding))
    assert codes(register.run()) == []
    design = Design.objects.get()
    assert (design.design_id, design.holder.name, design.article) == ("D1", "시험 상사", "접시")
    assert design.views.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        f"sep=;\n{HEADER};\n{ROW};\n".replace(",", ";"),  # Excel's own first line, and a separator at the end
        f'"{HEADER}"\n"{ROW}"\n'.replace(",", '";"'),
        f"{HEADER}\n{ROW}\n".replace(",", ";").replace("접시", '"접시, 그릇"'),  # more commas than semicolons
        f"{HEADER.upper()}\n{ROW}\n".replace(",", "\t"),
    ],
)
def test_other_ways_to_write_it(register: Any, codes: Any, text: str) -> None:
    register.picture("a.png")
    (register.folder / "register.csv").write_text(text, encoding="utf-8")
    assert codes(register.run()) == []
    assert Design.objects.get().views.count() == 1


@pytest.mark.parametrize("name", ["Register.CSV", "register.txt", "register.tsv"])
def test_the_table_is_found_by_its_name(register: Any, name: str) -> None:
    register.picture("a.png")
    (register.folder / name).write_bytes(f"{HEADER}\r\n{ROW}\r\n".replace(",", "\t").encode("utf-16"))
    assert detect(register.folder).name == "csv"
    assert register.run().counts["designs_added"] == 1


def test_a_header_that_is_none_shows_what_was_read_and_which_separators(register: Any) -> None:
    (register.folder / "register.csv").write_text("번호:경로\n1:a.png\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        register.run()
    for language, word in (("ko", "구분 기호"), ("en", "Separators")):
        said = refused.value.message(language)
        assert word in said
        assert "번호:경로" in said


def test_a_spreadsheet_file_is_told_how_to_be_saved(register: Any) -> None:
    (register.folder / "register.xlsx").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(ImportRefused) as refused:
        register.run(register.folder / "register.xlsx")
    assert refused.value.error_code == "import.spreadsheet"


ROUNDED = ["3.02E+12", "3,02E+12", "1.00E+12", "3.02020E+12", "3e+12", "4.0E+8", "3020200012345.0", "3.0E12"]
ROUNDED += ["########", "#N/A", "#REF!", "３.０２E＋１２", "=A1"]
SOUND = ["3020200012345", "30-2020-0012345", "DM/123456", "E+12", "12E5", "USD0907292", "1.2", "300.5", "2E+2024-1"]


@pytest.mark.parametrize("number", ROUNDED)
def test_a_rounded_number_is_a_finding_in_every_column_of_numbers(register: Any, codes: Any, number: str) -> None:
    register.picture("a.png")
    register.write(
        [
            f'"{number}",1,1,1,a.png',
            f'D2,"{number}",30-1,1,a.png',
            f'D3,30-3,"{number}",1,a.png',
            f'D4,1,1,"{number}",a.png',
        ],
        header="design_id,registration_number,application_number,recordal_number,path",
    )
    report = register.run()
    assert codes(report) == [("id.rounded", 2), *(("number.rounded", line) for line in (3, 4, 5))]
    assert all(number in each.text.ko and number in each.text.en for each in report.findings)
    assert set(Design.objects.values_list("design_id", flat=True)) == {"D2", "D3", "D4"}
    assert not Design.objects.filter(registration_number=number).exists()


@pytest.mark.parametrize("number", SOUND)
def test_a_sound_number_is_kept(number: str) -> None:
    assert not rounded(number)


MONTHS = ["2026-07", "202607", "2026.07", "2026. 7.", "2026/07", "2026년 7월", "2026", "07/2026", "Jul 2026", "2026-7-"]
NO_DAYS = [*MONTHS, "20260700", "20260732", "2026070", "2026-0701", "202607-01", "2026.07-01", "26-07-01", "45291"]
DAYS = ["2026-07-01", "2026-7-1", "20260701", "2026.07.01", "2026. 7. 1.", "2026/7/1", "2026년 7월 1일", "2026년7월1일",
        "2026-07-01T10:00:00", "2026-07-01 10:00", "2026-07-01Z", "2026-07-01+09:00", " 20260701 "]  # fmt: skip


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_day(written: str) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize("written", DAYS)
def test_what_is_a_day(written: str) -> None:
    assert parse_date(written) == date(2026, 7, 1)


@pytest.mark.parametrize("written", MONTHS)
def test_a_month_is_a_finding_in_every_column_of_dates(register: Any, codes: Any, written: str) -> None:
    register.picture("a.png")
    columns = ("expires_on", "recordal_valid_until", "filed_on", "published_on", "registered_on", "status_date")
    register.write(
        ["D1,등록,a.png," + ",".join([written] * len(columns))], header="design_id,status,path," + ",".join(columns)
    )
    assert codes(register.run()) == [("date.bad", 2)] * len(columns)
    design = Design.objects.get()
    assert (design.expires_on, design.recordal_valid_until, design.status) == (None, None, "in force")


@pytest.mark.parametrize(
    ("written", "main", "further", "edition"),
    [
        ("LOC (14) Cl. 9-03, 07; 28-02", "09-03", "09-07 28-02", "14"),
        ("LOC(13)Cl.6-1", "06-01", "", "13"),
        ("Cl. 21-01", "21-01", "", ""),
        ("Class 21-01", "21-01", "", ""),
        ("21-01; 21-02; 21-01", "21-01", "21-02", ""),
        ("21-01|21-02", "21-01", "21-02", ""),
        ("21.01, 21.02", "21-01", "21-02", ""),
        ("2101;2102", "21-01", "21-02", ""),
        ("21-01 21-02", "21-01", "21-02", ""),
        ("21-01 / 21-02", "21-01", "21-02", ""),
    ],
)
def test_classes_in_the_form_that_wipo_recommends(
    register: Any, codes: Any, written: str, main: str, further: str, edition: str
) -> None:
    register.picture("a.png")
    register.write([f'D1,H,Cup,"{written}",등록,front,a.png'])
    assert codes(register.run()) == []
    design = Design.objects.get()
    assert (design.locarno_class, design.further_classes, design.locarno_edition) == (main, further, edition)


def test_a_wrong_class_takes_only_itself_out(register: Any, codes: Any) -> None:
    register.picture("a.png")
    register.write(["D1,H,Cup,LOC (11) Cl. 2-04; 77-01,등록,front,a.png"])
    report = register.run()
    assert codes(report) == [("class.locarno", 2)]
    assert "77-01" in report.findings[0].text.ko
    assert Design.objects.get().locarno_class == "02-04"
