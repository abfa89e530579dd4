"""What is declared of goods: number of the parcel or B/L, name of the item, HS code, value, quantity. Typed once.

Numbers are kept without blanks and hyphens, in capitals, so that the same parcel is found however it was typed.
The HS code is kept as its digits; `shown_hs_code` writes it as the tariff does. Only the form is checked: whether
the tariff knows the code is not asked, because an officer at the belt copies what the papers say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pandok.core.errors import RequestError
from pandok.core.text import Text, counted

LEAST_NUMBER, MOST_NUMBER = 4, 35
"""Characters of a parcel or B/L number; 35 is the room that EDIFACT gives a document number."""

LEAST_HS_DIGITS, MOST_HS_DIGITS = 6, 10
"""Six digits are common to all countries, ten are Korea's."""

MOST_ITEM_NAME = 200
MOST_IMPORTER = 200

MOST_VALUE_DIGITS, MOST_QUANTITY_DIGITS = 12, 7
"""Whole won below a trillion, whole pieces below ten million."""

_SEPARATORS = re.compile(r"[\s\-_./]+")
_NUMBER = re.compile(r"[A-Z0-9]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


class Declaration(BaseModel):
    """What was declared, in one spelling. Everything may be missing."""

    model_config = ConfigDict(frozen=True)

    parcel_number: str = ""
    bl_number: str = ""
    item_name: str = ""
    hs_code: str = ""
    value_krw: str = ""
    """Digits of the declared value in whole won; "" where it is not known."""
    quantity: str = ""
    """Digits of the declared number of pieces."""
    importer: str = ""
    """Who imports, as the officer wrote it: a name of the papers, or a number by which the desk knows the importer."""
    taken_at: datetime | None = None

    def of_case(self) -> dict[str, str]:
        """What a case keeps of it, by name."""
        return {one.name: getattr(self, one.name) for one in OF_CASE}


def declare(*, taken_at: datetime | None = None, **typed: str) -> Declaration:
    """The declaration in one spelling, by the names of `DECLARED`; what is not given is empty. Raises RequestError for
    the first that cannot be meant, TypeError for a name that is not declared."""
    if unknown := set(typed) - {one.name for one in DECLARED}:
        raise TypeError(f"not declared of goods: {', '.join(sorted(unknown))}")
    values = {one.name: one.normal(typed.get(one.name, "")) for one in DECLARED}
    return Declaration(taken_at=taken_at, **values)


def normal_parcel_number(typed: str) -> str:
    """
    >>> normal_parcel_number(" ｒｒ 123-456-785 kr ")
    'RR123456785KR'
    """
    return _number(typed, Text(ko="운송장번호", en="parcel number"), code="request.parcel_number")


def normal_bl_number(typed: str) -> str:
    """The number of a bill of lading or air waybill, in the same spelling as a parcel number."""
    return _number(typed, Text(ko="B/L 번호", en="B/L number"), code="request.bl_number")


def normal_item_name(typed: str) -> str:
    """Blanks joined, control and direction characters taken out; composed, as Korean may come in single letters."""
    name = _one_line(typed)
    if len(name) > MOST_ITEM_NAME:
        raise RequestError(
            Text(
                ko=f"품명이 {len(name)}자입니다. {MOST_ITEM_NAME}자까지 적을 수 있습니다.",
                en=f"The item name has {counted(len(name), 'character')}; there is room for {MOST_ITEM_NAME}.",
            ),
            Text(ko="신고서의 품명만 짧게 적으십시오.", en="Write only the name of the declaration, shortly."),
            code="request.item_name",
        )
    return name


def normal_importer(typed: str) -> str:
    """The name or number as it was written, in the spelling of an item name."""
    name = _one_line(typed)
    if len(name) > MOST_IMPORTER:
        raise RequestError(
            Text(
                ko=f"수입자가 {len(name)}자입니다. {MOST_IMPORTER}자까지 적을 수 있습니다.",
                en=f"The importer has {counted(len(name), 'character')}; there is room for {MOST_IMPORTER}.",
            ),
            Text(ko="서류에 적힌 이름이나 번호만 적으십시오.", en="Write only the name or number of the papers."),
            code="request.importer",
        )
    return name


def normal_hs_code(typed: str) -> str:
    """The digits.

    >>> normal_hs_code("４２０２.92-1000"), normal_hs_code("")
    ('4202921000', '')
    """
    digits = _SEPARATORS.sub("", _plain(typed))
    if digits and not (digits.isascii() and digits.isdigit() and LEAST_HS_DIGITS <= len(digits) <= MOST_HS_DIGITS):
        raise RequestError(
            Text(
                ko="HS 부호는 숫자 6자리에서 10자리입니다.",
                en="An HS code has 6 to 10 digits.",
            ),
            Text(
                ko="예: 4202.92-1000. 모르면 비워 두십시오.",
                en="For example 4202.92-1000. Leave it empty where it is not known.",
            ),
            code="request.hs_code",
        )
    return digits


def normal_value(typed: str) -> str:
    """
    >>> normal_value("₩ １,250,000 원"), normal_value("")
    ('1250000', '')
    """
    return _count(typed, "원₩", MOST_VALUE_DIGITS, Text(ko="신고 가격", en="declared value"), code="request.value_krw")


def normal_quantity(typed: str) -> str:
    """
    >>> normal_quantity("1,200 개")
    '1200'
    """
    return _count(typed, "개", MOST_QUANTITY_DIGITS, Text(ko="수량", en="quantity"), code="request.quantity")


def shown_count(digits: str) -> str:
    """
    >>> shown_count("1250000"), shown_count("")
    ('1,250,000', '')
    """
    return f"{int(digits):,}" if digits.isascii() and digits.isdigit() else digits


def _count(typed: str, unit: str, most: int, name: Text, *, code: str) -> str:
    digits = re.sub(rf"[\s,{unit}]", "", _plain(typed)).lstrip("0")
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= most):
        raise RequestError(
            Text(ko=f"{name.ko}은 숫자 {most}자리까지입니다.", en=f"The {name.en} has at most {most} digits."),
            Text(ko="숫자만 적거나, 모르면 비워 두십시오.", en="Write digits only, or leave it empty."),
            code=code,
        )
    return digits


