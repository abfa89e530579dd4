"""Personal data in a line of text, by form and check digit. Spans do not overlap; the surer kind wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pandok.core.lab.personal_data import PersonalKind, Sureness
from pandok.engines.personal_data.checksums import (
    is_foreigner,
    luhn_holds,
    resident_number_has_date,
    resident_number_holds,
)
from pandok.engines.personal_data.korean_names import SURNAMES


@dataclass(frozen=True, slots=True)
class Span:
    kind: PersonalKind
    start: int
    end: int
    sureness: Sureness


Judge = Callable[[re.Match[str]], Sureness | None]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _form(_match: re.Match[str]) -> Sureness:
    return Sureness.FORM


def _resident(foreigner: bool) -> Judge:
    def judge(match: re.Match[str]) -> Sureness | None:
        digits = _digits(match[0])
        if is_foreigner(digits) is not foreigner or not resident_number_has_date(digits):
            return None
        if resident_number_holds(digits):
            return Sureness.CHECKED
        # Later numbers carry no check digit; without the dash thirteen digits may be anything.
        return Sureness.FORM if "-" in match[0] else None

    return judge


def _card(match: re.Match[str]) -> Sureness | None:
    digits = _digits(match[0])
    return Sureness.CHECKED if 14 <= len(digits) <= 19 and luhn_holds(digits) else None


_NUMBER = re.compile(r"\s*[+-]?(?:0|[1-9]\d*)[.,]\d+(?:[eE][+-]?\d+)?\s*")
"""A measured value. Its digits look like a card or a telephone now and then: some 1,770 times in the NAB series."""
_BEFORE = r"(?<![\dA-Za-z-])(?<!\d[.,])"
_BEHIND = r"(?![\dA-Za-z-])(?![.,]\d)"
_RESIDENT = re.compile(rf"{_BEFORE}\d{{6}}\s?[-–]?\s?[0-9]\d{{6}}{_BEHIND}")
_RULES: tuple[tuple[PersonalKind, re.Pattern[str], Judge], ...] = (
    (
        PersonalKind.EMAIL,
        re.compile(
            r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9_])"
        ),
        _form,
    ),
    (PersonalKind.RESIDENT_NUMBER, _RESIDENT, _resident(False)),
    (PersonalKind.FOREIGNER_NUMBER, _RESIDENT, _resident(True)),
    (PersonalKind.CARD, re.compile(rf"{_BEFORE}[34569]\d{{3}}(?:[ -]?\d{{2,6}}){{2,4}}{_BEHIND}"), _card),
    (PersonalKind.DRIVER_LICENCE, re.compile(r"(?<![\d-])(?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}(?![\d-])"), _form),
    (PersonalKind.PASSPORT, re.compile(r"(?<![A-Za-z0-9])[MSRODG](?:\d{8}|\d{3}[A-Z]\d{4})(?![A-Za-z0-9])"), _form),
    (
        PersonalKind.PHONE,
        re.compile(
            rf"{_BEFORE}(?:\+82[-. ]?\(?0?\)?|\(?0)(?:1[016-9]|2|[3-6][1-5]|70|50\d)\)?"
            rf"[-. ]?\d{{3,4}}[-. ]?\d{{4}}{_BEHIND}"
        ),
        _form,
    ),
    (
        PersonalKind.ACCOUNT,
        re.compile(
            r"(?:계좌|은행|입금|농협|신협|account)[^\d\n]{0,20}(?P<value>\d{2,6}(?:-\d{1,8}){1,3}|\d{10,14})", re.I
        ),
        _form,
    ),
    (
        PersonalKind.PLATE,
        re.compile(
            r"(?<!\d)(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)\s?)?"
            r"\d{2,3}\s?"
            r"[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자하허호배]\s?\d{4}(?!\d)"
        ),
        _form,
    ),
    (
        PersonalKind.ADDRESS,
        re.compile(
            r"(?:[가-힣]{2,7}(?:특별시|광역시|자치시|자치도|도|시)\s+)?[가-힣]{1,6}(?:시|군|구)\s+"
            r"(?:[가-힣0-9]{1,10}(?:구|읍|면)\s+)?[가-힣0-9.]{1,12}(?:대로|로|길|동|리|가)\s*\d+(?:-\d+)?(?:번지|호)?"
        ),
        _form,
    ),
    (
        PersonalKind.NAME,
        re.compile(
            rf"(?:성명|이름|신고인|수하인|수취인|담당자|대표자)\s*[:：]?\s*(?P<value>(?:{'|'.join(SURNAMES)})[가-힣]{{1,3}})(?![가-힣])"
        ),
        _form,
    ),
    (
        PersonalKind.NAME,
        re.compile(rf"(?<![가-힣])(?P<value>(?:{'|'.join(SURNAMES)})[가-힣]{{2}})(?=\s?(?:씨|님|귀하)(?![가-힣]))"),
        _form,
    ),
)
KINDS = tuple(dict.fromkeys(kind for kind, _, _ in _RULES))


def spans(text: str) -> list[Span]:
    """In order of place."""
    if _NUMBER.fullmatch(text):
        return []
    taken: list[Span] = []
    for one in _matches(text):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _matches(text: str) -> Iterator[Span]:
    for kind, pattern, judge in _RULES:
        for match in pattern.finditer(text):
            sureness = judge(match)
            if sureness is not None:
                group = "value" if "value" in pattern.groupindex else 0
                yield Span(kind, match.start(group), match.end(group), sureness)
