"""Whole columns: a heading that says what it holds, or cells of which most have one form, decide for all of them.

Without that, a number whose form is unusual would stay behind among its masked neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pandok.core.lab.personal_data import PersonalKind, Sureness
from pandok.engines.personal_data.korean_names import looks_like_korean_name, looks_like_name
from pandok.engines.personal_data.patterns import spans

MOST_CELLS_LOOKED_AT = 5000
_K = PersonalKind
_HINTS: tuple[tuple[PersonalKind, str], ...] = (
    (_K.RESIDENT_NUMBER, r"주민(등록)?번호|주민번호|rrn|resident(registration)?(no|num|number|id)|ssn|생년월일주민"),
    (_K.FOREIGNER_NUMBER, r"외국인(등록)?번호|alien(registration)?(no|num|number)|foreigner(no|num|number)"),
    (_K.PASSPORT, r"여권(번호)?|passport(no|num|number|id)?"),
    (_K.DRIVER_LICENCE, r"(운전)?면허(번호)?|drivers?licen[cs]e(no|num|number)?"),
    (_K.PHONE, r".*(전화|휴대폰|핸드폰|연락처)(번호)?|.*(phone|mobile|tel|cell)(no|num|number)?"),
    (_K.EMAIL, r".*(이메일|전자우편|전자메일)(주소)?|.*e?mail(address|addr)?"),
    (_K.CARD, r".*카드번호|.*card(no|num|number)"),
    (_K.ACCOUNT, r".*계좌(번호)?|.*(bank)?account(no|num|number)|iban"),
    (
        _K.ADDRESS,
        r".*(주소|거주지|배송지)(지)?[12]?|.*(street|home|postal|mailing|delivery)address|address[12]?|addr[12]?",
    ),
    (_K.PLATE, r"차량(등록)?번호|(licen[cs]e)?plate(no|num|number)?|vehicle(no|num|number)"),
    (
        _K.NAME,
        r"성명|이름|성함|.*(고객|회원|신고인|수하인|수취인|송하인|담당자|대표자|작성자|보호자|환자)(명|이름|성명)?"
        r"|(full|first|last|given|family|customer|person|contact|patient|member|employee|officer|sender|recipient)names?"
        r"|name",
    ),
)
_NEEDS_A_LOOK = {PersonalKind.NAME, PersonalKind.ADDRESS, PersonalKind.ACCOUNT}
"""Their headings also stand over other things; the cells must agree."""


@dataclass(frozen=True, slots=True)
class ColumnDecision:
    kind: PersonalKind
    sureness: Sureness


def decide(heading: str, cells: Sequence[str]) -> ColumnDecision | None:
    """What the whole column is, or None: then single cells are looked at one by one."""
    filled = [cell for cell in cells if cell.strip()]
    looked = filled[:: max(1, len(filled) // MOST_CELLS_LOOKED_AT)]
    if not looked:
        return None
    hinted = _hinted(heading)
    found: Counter[tuple[PersonalKind, Sureness]] = Counter()
    for cell in looked:
        whole = [one for one in spans(cell) if one.end - one.start >= 0.8 * len(cell.strip())]
        if whole:
            found[(whole[0].kind, whole[0].sureness)] += 1
    if hinted is not None and _agrees(hinted, looked):
        return ColumnDecision(hinted, Sureness.HINT)
    for kind in {kind for kind, _ in found}:
        count = sum(number for (one, _), number in found.items() if one is kind)
        if count >= 0.5 * len(looked):
            checked = found[(kind, Sureness.CHECKED)] >= 0.5 * count
            return ColumnDecision(kind, Sureness.CHECKED if checked else Sureness.FORM)
    if len(looked) >= 20 and sum(looks_like_korean_name(cell) for cell in looked) >= 0.9 * len(looked):
        return ColumnDecision(PersonalKind.NAME, Sureness.FORM)
    return None


def _hinted(heading: str) -> PersonalKind | None:
    plain = re.sub(r"[\s_\-./()]+", "", heading).lower()
    for kind, pattern in _HINTS:
        if re.fullmatch(pattern, plain):
            return kind
    return None


def _agrees(kind: PersonalKind, looked: Sequence[str]) -> bool:
    if kind not in _NEEDS_A_LOOK:
        return True
    if kind is PersonalKind.NAME:
        return sum(looks_like_name(cell) for cell in looked) >= 0.5 * len(looked)
    if kind is PersonalKind.ACCOUNT:
        return sum(bool(re.fullmatch(r"[\d\s-]{8,24}", cell.strip())) for cell in looked) >= 0.5 * len(looked)
    return sum(" " in cell.strip() and bool(re.search(r"\d", cell)) for cell in looked) >= 0.5 * len(looked)
