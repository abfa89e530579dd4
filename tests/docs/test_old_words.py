"""Words that officers do not say stand nowhere: on no page, in no notice, sentence of the API, command or document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = {".py", ".po", ".json", ".html", ".js", ".md", ".toml", ".typ", ".txt"}
OLD = {
    "유력": "유사 가능성 높음",
    "가까운 것": "유사 디자인 없음",
    "가까운 등록디자인": "유사한 등록디자인",
    r"(?<!내 )차례": "처리 대기",
    "마지막 날": "회신 기한",
    "열지 않음": "미열람",
    "법령 판": "적용 법령",
    "[가-힣]됨\\b": "완료",
    "기다림": "대기",
    "이 당사자로": "수입자로 지정",
    "암호(?!화|문)": "비밀번호",
    "되먹임": "피드백",
    "까닭": "사유",
    "과제의 주인": "과제 책임기관",
    "눈금": "점수 공개 단위",
    "골라 알려 드": "세관공무원이 확인하여 알려 드립니다",
    "통관장로": "통관장으로",
    r"\{[a-z]+\}(으로|로|은|는|이|가|을|를)(?=[ .])": "{name:으로}, which fits the word",
    "순위만 매깁니다": "본 시스템은 유사 후보만 제시합니다",
    "15분 동안 쉽": "15분간 잠깁니다",
    "영업일로": "7영업일 남았습니다",
    "견주": "비교",
    "판독 목록": "판독 기록",
    "상위 [0-9{].{0,4}개 안": "1순위 적중률",
    "등록부의 권리자와 같음": "nothing",
}


def _texts() -> list[Path]:
    found = [ROOT / "README.ko.md", ROOT / "README.md", *(ROOT / "docs").rglob("*"), *(ROOT / "src").rglob("*")]
    return [path for path in found if path.suffix in KINDS and "vendor" not in path.parts]


SENTENCES = [
    (path.relative_to(ROOT).as_posix(), line)
    for path in _texts()
    for line in path.read_text(encoding="utf-8").splitlines()
    if re.search("[가-힣]", line)
]


@pytest.mark.parametrize("old", OLD)
def test_an_old_word_stands_nowhere(old: str) -> None:
    only_notices = old.startswith(r"\{")
    found = [
        f"{place}: {line.strip()[:120]}"
        for place, line in SENTENCES
        if re.search(old, line) and (not only_notices or "/wording/" in place)
    ]
    assert found == [], f"say instead: {OLD[old]}"


def test_the_sentences_of_the_whole_product_are_looked_at() -> None:
    assert len({place for place, _ in SENTENCES}) > 150
