"""Does a word look like a Korean person's name? By the surnames that 99 of 100 people bear; a form, not a proof."""

from __future__ import annotations

import re

SURNAMES = (
    *("남궁", "황보", "제갈", "선우", "독고", "사공", "서문"),
    *"김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추",
    *"도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용",
)
_NAME = re.compile(rf"(?:{'|'.join(SURNAMES)})[가-힣]{{1,2}}")
_LATIN = re.compile(r"[A-Z][A-Za-z'-]{1,20}(?:,? [A-Z][A-Za-z'-]{0,20}\.?){1,3}")


def looks_like_name(value: str) -> bool:
    """
    >>> looks_like_name("홍길동"), looks_like_name("포장 상자")
    (True, False)
    """
    value = value.strip()
    return bool(_NAME.fullmatch(value) or _LATIN.fullmatch(value))


def looks_like_korean_name(value: str) -> bool:
    return bool(_NAME.fullmatch(value.strip())) and len(value.strip()) >= 3
