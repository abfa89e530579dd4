"""How a word mark is called: Hangul and Latin brought to one short alphabet of sounds.

Korean offices compare marks first by how they are called (호칭). Sounds confused in calling are one letter here: ㄱ,
ㅋ, ㄲ and g, k, c; ㅐ and ㅔ; ㅗ and ㅓ. The vowel ㅡ that Korean puts between foreign consonants is silent. A Latin
word has two readings: letter by letter, and with the habits of English spelling (silent e, ee, oo, igh).

    sounds("나이키") is ("naiki",), sounds("Nike") is ("nike", "naik")

Sources of the rules: 외래어 표기법 (국립국어원 고시) for what Hangul stands for which foreign sound, and the Revised
Romanization for the way back. Strings in, strings out; nothing here says that two marks are similar in law.
"""

from __future__ import annotations

import re
import unicodedata

VOWELS = frozenset("aeiou")
VOWEL_WEIGHT = 0.5
"""A wrong vowel counts half a wrong consonant: callers hear consonants first."""
_LEADS = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "j", "j", "j", "k", "t", "p", "h")
_MIDDLES = (
    "a",
    "e",
    "a",
    "e",
    "o",
    "e",
    "o",
    "e",
    "o",
    "oa",
    "oe",
    "oe",
    "o",
    "u",
    "uo",
    "ue",
    "ui",
    "u",
    "",
    "i",
    "i",
)
_TAILS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p"),
    *("t", "t", "n", "t", "t", "k", "t", "p", "t"),
)
_ENGLISH = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"igh", "ai"),
        (r"a([bcdfgklmnprstvz])e(?=s?$)", r"ei\1"),
        (r"i([bcdfgklmnprstvz])e(?=s?$)", r"ai\1"),
        (r"([ou])([bcdfgklmnprstvz])e(?=s?$)", r"\1\2"),
        (r"([bcdfgklmnprstvz])e$", r"\1"),
        (r"ee|ea|ey$|ie$", "i"),
        (r"oo", "u"),
        (r"ou|ow", "au"),
        (r"(?<=[bcdfgklmnprstvz])y$", "i"),
        (r"[eiou]r(?=$|[bcdfgklmnpstvz])", "o"),
        (r"ar(?=$|[bcdfgklmnpstvz])", "a"),
    )
)
_LETTERS = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"eo|eu", lambda found: "o" if found[0] == "eo" else ""),
        (r"sch|sh", "s"),
        (r"tch|ch", "j"),
        (r"ck|q(?=u)", "k"),
        (r"c(?=[eiy])", "s"),
        (r"ph", "p"),
        (r"th", "t"),
        (r"wh", "w"),
        (r"ng", "n"),
        (r"x", "ks"),
        (r"[cgq]", "k"),
        (r"[bfv]", "p"),
        (r"d", "t"),
        (r"z", "j"),
        (r"r", "l"),
        (r"w", "u"),
        (r"y(?=[aeiou])", ""),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_NOT_SOUND = re.compile(r"[^a-z]")
_RUN = re.compile(r"[가-힣]+|[a-z]+")


def sounds(text: str) -> tuple[str, ...]:
    """The ways in which a mark is called, at most two, each a string over `aeiou hjklmnpstu`; empty for digits alone.

    >>> sounds("나이키"), sounds("스타"), sounds("Star")
    (('naiki',), ('sta',), ('stal', 'sta'))
    """
    # Letters with signs are taken apart, and what was Hangul is put together again.
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", "".join(one for one in plain if not unicodedata.combining(one) or one >= "ᄀ"))
    runs = _RUN.findall(plain)
    by_letter = "".join(_hangul(run) if run[0] >= "가" else _latin(run) for run in runs)
    as_english = "".join(_hangul(run) if run[0] >= "가" else _latin(_english(run)) for run in runs)
    return tuple(one for one in dict.fromkeys((by_letter, as_english)) if one)


def called_alike(left: str, right: str) -> float:
    """How near two sounds are, 0 to 1: weighted edit distance, vowels at half weight."""
    most = max(_weight(left), _weight(right))
    return 1.0 - _distance(left, right) / most if most else 0.0


def _weight(sound: str) -> float:
    return sum(VOWEL_WEIGHT if one in VOWELS else 1.0 for one in sound)


def _distance(left: str, right: str) -> float:
    """Levenshtein distance in which a vowel costs half; vowel for consonant costs both."""
    costs = [VOWEL_WEIGHT if one in VOWELS else 1.0 for one in right]
    row = [0.0]
    for cost in costs:
        row.append(row[-1] + cost)
    for one in left:
        own = VOWEL_WEIGHT if one in VOWELS else 1.0
        above, row[0] = row[0], row[0] + own
        for place, (other, cost) in enumerate(zip(right, costs, strict=True), 1):
            changed = above + (0.0 if one == other else max(own, cost) if own == cost else own + cost)
            above = row[place]
            row[place] = min(changed, row[place] + own, row[place - 1] + cost)
    return row[-1]


def _hangul(text: str) -> str:
    heard = []
    for letter in text:
        syllable = ord(letter) - 0xAC00
        heard += [_LEADS[syllable // 588], _MIDDLES[syllable % 588 // 28], _TAILS[syllable % 28]]
    return re.sub(r"(.)\1+", r"\1", "".join(heard))


def _english(word: str) -> str:
    for pattern, heard in _ENGLISH:
        word = pattern.sub(heard, word)
    return word


def _latin(word: str) -> str:
    for pattern, heard in _LETTERS:
        word = pattern.sub(heard, word)
    return _NOT_SOUND.sub("", word)
