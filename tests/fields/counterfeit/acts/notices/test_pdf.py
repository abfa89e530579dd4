"""The PDF of a notice: Korean as text, pictures, page numbers, the square code; hostile text is printed as it is."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image

from pandok.common.languages import further_languages
from pandok.core.text import Text
from pandok.engines.text_and_codes.code_reader import ZxingCodeReader
from pandok.engines.text_and_codes.square_code import square_code_svg
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.acts.notices.drafting import draft
from pandok.fields.counterfeit.acts.notices.pdf import notice_pdf, printable
from pandok.fields.counterfeit.models import Case
from pandok.readers.designs.evidence import OKABE_ITO
from tests.fields.counterfeit.notices_fixtures import ADDRESS, NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON

pytestmark = pytest.mark.django_db
HOSTILE = '#set page(fill: red) *bold* _x_ $x^2$ `raw` <label> @ref // c /* d */ \\ "q" #eval("1") - = + \u202etxt'


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def pages(pdf: bytes) -> Any:
    pypdf = pytest.importorskip("pypdf", reason="pypdf reads the PDF back: pip install pypdf")
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def drawn(notices: NoticeWorld, content: NoticeContent, language: str = "ko") -> bytes:
    pdf = notice_pdf(content, {one: notices.office.blobs.get(one) for one in content.pictures()}, language)
    if folder := os.environ.get("PANDOK_PICTURES", ""):
        Path(folder, f"{content.template}-{language}.pdf").write_bytes(pdf)
    return pdf


def content(notices: NoticeWorld, case: Case, template: str = "holder_notice") -> NoticeContent:
    party = {"holder_notice": notices.world.holder}.get(template, notices.world.importer)
    return draft(case=case, party=party, template=template, now=NOON, address=ADDRESS, due=None).content


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "등록디자인 관련 수입물품 통지"), ("en", "may concern your right")]
)
def test_a_notice_reads_back_in_its_language(notices: NoticeWorld, language: str, words: str) -> None:
    pdf = drawn(notices, content(notices, notices.chosen()), language)
    read = pages(pdf)
    text = " ".join(" ".join(page.extract_text() for page in read).split())
    assert words in text
    assert "2026-000001" in text
    assert "한빛용기" in text
    assert f"1 / {len(read)}" in text
    fonts = {str(font.get_object()["/BaseFont"]) for page in read for font in page["/Resources"]["/Font"].values()}
    assert all("Pretendard" in font for font in fonts)
    assert sum(len(page.images) for page in read) == 3  # the photograph, the registered view, and the comparison


def test_the_same_notice_gives_the_same_bytes(notices: NoticeWorld) -> None:
    said = content(notices, notices.chosen())
    assert drawn(notices, said) == drawn(notices, said)


def test_the_importers_pdf_shows_no_comparison(notices: NoticeWorld) -> None:
    said = content(notices, notices.chosen(), "importer_notice")
    assert said.evidence is None
    assert sum(len(page.images) for page in pages(drawn(notices, said))) == 2  # photograph and registered view


def test_the_comparison_is_the_picture_with_numbered_boxes(notices: NoticeWorld) -> None:
    read = pages(drawn(notices, content(notices, notices.chosen())))
    largest = max((image.image for page in read for image in page.images), key=lambda image: image.width)
    pixels = np.asarray(largest.convert("RGB"))
    for colour in OKABE_ITO[:3]:
        assert (pixels == colour).all(axis=2).sum() > 100


def test_hostile_text_is_printed_and_long_names_are_broken(notices: NoticeWorld) -> None:
    said = content(notices, notices.chosen()).model_copy(
        update={"party_name": "가" * 300 + HOSTILE, "lead": (Text(ko=HOSTILE, en=HOSTILE),)}
    )
    read = pages(drawn(notices, said))
    text = "".join("".join(page.extract_text() for page in read).split())
    assert "".join(HOSTILE.replace("\u202e", "").split()) in text
    assert text.count("가" * 300) == 1


def test_control_and_direction_characters_are_left_out() -> None:
    assert printable("a\x00b\u202ec\u200dd") == "abcd"
    assert printable("가" * 50).replace("\u200b", "") == "가" * 50
    assert "\u200b" in printable("x" * 30)


def test_the_square_code_leads_to_the_page(notices: NoticeWorld) -> None:
    said = content(notices, notices.chosen())
    folder = notices.office.blobs.folder.parent / "square"
    folder.mkdir()
    (folder / "s.svg").write_bytes(square_code_svg(said.address))
    (folder / "s.typ").write_text('#set page(width: 60mm, height: 60mm)\n#image("s.svg", width: 24mm)')
    png = typst.compile(folder / "s.typ", root=folder, format="png", ppi=200)
    codes = ZxingCodeReader().read(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")))
    assert [code.text for code in codes] == [said.address]


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Thông báo về hàng hóa đang làm thủ tục thông quan"), ("zh-hans", "关于您通关中货物的通知")],
)
def test_a_translation_is_printed_with_its_letters_and_its_mark(
    notices: NoticeWorld, language: str, words: str
) -> None:
    found = content(notices, notices.chosen(), "importer_notice")
    mark = further_languages()[language].mark
    pdf = notice_pdf(found, {one: notices.office.blobs.get(one) for one in found.pictures()}, language, mark=mark)
    if folder := os.environ.get("PANDOK_PICTURES", ""):
        Path(folder, f"importer-{language}.pdf").write_bytes(pdf)
    text = " ".join(" ".join(page.extract_text() for page in pages(pdf)).split())
    for said in (words, "번역 참고용 – 검수 필요", mark.in_language(language)):
        assert "".join(said.split()) in "".join(text.split())
