import stat
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pandok.core.errors import Unavailable
from pandok.engines.text_and_codes.tesseract_reader import LINE_CHARACTERS, TesseractReader, clean_line

PIXELS = np.full((100, 200, 3), 255, np.uint8)
TABLE = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "4\t1\t1\t1\t1\t0\t20\t40\t200\t40\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t20\t40\t80\t40\t90\t나이키\n"
    "5\t1\t1\t1\t1\t2\t120\t40\t100\t40\t80\t코리아\n"
    "5\t1\t1\t1\t2\t1\t20\t100\t100\t40\t12\t무늬\n"
)


def program(folder: Path, body: str) -> str:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_words_of_a_line_are_joined_and_unsure_words_left_out(tmp_path: Path) -> None:
    (tmp_path / "table.tsv").write_text(TABLE, encoding="utf-8")
    reader = TesseractReader(program=program(tmp_path, f'cat > /dev/null; cat "{tmp_path}/table.tsv"'))
    (line,) = reader.read(PIXELS)
    assert line.text == "나이키 코리아"
    assert line.confidence == pytest.approx(0.85)
    assert line.box.as_tuple() == (10, 20, 110, 40), "the picture was enlarged twice"


def test_languages_decide_whether_it_is_installed(tmp_path: Path) -> None:
    listing = program(tmp_path, 'printf "List of available languages (2):\\neng\\nkor\\n"')
    assert TesseractReader(program=listing).installed()
    assert not TesseractReader(program=listing, languages="kor+jpn").installed()
    assert not TesseractReader(program=str(tmp_path / "absent")).installed()


@pytest.mark.parametrize("body", ["exit 1", "cat > /dev/null; sleep 30"])
def test_a_failing_or_hanging_program_is_an_instruction(tmp_path: Path, body: str) -> None:
    with pytest.raises(Unavailable) as caught:
        TesseractReader(program=program(tmp_path, body), limit_s=0.5).read(PIXELS)
    assert "kor" in caught.value.next_step.ko


def test_lines_are_cleaned_and_cut() -> None:
    assert clean_line(" a\x00b \u202e c\n d ") == "ab c d"
    assert len(clean_line("x" * 5000)) == LINE_CHARACTERS


def test_the_real_program_reads_where_it_is_installed() -> None:
    reader = TesseractReader(languages="eng")
    if not reader.installed():
        pytest.skip("tesseract is not installed on this machine")
    image = Image.new("RGB", (480, 120), (255, 255, 255))
    ImageDraw.Draw(image).text((40, 30), "Kestrel", font=ImageFont.load_default(44), fill=(0, 0, 0))
    assert [line.text for line in reader.read(np.asarray(image).copy())] == ["Kestrel"]
