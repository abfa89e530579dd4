"""Word marks by calling and letters. Every name here is invented."""

from __future__ import annotations

import pytest

from pandok.readers.designs.pronunciation import called_alike, sounds
from pandok.readers.designs.word_marks import WordMarkIndex

CROWD = ["TANOVEK", "비로단", "Quissel", "하늘마루", "PELTRONA", "오디세트", "Grendib", "소담채", "MIRKUT", "누리터"]
PAIRS = [
    ("루모라", "LUMORA"),
    ("카이렌", "Kyren"),
    ("블루밍고", "Bloomingo"),
    ("바르텔", "Vartel"),
    ("젤로비", "Zelovi"),
    ("스트렌톤", "Strenton"),
    ("라이트닉", "Lightnic"),
    ("베노라", "배노라"),
    ("갈토마", "칼토마"),
    ("Fenocla", "Phenokla"),
]


@pytest.mark.parametrize(("hangul", "latin"), PAIRS)
def test_each_is_found_by_the_other(hangul: str, latin: str) -> None:
    for asked, wanted in ((hangul, latin), (latin, hangul)):
        found = WordMarkIndex([*CROWD, wanted]).match([asked])
        assert found, asked
        assert (found[0].row, found[0].why) == (len(CROWD), "sound")


@pytest.mark.parametrize("damaged", ["LUM0RA", "L U M O R A", "lumora®", "LUMORRA", "LUНORA"])
def test_what_a_camera_does_to_letters(damaged: str) -> None:
    assert WordMarkIndex([*CROWD, "LUMORA"]).match([damaged])[0].row == len(CROWD)


def test_the_same_spelling_comes_first_and_says_so() -> None:
    found = WordMarkIndex(["루모라", "LUMORA", "Lumorra"]).match(["lumora"])
    assert [(one.row, one.why) for one in found] == [(1, "same"), (0, "sound"), (2, "sound")]
    assert found[0].score == 1.0 > found[1].score


def test_a_mark_among_other_words_and_over_two_lines() -> None:
    index = WordMarkIndex([*CROWD, "LUMORA", "NOVI TERRA"])
    found = {index.marks[one.row]: one for one in index.match(["MADE IN X", "루모라 정품", "NOVI", "TERRA"])}
    assert found["LUMORA"].read == "루모라"
    assert found["LUMORA"].line == 1
    assert found["NOVI TERRA"].why == "same"


@pytest.mark.parametrize("text", ["", "!!!", "\x00", "7", "ㅁ", "가" * 5000, "é" * 300, "\ud800"])
def test_odd_texts_find_nothing_and_break_nothing(text: str) -> None:
    assert WordMarkIndex(CROWD).match([text]) == []
    assert WordMarkIndex([text, "LUMORA"]).match(["LUMORA"])[0].row == 1
    assert WordMarkIndex([]).match([text]) == []


def test_what_is_called_otherwise_is_far() -> None:
    assert called_alike(sounds("루모라")[0], sounds("PELTRONA")[0]) < 0.6
    assert WordMarkIndex(CROWD).match(["ZUBIKFANG"]) == []
