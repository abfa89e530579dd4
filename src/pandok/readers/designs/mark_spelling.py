"""Which registered word marks do the lines of text on the goods name? Strings in, ranked marks with scores out.

A mark is compared in three spellings, because goods and cameras change it in three ways:

    plain    what is written: NFKC, case folded, letters and digits only
    look     what it looks like: confusable letters folded (0/O, l/1/I, rn/m, Cyrillic and Greek look-alikes),
             Hangul taken apart into jamo, so that one wrong stroke costs one jamo and not one syllable
    sound    what it sounds like: Hangul and Latin brought to the same few consonant classes (나이키 and nike are "nk")

Scores are 0 to 1, higher is nearer, 1 is the same spelling. They are similarities of strings: neither
probabilities nor an opinion on likelihood of confusion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LETTERS_FOR_CONTAINMENT = 5
"""A mark inside a longer run of letters counts only from this length on ("an" is inside everything)."""
_WINDOW_TOKENS = 4
_SHORTLIST = 16
_LINE_CHARACTERS = 200
_SOUND_WEIGHT = (0.0, 0.0, 0.62, 0.7, 0.8)
"""Largest score by sound alone for 0, 1, 2, 3, 4 and more consonants: two consonants are in too many names."""

_REGISTERED_SIGNS = re.compile("[®™©℠]")
_HANGUL = re.compile("[가-힣]")
_NOT_LETTER = re.compile(r"[\W_]+")
_NOT_DRAWN = re.compile(r"[^\w$@|!]+|_")
_LOOK_ALIKE = str.maketrans(
    "01|!iı58$@" + "авекмнорстухіјѕԁһӏ" + "αβεζηικμνορτυχω",
    "olllllsbsa" + "abekmhopctyxljsdhl" + "abezhlkmnoptyxw",
)
_LOOK_ALIKE_SCRIPTS = {point: letter for point, letter in _LOOK_ALIKE.items() if point > 0x370} | {
    ord(letter): "i" for letter in "іι"
}
"""Greek and Cyrillic by their capitals: marks are mostly written in capitals."""
_LEAD_JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆ-ㅈㅉㅊㅋㅌㅍㅎ"
_TAIL_JAMO = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_LEAD_SOUND = "kknttlmppss-sssktph"
_TAIL_SOUND = "kkknnntlkmlllplmppttnttktpt"
_GLIDE_VOWELS = frozenset({9, 10, 14, 15})
_SOUND_RULES = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"cc(?=[eiy])|c(?=[eiy])|sch|sh|ch|[jz]", "s"),
        (r"ck|[cqg]", "k"),
        (r"ph|[bfv]", "p"),
        (r"th|d", "t"),
        (r"x", "ks"),
        (r"r", "l"),
        (r"(.)\1+", r"\1"),
        (r"[aeiouyh]", ""),
    )
)


def plain(text: str) -> str:
    """Letters and digits only, NFKC, case folded; ® and ™ drop out. `plain("Nike® Air")` is `"nikeair"`."""
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", _REGISTERED_SIGNS.sub("", text)).casefold())


def look(text: str) -> str:
    """The skeleton of what the eye sees: equal for spellings that are drawn alike; empty where no letter remains."""
    kept = _NOT_DRAWN.sub("", unicodedata.normalize("NFKC", _REGISTERED_SIGNS.sub("", text)).casefold())
    letters = (_jamo(letter) for letter in unicodedata.normalize("NFD", kept) if not unicodedata.combining(letter))
    return "".join(letters).translate(_LOOK_ALIKE).replace("rn", "m").replace("vv", "w")


def sound(text: str) -> str:
    """The consonants as they are heard, in few classes: "tts" for 아디다스 and adidas. Empty for digits alone."""
    latin = []
    for letter in plain(text):
        syllable = ord(letter) - 0xAC00
        if 0 <= syllable < 11172:
            lead, vowel, tail = syllable // 588, syllable % 588 // 28, syllable % 28
            latin += [_LEAD_SOUND[lead], "w" if vowel in _GLIDE_VOWELS else "", "a", (" " + _TAIL_SOUND)[tail]]
        elif letter.isalpha():
            latin.append(unicodedata.normalize("NFD", letter)[0].translate(_LOOK_ALIKE_SCRIPTS))
    heard = re.sub("[- ]", "", "".join(latin))
    for pattern, replacement in _SOUND_RULES:
        heard = pattern.sub(replacement, heard)
    return heard


def _jamo(letter: str) -> str:
    """Leading and closing consonants as one alphabet, the silent leading ㅇ left out; other letters as they are."""
    point = ord(letter)
    if 0x1100 <= point <= 0x1112:
        return _LEAD_JAMO[point - 0x1100].replace("-", "")
    if 0x11A8 <= point <= 0x11C2:
        return _TAIL_JAMO[point - 0x11A8]
    return letter


def similarity(read: str, mark: str) -> float:
    """How near a text that was read is to one word mark, 0 to 1."""
    return _score(_Spelling.of(read), _Spelling.of(mark))


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


class WordIndex:
    """Inverted index of letter pairs over word marks, built once for a register.

    Memory about 0.2 kB a mark; a line of text is matched against 100,000 marks in some milliseconds.
    """

    def __init__(self, word_marks: Iterable[str]):
        self.word_marks = tuple(word_marks)
        self._spellings = tuple(_Spelling.of(mark) for mark in self.word_marks)
        self._look = _Postings([spelling.look for spelling in self._spellings])
        self._sound = _Postings([spelling.sound for spelling in self._spellings])

    def match(self, lines: Sequence[str], top: int = 10, minimum: float = 0.6) -> list[tuple[str, float, int]]:
        """`(word mark, score, index of the line)`, best first, at most `top`, each mark once with its best line.

        Parts of a line are tried too ("NIKE AIR" names NIKE), and two lines that follow each other
        ("NEW", "BALANCE"), which count as the first of them. Equal scores keep the longer mark first,
        then the order of the register.
        """
        best: dict[int, tuple[float, int]] = {}
        for window, line in _windows(lines):
            read = _Spelling.of(window)
            for row in self._shortlist(read):
                score = _score(read, self._spellings[row])
                if score >= minimum and score > best.get(row, (0.0, 0))[0]:
                    best[row] = (score, line)
        rows = sorted(best, key=lambda row: (-best[row][0], -len(self._spellings[row].plain), row))
        return [(self.word_marks[row], *best[row]) for row in rows[:top]]

    def _shortlist(self, read: _Spelling) -> set[int]:
        found = set(self._look.nearest(read.look)) | set(self._look.contained(read.look))
        return found | set(self._sound.nearest(read.sound) if len(read.sound) >= 2 else ())


def match_words(
    lines: Sequence[str], word_marks: Sequence[str] | WordIndex, top: int = 10, minimum: float = 0.6
) -> list[tuple[str, float, int]]:
    """`WordIndex.match` for callers with a few marks at hand; a register keeps its `WordIndex`."""
    index = word_marks if isinstance(word_marks, WordIndex) else WordIndex(word_marks)
    return index.match(lines, top, minimum)


@dataclass(frozen=True, slots=True)
class _Spelling:
    plain: str
    look: str
    sound: str
    hangul: bool

    @classmethod
    def of(cls, text: str) -> _Spelling:
        return cls(plain(text), look(text), sound(text), _HANGUL.search(text) is not None)


def _score(read: _Spelling, mark: _Spelling) -> float:
    if not read.look or not mark.look:
        return 0.0
    # Look decides; the plain spelling only keeps "NIKE" before "N1KE".
    by_look = 0.97 * _likeness(read.look, mark.look) + 0.03 * _likeness(read.plain, mark.plain)
    if len(mark.look) >= LETTERS_FOR_CONTAINMENT and mark.look in read.look:
        by_look = max(by_look, 0.7 + 0.25 * len(mark.look) / len(read.look))
    by_sound = 0.0
    if read.hangul != mark.hangul:  # within one script the spelling says more than a sound key can
        weight = _SOUND_WEIGHT[min(len(read.sound), len(mark.sound), len(_SOUND_WEIGHT) - 1)]
        by_sound = weight * _likeness(read.sound, mark.sound)
    return round(max(by_look, by_sound), 6)


def _likeness(left: str, right: str) -> float:
    return 1.0 - edit_distance(left, right) / max(len(left), len(right), 1)


class _Postings:
    """For every pair of letters the rows that have it; word beginnings and ends are pairs too."""

    def __init__(self, keys: Sequence[str]):
        rows: dict[str, list[int]] = {}
        for row, key in enumerate(keys):
            for pair in _pairs(key):
                rows.setdefault(pair, []).append(row)
        self._rows = {pair: np.asarray(found, dtype=np.int32) for pair, found in rows.items()}
        self._pairs_of_row = np.asarray([len(_pairs(key)) for key in keys], dtype=np.int32)

    def shared(self, key: str) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
        """Rows that share a third of the pairs of `key`, how many they share, and the number of pairs of `key`."""
        pairs = _pairs(key)
        lists = [self._rows[pair] for pair in pairs if pair in self._rows]
        if not lists:
            return np.empty(0, np.intp), np.empty(0, np.intp), len(pairs)
        counts = np.bincount(np.concatenate(lists), minlength=len(self._pairs_of_row))
        rows = np.flatnonzero(counts >= max(1, len(pairs) // 3))
        return rows, counts[rows], len(pairs)

    def nearest(self, key: str) -> list[int]:
        """The rows with the largest Dice coefficient."""
        rows, counts, pairs = self.shared(key)
        dice = 2.0 * counts / (pairs + self._pairs_of_row[rows])
        return [int(row) for row in rows[_largest(dice)]]

    def contained(self, key: str) -> list[int]:
        """The longest rows of which all pairs but beginning and end are in `key`."""
        pairs = [pair for pair in _pairs(key) if pair in self._rows]
        if len(key) <= LETTERS_FOR_CONTAINMENT or not pairs:
            return []
        counts = np.bincount(np.concatenate([self._rows[pair] for pair in pairs]), minlength=len(self._pairs_of_row))
        long_enough = self._pairs_of_row > LETTERS_FOR_CONTAINMENT - 2
        rows = np.flatnonzero(long_enough & (counts >= self._pairs_of_row - 2) & (counts > 0))
        return [int(row) for row in rows[_largest(self._pairs_of_row[rows].astype(np.float64))]]


def _pairs(key: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(f"^{key}$"))) if key else frozenset()


def _largest(values: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.argsort(-values, kind="stable")[:_SHORTLIST]


def _windows(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Runs of up to four words of each line, each whole line, and each pair of lines that follow each other."""
    windows: dict[str, int] = {}
    cut = [line[:_LINE_CHARACTERS] for line in lines]
    for index, line in enumerate(cut):
        words = line.split()
        windows.setdefault(line, index)
        for start in range(len(words)):
            for stop in range(start + 1, min(start + _WINDOW_TOKENS, len(words)) + 1):
                windows.setdefault(" ".join(words[start:stop]), index)
    for index in range(len(cut) - 1):
        windows.setdefault(f"{cut[index]} {cut[index + 1]}", index)
    return list(windows.items())
