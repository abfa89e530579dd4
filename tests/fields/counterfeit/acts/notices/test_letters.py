"""Every letter of a name has a sign on the paper, or the officer is told before sending which ones have none."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.test import Client

from pandok.common.models import Party
from pandok.common.papers.letters import FONT_FOLDER, letters_of, unprintable
from pandok.fields.counterfeit.acts.notices.issuing import unprintable_in
from pandok.fields.counterfeit.acts.notices.pdf import notice_pdf
from pandok.fields.counterfeit.models import Case
from tests.fields.counterfeit.acts.notices.test_pdf import content
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def empty_boxes(pdf: bytes) -> int:
    """How many letters of the first page are glyph 0, the sign for "no such letter"."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf reads the PDF back: pip install pypdf")
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    count = 0
    for operands, operator in pypdf.generic.ContentStream(page.get_contents(), page.pdf).operations:
        for one in operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []:
            raw = getattr(one, "original_bytes", one if isinstance(one, bytes) else b"")
            count += sum(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2))
    return count


@pytest.mark.parametrize(
    "name",
    [
        "宁波保税区龙翔贸易有限公司",
        "臺灣國際貿易股份有限公司",
        "홍길동(洪吉童)",
        "ᄒᆞᆫ빛용긔",
        "株式会社サンプル",
        "𠮷田商店",
    ],
)
def test_hanja_chinese_and_old_hangul_are_printed(notices: NoticeWorld, name: str) -> None:
    said = content(notices, notices.chosen()).model_copy(update={"party_name": name})
    assert unprintable_in(said) == []
    assert empty_boxes(notice_pdf(said, {one: notices.office.blobs.get(one) for one in said.pictures()}, "ko")) == 0


@pytest.mark.parametrize(("name", "letters"), [("한빛😀용기", "😀"), ("บริษัท ไทย", "บรษัทไย"), ("옛\ue0bc글", "\ue0bc")])
def test_what_cannot_be_printed_is_told_before_sending(notices: NoticeWorld, name: str, letters: str) -> None:
    assert set(letters) <= set(unprintable(name))
    case = notices.chosen()
    Party.objects.filter(id=notices.world.holder.id).update(name=name)
    client = Client()
    client.force_login(notices.world.officer)
    page = client.get(f"/cases/{case.id}/notify/").content.decode()
    assert "빈칸으로 인쇄됩니다" in page
    assert f"{name}: {unprintable(name)}" in page
    told = json.loads(client.get(f"/api/v1/cases/{case.id}/notify/preview").content)[0]["unprintable"]
    assert told == [{"value": name, "letters": unprintable(name)}]
    assert Case.objects.get(id=case.id).state == "candidate_chosen"


def test_the_types_tables_are_read_whole() -> None:
    fonts = FONT_FOLDER
    plain = letters_of((fonts / "Pretendard-Regular.otf").read_bytes())
    names = letters_of((fonts / "NotoSansCJKkr-Names.otf").read_bytes())
    assert set(range(0xAC00, 0xD7A4)) <= plain
    assert set(range(0x4E00, 0x9FA6)) | set(range(0x1100, 0x1200)) <= names