def shown_hs_code(digits: str) -> str:
    """As the tariff writes it.

    >>> shown_hs_code("4202921000"), shown_hs_code("420292"), shown_hs_code("")
    ('4202.92-1000', '4202.92', '')
    """
    head, middle, tail = digits[:4], digits[4:6], digits[6:]
    return head + (f".{middle}" if middle else "") + (f"-{tail}" if tail else "")


def _number(typed: str, name: Text, *, code: str) -> str:
    number = _SEPARATORS.sub("", _plain(typed)).upper()
    if number and not (_NUMBER.fullmatch(number) and LEAST_NUMBER <= len(number) <= MOST_NUMBER):
        raise RequestError(
            Text(
                ko=f"{name.ko}는 영문자와 숫자 {LEAST_NUMBER}자에서 {MOST_NUMBER}자입니다.",
                en=f"A {name.en} has {LEAST_NUMBER} to {MOST_NUMBER} letters and digits.",
            ),
            Text(
                ko="송장의 번호를 확인하거나, 모르면 비워 두십시오.",
                en="Look at the label again, or leave it empty where it is not known.",
            ),
            code=code,
        )
    return number


def _plain(typed: str) -> str:
    """Full-width letters and digits as ASCII, every dash as a hyphen, nothing invisible."""
    narrow = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    return "".join(letter for letter in narrow if letter.isspace() or unicodedata.category(letter)[0] != "C").strip()


def _one_line(typed: str) -> str:
    composed = unicodedata.normalize("NFC", typed)
    return " ".join("".join(one if one.isprintable() else " " for one in composed if not _directs(one)).split())


def _directs(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Co", "Cs")


@dataclass(frozen=True)
class Declared:
    """One thing that is declared of goods: forms, lists, search, export, history, audit trail and API are made from it.

    `typed_most`: characters that are taken, with blanks and hyphens as on labels. `looks`: "number" of a paper, which
    may be scanned; "hs" code; "count" in digits; "text". `about`: for programs. `of_case`: kept with the case. `open`:
    every party may see it, not customs and the importer alone. `searched`: free text search finds it.
    """

    name: str
    words: Text
    typed_most: int
    normal: Callable[[str], str]
    looks: Literal["number", "hs", "count", "text"] = "text"
    shown: Callable[[str], str] = str
    about: str = ""
    of_case: bool = True
    open: bool = False
    searched: bool = True
    asked: Text | None = None
    """How the capture page asks for it; None: by its words."""


DECLARED: tuple[Declared, ...] = (
    Declared(
        "item_name",
        Text(ko="품명", en="Item"),
        2 * MOST_ITEM_NAME,
        normal_item_name,
        open=True,
        asked=Text(ko="신고 품명", en="Declared item name"),
    ),
    Declared("hs_code", Text(ko="HS 부호", en="HS code"), 30, normal_hs_code, looks="hs", shown=shown_hs_code),
    Declared("parcel_number", Text(ko="운송장번호", en="Parcel number"), 80, normal_parcel_number, looks="number"),
    Declared("bl_number", Text(ko="B/L 번호", en="B/L number"), 80, normal_bl_number, looks="number"),
    Declared(
        "value_krw",
        Text(ko="신고 가격(원)", en="Declared value (KRW)"),
        40,
        normal_value,
        looks="count",
        shown=shown_count,
        about="Declared value in whole won",
        searched=False,
    ),
    Declared(
        "quantity",
        Text(ko="수량(개)", en="Quantity (pieces)"),
        40,
        normal_quantity,
        looks="count",
        shown=shown_count,
        about="Declared number of pieces",
        searched=False,
    ),
    Declared(
        "importer",
        Text(ko="수입자", en="Importer"),
        2 * MOST_IMPORTER,
        normal_importer,
        about="Name or number of the importer, as on the papers",
        of_case=False,
        asked=Text(ko="수입자(이름 또는 번호)", en="Importer (name or number)"),
    ),
)
OF_CASE = tuple(one for one in DECLARED if one.of_case)
"""What a case keeps, under these names."""
