"""A notice as PDF with Korean type, drawn by Typst. The same content and pictures give the same bytes."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from PIL import Image

from pandok.common.decoding import parsing_pool
from pandok.common.papers.letters import FONT_FOLDER
from pandok.common.papers.printing import printed
from pandok.core.dates import moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.decoding.print_pictures import small_jpeg, upright_pixels
from pandok.engines.text_and_codes.square_code import square_code_svg
from pandok.fields.counterfeit.acts.notices.content import NoticeContent, ShownEvidence
from pandok.readers.designs.evidence import draw

PICTURE_SIDE_PX = 900
EVIDENCE_PX = 1300
LONGEST_RUN = 24
_RUN = re.compile(rf"([^\s\u200b]{{{LONGEST_RUN}}})(?=[^\s\u200b])")
_TEMPLATE = files("pandok.fields.counterfeit.acts.notices")

_FOOTER = Text(ko="사건번호 {number} · 통지 {at}", en="Case {number} · notice of {at}")
_TO = Text(ko="{name} 귀하", en="To: {name}")
_SQUARE = Text(ko="답변 화면", en="Page for your answer")
_EVIDENCE = Text(ko="사진과 등록 도면의 비교", en="The photograph beside the registered view")
_EVIDENCE_WORDS = Text(
    ko="같은 번호의 상자는 서로 닮은 부분입니다. 판단이 아니라 찾은 자리를 보여 줍니다.",
    en="Boxes of one number are regions that agree. They show where to look and judge nothing.",
)
_PHOTOGRAPHS = Text(ko="물품 사진", en="Photographs of the goods")
_PHOTOGRAPH = Text(ko="사진 {number}", en="Photograph {number}")
_DRAWINGS = Text(ko="등록디자인 도면", en="Views of the registered design")
_DRAWING = Text(ko="등록 도면 {number}", en="Registered view {number}")
_DOCUMENT = Text(ko="문서번호 {number}", en="Document {number}")
_CAPTIONS = (Text(ko="물품 사진", en="Photograph"), Text(ko="등록 도면", en="Registered view"))


def notice_pdf(content: NoticeContent, pictures: Mapping[str, bytes], language: str, mark: Text | None = None) -> bytes:
    """The notice in one language. `pictures` holds the bytes of `content.pictures()` by sha256. `mark`: what stands on
    a translation, in Korean and in its language."""
    values, shown = _values(content, language), {"square.svg": square_code_svg(content.address)}
    values["mark"] = [mark.ko, mark.in_language(language)] if mark else []
    values["photographs"] = []
    for number, picture in enumerate(content.photographs, start=1):
        shown[f"{number}.jpg"] = small_jpeg(parsing_pool(), pictures[picture.sha256], side_px=PICTURE_SIDE_PX)
        alt = _said(_PHOTOGRAPH, language).format(number=number)
        values["photographs"].append({"file": f"{number}.jpg", "alt": alt})
    values["drawings"] = []
    for number, picture in enumerate(content.drawings, start=1):
        shown[f"drawing-{number}.jpg"] = small_jpeg(parsing_pool(), pictures[picture.sha256], side_px=PICTURE_SIDE_PX)
        alt = _said(_DRAWING, language).format(number=number)
        values["drawings"].append({"file": f"drawing-{number}.jpg", "alt": alt})
    values["evidence"] = None
    if content.evidence:
        shown["evidence.png"] = evidence_picture(content.evidence, pictures, language)
        values["evidence"] = "evidence.png"
    return printed(_TEMPLATE / "notice.typ", values, at=content.issued_at, pictures=shown)


def evidence_picture(evidence: ShownEvidence, pictures: Mapping[str, bytes], language: str) -> bytes:
    """Photograph and registered view side by side with their numbered boxes, as PNG."""
    drawn = draw(
        upright_pixels(parsing_pool(), pictures[evidence.photograph.sha256]),
        upright_pixels(parsing_pool(), pictures[evidence.view.sha256]),
        evidence.regions,
        size_px=EVIDENCE_PX,
        language=language,
        captions=_CAPTIONS,
        font=io.BytesIO((FONT_FOLDER / "Pretendard-Regular.otf").read_bytes()),
    )
    target = io.BytesIO()
    Image.fromarray(drawn).save(target, "PNG")
    return target.getvalue()


def printable(text: str) -> str:
    """Text as it is printed: without control and direction characters, and with places to break long runs."""
    plain = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter)[0] != "C")
    return _RUN.sub("\\1\u200b", plain)


def _values(content: NoticeContent, language: str) -> dict[str, Any]:
    def say(text: Text) -> str:
        return printable(text.in_language(language))

    at = moment_short(content.issued_at, OFFICE_ZONE).in_language(language)
    return {
        "language": language.partition("-")[0],
        "title": say(content.title),
        "office": say(content.office),
        "addressee": printable(_said(_TO, language).format(name=content.party_name)),
        "lead": [say(words) for words in content.lead],
        "facts": [{"label": say(fact.label), "value": say(fact.value)} for fact in content.facts],
        "sections": [
            {
                "title": say(section.title),
                "paragraphs": [say(words) for words in section.paragraphs],
                "items": [say(words) for words in section.items],
            }
            for section in (*content.sections, *((content.appeal,) if content.appeal else ()))
        ],
        "document": printable(_said(_DOCUMENT, language).format(number=content.document_number))
        if content.document_number
        else "",
        "sender": say(content.sender) if content.sender else "",
        "contact": [{"label": say(fact.label), "value": say(fact.value)} for fact in content.contact],
        "drawings_title": _said(_DRAWINGS, language),
        "footer": printable(_said(_FOOTER, language).format(number=content.case_number, at=at)),
        "source": say(content.source),
        "square_alt": content.address,
        "square_words": _said(_SQUARE, language),
        "evidence_title": _said(_EVIDENCE, language),
        "evidence_words": _said(_EVIDENCE_WORDS, language),
        "evidence_alt": _said(_EVIDENCE, language),
        "photographs_title": _said(_PHOTOGRAPHS, language),
    }


def _said(text: Text, language: str) -> str:
    return text.in_language(language)
