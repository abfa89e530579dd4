"""Each bad row is named with file, line and code while the good ones go in, and again at the second run."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pandok.core.errors import ImportRefused
from pandok.fields.register.lists import queries
from pandok.fields.register.models import Design, View

GOOD = "GOOD,H,Cup,07-01,등록,front,good.png"


def check(register: Any, codes: Any, rows: list[str], expected: list[tuple[str, int]], **options: Any) -> Any:
    register.picture("good.png")
    register.write([*rows, GOOD], **options)
    report = register.run()
    assert codes(report) == expected
    assert View.objects.filter(design__design_id="GOOD").count() == 1
    assert codes(register.run()) == expected, "the second run says so again"
    assert [(each.code, each.line) for each in queries.findings(report.run_id)] == expected
    for each in report.findings:
        assert each.file == "register.csv"
        assert "{" not in each.text.ko + each.text.en
    return report


def test_missing_design_id(register: Any, codes: Any) -> None:
    check(register, codes, [",H,Cup,07-01,등록,front,good.png"], [("row.no_id", 2)])


def test_bad_design_id(register: Any, codes: Any) -> None:
    rows = ["X" * 200 + ",H,Cup,07-01,등록,front,good.png", "A\x01,H,Cup,07-01,등록,front,good.png"]
    check(register, codes, rows, [("id.bad", 2), ("id.bad", 3)])


def test_conflicting_duplicates(register: Any, codes: Any) -> None:
    register.picture("a.png", 1)
    rows = [
        "D1,H,Cup,07-01,등록,front,a.png",
        "D1,H,Cup,07-01,소멸,back,a.png",
        "D2,H,Cup,07-01,등록,front,a.png",
        "D1,Other,Cup,07-01,등록,side,a.png",
    ]
    report = check(register, codes, rows, [("id.conflict", 3), ("id.conflict", 5)])
    assert "소멸" in report.findings[0].text.ko
    design = Design.objects.get(design_id="D1")
    assert (design.status, design.holder.name) == ("in force", "H")
    assert [view.name for view in design.views.all()] == ["front"]


@pytest.mark.parametrize("path", ["nothing.png", "no-folder/nothing.png"])
def test_missing_view_file(register: Any, codes: Any, path: str) -> None:
    check(register, codes, [f"D1,H,Cup,07-01,등록,front,{path}"], [("path.missing", 2)])
    assert Design.objects.get(design_id="D1").views.count() == 0


def test_no_path(register: Any, codes: Any) -> None:
    check(register, codes, ["D1,H,Cup,07-01,등록,front,"], [("path.none", 2)])


@pytest.mark.parametrize(
    "path", ["../secret.png", "a/../../secret.png", "/etc/passwd", "..\\secret.png", "C:\\secret.png", "~/secret.png"]
)
def test_path_that_climbs_out(register: Any, codes: Any, path: str) -> None:
    Image.new("L", (4, 4)).save(register.folder.parent / "secret.png")
    check(register, codes, [f"D1,H,Cup,07-01,등록,front,{path}"], [("path.outside", 2)])
    assert View.objects.filter(design__design_id="D1").count() == 0


def test_links_that_lead_out(register: Any, codes: Any) -> None:
    outside = register.folder.parent / "outside"
    outside.mkdir()
    Image.new("L", (4, 4)).save(outside / "secret.png")
    (register.folder / "link.png").symlink_to(outside / "secret.png")
    (register.folder / "folder").symlink_to(outside)
    rows = [
        "D1,H,Cup,07-01,등록,front,link.png",
        "D2,H,Cup,07-01,등록,front,folder/secret.png",
        "D3,H,Cup,07-01,등록,front,folder/absent.png",
    ]
    check(register, codes, rows, [("path.outside", 2), ("path.outside", 3), ("path.outside", 4)])


def test_things_that_are_no_ordinary_file(register: Any, codes: Any) -> None:
    (register.folder / "folder.png").mkdir()
    os.mkfifo(register.folder / "pipe.png")
    rows = ["D1,H,Cup,07-01,등록,front,folder.png", "D2,H,Cup,07-01,등록,front,pipe.png"]
    check(register, codes, rows, [("path.unreadable", 2), ("path.unreadable", 3)])


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and has almost no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_pictures_that_cannot_be_used(register: Any, codes: Any) -> None:
    folder: Path = register.folder
    Image.effect_noise((200, 200), 50).save(folder / "whole.jpg")
    Image.effect_noise((200, 200), 50).save(folder / "whole.png")
    Image.effect_noise((200, 200), 50).save(folder / "whole.tif")
    for suffix in ("jpg", "png", "tif"):
        data = (folder / f"whole.{suffix}").read_bytes()
        (folder / f"cut.{suffix}").write_bytes(data[: len(data) // 2])
    (folder / "zero.png").write_bytes(b"")
    (folder / "text.png").write_bytes(b"this is no picture")
    (folder / "huge.png").write_bytes(png_of(10_000, 10_000))
    (folder / "bomb.png").write_bytes(png_of(100_000, 100_000))
    names = ["cut.jpg", "cut.png", "cut.tif", "zero.png", "text.png", "huge.png", "bomb.png"]
    rows = [f"D{index},H,Cup,07-01,등록,front,{name}" for index, name in enumerate(names)]
    kinds = ["unreadable"] * 3 + ["empty", "unreadable", "too_large", "too_large"]
    check(register, codes, rows, [(f"picture.{kind}", line) for line, kind in enumerate(kinds, 2)])


def test_wrongly_named_and_unusual_pictures_are_welcome(register: Any, codes: Any) -> None:
    folder: Path = register.folder
    drawn = Image.new("L", (40, 40))
    drawn.paste(255, (8, 8, 32, 24))
    drawn.convert("CMYK").save(folder / "cmyk.jpg")
    drawn.convert("I;16").save(folder / "deep.png")
    drawn.convert("1").save(folder / "bilevel.tif", compression="group4")
    drawn.convert("RGB").save(folder / "really-jpeg.png", format="JPEG")
    names = ["cmyk.jpg", "deep.png", "bilevel.tif", "really-jpeg.png"]
    check(register, codes, [f"D{name},H,Cup,07-01,등록,front,{name}" for name in names], [])
    assert View.objects.get(source_path="really-jpeg.png").media_type == "image/jpeg"


def test_bad_codes_words_and_dates_take_only_themselves_out(register: Any) -> None:
    header = "design_id,locarno_class,korean_class,status,recorded_with_customs,expires_on,path"
    register.picture("good.png")
    register.write(["D1,99-99,한글,살아있음,maybe,2025-02-30,good.png"], header=header)
    report = register.run()
    found = {"class.locarno", "class.korean", "status.word", "recordal.word", "date.bad"}
    assert {each.code for each in report.findings} == found
    design = Design.objects.get()
    assert (design.locarno_class, design.korean_class, design.expires_on) == ("", "", None)
    assert (design.status, design.status_word) == ("unknown", "살아있음")
    assert design.recorded_with_customs is None
    assert design.views.count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_encodings(register: Any, codes: Any, encoding: str) -> None:
    check(register, codes, ['D1,"한국, 상사",찻잔,07-01,등록,front,good.png'], [], encoding=encoding)
    assert Design.objects.get(design_id="D1").holder.name == "한국, 상사"


def test_one_row_with_broken_characters(register: Any, codes: Any) -> None:
    register.picture("good.png")
    lines = ["design_id,holder,path", "D1,한국,good.png", "D2,BROKEN,good.png", "D3,상사,good.png"]
    data = "\n".join(lines).encode().replace(b"BROKEN", b"\xff\xfe\xfd")
    (register.folder / "register.csv").write_bytes(data)
    assert codes(register.run()) == [("row.undecodable", 3)]
    assert set(Design.objects.values_list("design_id", "holder__name")) == {("D1", "한국"), ("D3", "상사")}


def test_too_many_fields_and_blank_lines(register: Any, codes: Any) -> None:
    rows = ["D1,H, Inc.,Cup,07-01,등록,front,good.png", "", "   ,,"]
    check(register, codes, rows, [("row.columns", 2)])


def test_open_quotation_mark_is_reported_with_its_lines(register: Any, codes: Any) -> None:
    register.picture("good.png")
    rows = [
        GOOD,
        'D1,"open,Cup,07-01,등록,front,good.png',
        *[f"X{n},H,Cup,07-01,등록,front,good.png" for n in range(99)],
    ]
    register.write(rows)
    report = register.run()
    assert codes(report) == [("row.quote", 3)]
    assert "102" in report.findings[0].text.ko
    assert Design.objects.get().design_id == "GOOD"


def test_quoted_field_over_two_lines_keeps_line_numbers_right(register: Any, codes: Any) -> None:
    rows = ['D1,"two\nlines",Cup,07-01,등록,front,good.png', "D2,H,Cup,07-01,등록,front,absent.png"]
    check(register, codes, rows, [("path.missing", 4)])


def test_overlong_text_is_left_out(register: Any, codes: Any) -> None:
    check(register, codes, [f"D1,{'H' * 600},Cup,07-01,등록,front,good.png"], [("text.bad", 2)])
    assert Design.objects.get(design_id="D1").holder is None


@pytest.mark.parametrize(
    ("content", "code"),
    [("holder,article\nH,Cup\n", "import.columns"), ("", "import.columns")],
)
def test_a_csv_without_its_columns_is_refused(register: Any, content: str, code: str) -> None:
    (register.folder / "register.csv").write_text(content)
    with pytest.raises(ImportRefused) as refused:
        register.run()
    assert refused.value.error_code == code
    assert "design_id" in refused.value.message("ko")


def test_sources_that_are_none(register: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "pack.zip").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "feed.xml").write_text("<rss/>")
    expected = {
        "absent": "absent",
        "notes.txt": "unknown",
        "pack.zip": "zip",
        "feed.xml": "unknown",
        "source": "unknown",
    }
    for name, code in expected.items():
        with pytest.raises(ImportRefused) as refused:
            register.run(tmp_path / name)
        assert refused.value.error_code == f"import.{code}"


def blank_sheets(folder: Path) -> list[str]:
    Image.new("RGB", (90, 60), "white").save(folder / "white.png")
    Image.new("L", (90, 60), 3).save(folder / "dark.tif")
    Image.new("RGB", (90, 60), (250, 250, 250)).save(folder / "grey.jpg", quality=60)
    Image.new("RGBA", (90, 60), (0, 0, 0, 0)).save(folder / "clear.png")
    Image.new("I;16", (90, 60), 60000).save(folder / "deep.png")
    faint = Image.new("L", (90, 60), 255)
    faint.paste(252, (20, 20, 60, 40))
    faint.save(folder / "faint.png")
    hidden = Image.new("RGBA", (90, 60), (255, 255, 255, 0))
    hidden.paste((0, 0, 0, 0), (20, 20, 60, 40))
    hidden.save(folder / "hidden.png")
    return ["white.png", "dark.tif", "grey.jpg", "clear.png", "deep.png", "faint.png", "hidden.png"]


def test_a_blank_sheet_is_a_finding_and_not_indexed(register: Any, codes: Any) -> None:
    names = blank_sheets(register.folder)
    rows = [f"D{index},H,Cup,07-01,등록,front,{name}" for index, name in enumerate(names)]
    check(register, codes, rows, [("picture.blank", line) for line in range(2, len(names) + 2)])
    assert View.objects.count() == 1


def test_a_white_mark_on_a_transparent_ground_goes_in(register: Any, codes: Any) -> None:
    mark = Image.new("RGBA", (90, 60), (255, 255, 255, 0))
    mark.paste((255, 255, 255, 255), (20, 20, 60, 40))
    mark.save(register.folder / "mark.png")
    small = Image.new("L", (900, 600), 255)
    small.paste(0, (300, 300, 306, 303))  # a small drawing on a large sheet is one
    small.save(register.folder / "small.jpg")
    red = Image.new("RGB", (90, 60), (200, 0, 0))
    red.paste((0, 102, 0), (20, 20, 60, 40))  # as light as its ground
    red.save(register.folder / "red.jpg")
    check(
        register,
        codes,
        [f"D{index},H,Cup,07-01,등록,front,{name}" for index, name in enumerate(("mark.png", "small.jpg", "red.jpg"))],
        [],
    )


def test_letters_that_show_nothing_come_in_with_no_fact(register: Any, codes: Any) -> None:
    rows = ["A\u200b1,H,Cup,07-01,등록,front,good.png", "A2,한빛\u202e조명,유리\u200b컵,07-01,등록,front,good.png"]
    check(register, codes, rows, [("id.bad", 2)])
    design = Design.objects.get(design_id="A2")
    assert (design.holder.name, design.article) == ("한빛조명", "유리컵")
