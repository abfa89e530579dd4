"""How a word mark is written: letters only, and what the eye sees of them.

Goods and cameras change letters (0/O, l/1/I, rn/m; Cyrillic and Greek look-alikes). Hangul is taken apart into jamo, so
that one wrong stroke costs one jamo and not one syllable. How a mark is called: `pronunciation`.
"""

from __future__ import annotations

import re
import unicodedata

_REGISTERED_SIGNS = re.compile("[®™©℠]")
_NOT_LETTER = re.compile(r"[\W_]+")
_NOT_DRAWN = re.compile(r"[^\w$@|!]+|_")
_LOOK_ALIKE = str.maketrans(
    "01|!iı58$@" + "авекмнорстухіјѕԁһӏ" + "αβεζηικμνορτυχω",
    "olllllsbsa" + "abekmhopctyxljsdhl" + "abezhlkmnoptyxw",
)
_LEAD_JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆ-ㅈㅉㅊㅋㅌㅍㅎ"
_TAIL_JAMO = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def plain(text: str) -> str:
    """Letters and digits only, NFKC, case folded; ® and ™ drop out. `plain("Nike® Air")` is `"nikeair"`."""
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", _REGISTERED_SIGNS.sub("", text)).casefold())


def look(text: str) -> str:
    """The skeleton of what the eye sees: equal for spellings that are drawn alike; empty where no letter remains."""
    kept = _NOT_DRAWN.sub("", unicodedata.normalize("NFKC", _REGISTERED_SIGNS.sub("", text)).casefold())
    letters = (_jamo(letter) for letter in unicodedata.normalize("NFD", kept) if not unicodedata.combining(letter))
    return "".join(letters).translate(_LOOK_ALIKE).replace("rn", "m").replace("vv", "w")


def _jamo(letter: str) -> str:
    """Leading and closing consonants as one alphabet, the silent leading ㅇ left out; other letters as they are."""
    point = ord(letter)
    if 0x1100 <= point <= 0x1112:
        return _LEAD_JAMO[point - 0x1100].replace("-", "")
    if 0x11A8 <= point <= 0x11C2:
        return _TAIL_JAMO[point - 0x11A8]
    return letter


def edit_distance(left: str, right: str) -> int:
    """Levenshtein distance, bit-parallel. Source: Hyyrö 2003, after Myers 1999."""
    if not left or not right:
        return len(left) + len(right)
    positions: dict[str, int] = {}
    for place, character in enumerate(left):
        positions[character] = positions.get(character, 0) | (1 << place)
    last, mask = 1 << (len(left) - 1), (1 << len(left)) - 1
    plus, minus, distance = mask, 0, len(left)
    for character in right:
        equal = positions.get(character, 0)
        diagonal = (((equal & plus) + plus) ^ plus) | equal | minus
        up, down = minus | (~(diagonal | plus) & mask), plus & diagonal
        distance += bool(up & last) - bool(down & last)
        up = ((up << 1) | 1) & mask
        plus, minus = ((down << 1) & mask) | (~(diagonal | up) & mask), up & diagonal
    return distance
