"""Operations of the register in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "designs": Text(ko="등록디자인", en="Designs"),
}

OPERATIONS: dict[str, tuple[str, str]] = {
    "find_designs": ("번호로 디자인 찾기", ""),
    "get_word_marks": ("발음과 글자로 문자상표 찾기", ""),
    "get_design": ("디자인 한 건과 도면", ""),
}
"""By the operation's id: what it does, and what else is to be known, as in English."""

FIELDS: dict[str, str] = {
    "Registration, application or design number": "등록번호, 출원번호 또는 디자인 번호",
    "As read on goods or heard; Hangul, Latin or both": "물품에서 읽었거나 들은 대로. 한글, 로마자 또는 둘 다",
}
"""What is said of a field, by its English."""
