"""Which word marks of a register are called or written like a text: an index for a million marks.

The calling (호칭) is compared by sounds (`pronunciation`), the outward form (외관) by what the letters look like
(`words.look`). Pairs of neighbouring letters of both choose a shortlist; the shortlist is then compared in full. What
marks mean (관념) is not compared. Scores are 0 to 1 and rank; they judge nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pandok.readers.designs.mark_spelling import edit_distance, look, plain
from pandok.readers.designs.pronunciation import called_alike, sounds

SHORTLIST = 48
LEAST_SCORE = 0.62
LONGEST_TEXT = 80
MOST_WINDOWS = 24
_WORDS_TOGETHER = 3
_BUCKETS = 1 << 16
_SOUND_SHARE = 0.97
"""The same calling in another spelling comes behind the same spelling."""

Why = Literal["same", "sound", "letters"]


@dataclass(frozen=True, slots=True)
class WordMatch:
    """`row` of the mark in the index, `score` 0 to 1, `why` the higher of its two likenesses, `sound` and `letters` the
    likenesses themselves, `line` the index of the text that it is like, `read` the part of that text."""

    row: int
    score: float
    why: Why
    sound: float
    letters: float
    line: int
    read: str


class WordMarkIndex:
    """Inverted index of letter pairs in arrays: about 120 bytes a mark. It may be searched from several threads."""

    def __init__(self, marks: Sequence[str]):
        self.marks = tuple(marks)
        readings = [sounds(mark) for mark in self.marks]
        self._sounds = tuple(readings)
        self._by_sound = _Pairs([one[0] if one else "" for one in readings])
        # The second reading of Latin marks is posted apart: most Hangul marks have none.
        second = [(row, one[1]) for row, one in enumerate(readings) if len(one) > 1]
        self._second_rows = np.array([row for row, _ in second], np.int32)
        self._by_second = _Pairs([sound for _, sound in second])
        self._looks = tuple(look(mark) for mark in self.marks)
        self._by_look = _Pairs(self._looks)

    def __len__(self) -> int:
        return len(self.marks)

    def match(self, lines: Sequence[str], top: int = 10, least: float = LEAST_SCORE) -> list[WordMatch]:
        """The marks most like any of the lines or words of them, best first, each once. Equal scores keep the order
        of the register."""
        best: dict[int, WordMatch] = {}
        for text, line in _windows(lines):
            for found in self._compared(text, line):
                if found.score >= least and (found.row not in best or found.score > best[found.row].score):
                    best[found.row] = found
        return sorted(best.values(), key=lambda one: (-one.score, one.row))[:top]

    def _compared(self, text: str, line: int) -> list[WordMatch]:
        drawn, spelt, called = look(text), plain(text), sounds(text)
        if not drawn:
            return []
        rows = set(self._by_look.nearest(drawn))
        for one in called:
            rows |= set(self._by_sound.nearest(one))
            rows |= {int(self._second_rows[row]) for row in self._by_second.nearest(one)}
        found = []
        for row in rows:
            letters = 1.0 - edit_distance(drawn, self._looks[row]) / max(len(drawn), len(self._looks[row]), 1)
            sound = max((called_alike(one, other) for one in called for other in self._sounds[row]), default=0.0)
            # One consonant is in too many callings to say anything.
            sound *= min(1.0, min((len(one) for one in called), default=0) / 3)
            if spelt and spelt == plain(self.marks[row]):
                found.append(WordMatch(row, 1.0, "same", sound, letters, line, text))
            else:
                score = _SOUND_SHARE * max(sound, letters)
                why: Why = "sound" if sound >= letters else "letters"
                found.append(WordMatch(row, round(score, 4), why, sound, letters, line, text))
        return found


class _Pairs:
    """For every pair of neighbouring letters the rows that have it, as one array of rows and where each pair begins.
    Pairs share 65,536 buckets; a clash only lengthens a shortlist."""

    def __init__(self, keys: Sequence[str]):
        self._count = len(keys)
        text = "".join(f"^{key}$" if key else "" for key in keys)
        letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        lengths = np.array([len(key) + 2 if key else 0 for key in keys], np.int64)
        self._pairs_of_row = np.maximum(lengths - 1, 1).astype(np.float32)
        if len(letters) < 2:
            self._rows, self._starts = np.zeros(0, np.int32), np.zeros(_BUCKETS + 1, np.int64)
            return
        owners = np.repeat(np.arange(len(keys), dtype=np.int32), lengths)
        inside = owners[:-1] == owners[1:]
        buckets = _bucket(letters[:-1], letters[1:])[inside]
        order = np.argsort(buckets, kind="stable")
        self._rows = owners[:-1][inside][order]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(buckets, minlength=_BUCKETS))]).astype(np.int64)

    def nearest(self, key: str) -> list[int]:
        """The rows with the largest share of pairs in common, at most `SHORTLIST`."""
        if not key or not len(self._rows):
            return []
        letters = np.frombuffer(f"^{key}$".encode("utf-32-le"), np.uint32)
        buckets = np.unique(_bucket(letters[:-1], letters[1:]))
        lists = [self._rows[self._starts[one] : self._starts[one + 1]] for one in buckets.tolist()]
        counts = np.bincount(np.concatenate(lists), minlength=self._count)
        rows = np.flatnonzero(counts >= max(1, (len(buckets) + 1) // 3))
        if len(rows) > SHORTLIST:
            dice = 2.0 * counts[rows] / (len(buckets) + self._pairs_of_row[rows])
            rows = rows[np.argpartition(-dice, SHORTLIST - 1)[:SHORTLIST]]
        return [int(row) for row in rows]


def _bucket(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.asarray((left.astype(np.int64) * 31_337 + right.astype(np.int64) * 7) % _BUCKETS, np.int64)


def _windows(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Each line, runs of up to three of its words, and neighbouring lines together; longest first, a limited number."""
    windows: dict[str, int] = {}
    cut = [" ".join(line.split())[:LONGEST_TEXT] for line in lines]
    for index, line in enumerate(cut):
        windows.setdefault(line, index)
    for index, line in enumerate(cut):
        words = line.split()
        for start in range(len(words)):
            for stop in range(start + 1, min(start + _WORDS_TOGETHER, len(words)) + 1):
                windows.setdefault(" ".join(words[start:stop]), index)
    for index in range(len(cut) - 1):
        windows.setdefault(f"{cut[index]} {cut[index + 1]}"[:LONGEST_TEXT], index)
    return [(text, line) for text, line in windows.items() if len(plain(text)) > 1][:MOST_WINDOWS]
