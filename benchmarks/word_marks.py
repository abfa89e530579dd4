"""Is a word mark found by how it is called, and how fast among a million?

    python -m benchmarks.word_marks                       # 100,000 marks for recall, 1,000,000 for time
    python -m benchmarks.word_marks --marks 20000 --speed 0

Invented marks are put together from parts whose Latin and Hangul spellings are written down here by the public rules of
transliteration (외래어 표기법, Revised Romanization), apart from the tables that the product uses. A query is the other
script, a confusable spelling of the same sound, or a text as a camera misreads it. Peers: equality after folding, and
trigrams as PostgreSQL's pg_trgm counts them.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import numpy as np

from benchmarks.machine import RESULTS, write_result
from pandok.readers.designs.mark_spelling import plain
from pandok.readers.designs.word_marks import WordMarkIndex

QUESTION = "Is a word mark found by how it is called, and how fast among a million?"
SEED = 11
OUT = RESULTS / "word_marks.json"
QUERIES = 400
# Hangul, then Latin spellings of the same call: first the plain one, then those that traders like.
PARTS = (
    ("루", "lu", "loo", "ru"), ("모", "mo", "moh"), ("라", "la", "ra"), ("카", "ka", "ca", "cah"), ("이", "i", "y"),
    ("렌", "ren", "len", "wren"), ("베", "be", "veh"), ("노", "no", "noh"), ("텔", "tel", "tell"), ("젤", "zel", "jel"),
    ("비", "vi", "bee", "bi"), ("트", "t", "te"), ("스", "s", "ss"), ("탄", "tan", "than"), ("코", "ko", "co"),
    ("니", "ni", "knee", "ny"), ("브", "v", "b"), ("페", "pe", "feh"), ("로", "ro", "lo", "row"), ("크", "k", "ck"),
    ("마", "ma", "mah"), ("린", "rin", "lynn", "lin"), ("소", "so", "soh"), ("다", "da", "dah"), ("미", "mi", "me"),
    ("셀", "sel", "cell"), ("온", "on", "ohn"), ("시", "si", "see", "ci"), ("타", "ta", "tah"), ("보", "bo", "vo"),
    ("네", "ne", "neh"), ("아", "a", "ah"), ("오", "o", "oh"), ("피", "pi", "fi", "phi"), ("도", "do", "doh"),
    ("그", "g", "gh"), ("살", "sal", "sahl"), ("헤", "he", "heh"), ("주", "ju", "joo", "zu"), ("케", "ke", "keh"),
    ("란", "ran", "lan"), ("디", "di", "dee"), ("무", "mu", "moo"), ("후", "hu", "who"), ("길", "gil", "gill"),
    ("박", "bak", "vak"), ("솜", "som", "sohm"), ("찬", "chan", "tchan"), ("별", "byeol", "byul"), ("해", "hae", "heh"),
)  # fmt: skip
_HANGUL_TWINS = str.maketrans("카코케크베브비보테타트다디도주살헤노", "가고게그페프피포데다드타티토추쌀해너")
_CAMERA = str.maketrans("oilsbe", "0115bc")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--marks", type=int, default=100_000)
    parser.add_argument("--speed", type=int, default=1_000_000)
    arguments = parser.parse_args()
    rng = np.random.default_rng(SEED)
    marks, parts = _register(arguments.marks, rng)
    finders: dict[str, Callable[[str], list[int]]] = {
        "Pandok": _pandok(WordMarkIndex(marks)),
        "trigrams": _trigrams(marks),
        "equal after folding": _equal(marks),
    }
    chosen = rng.choice(len(marks), min(QUERIES, len(marks)), replace=False).tolist()
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for kind, ask in KINDS.items():
        asked = [(row, ask(marks[row], parts[row], np.random.default_rng([SEED, row]))) for row in chosen]
        asked = [(row, text) for row, text in asked if text and text != marks[row]]
        rows[kind] = {name: _recall(find, asked) for name, find in finders.items()}
        print(kind, rows[kind], flush=True)
    measured: dict[str, object] = {"marks": len(marks), "rows": rows}
    if arguments.speed:
        measured["speed"] = _speed(arguments.speed)
        print(measured["speed"], flush=True)
    write_result(OUT, QUESTION, SEED, measured)


Chosen = list[tuple[str, ...]]


def _register(count: int, rng: np.random.Generator) -> tuple[list[str], list[Chosen]]:
    """Different marks of two to five parts, a third in Hangul, the rest in Latin letters with any of the spellings."""
    marks: list[str] = []
    parts: list[Chosen] = []
    seen: set[str] = set()
    while len(marks) < count:
        chosen = [PARTS[int(i)] for i in rng.integers(len(PARTS), size=int(rng.integers(2, 6)))]
        hangul = "".join(part[0] for part in chosen)
        if hangul in seen:
            continue
        seen.add(hangul)
        latin = "".join(str(rng.choice(part[1:])) for part in chosen)
        marks.append(hangul if rng.random() < 1 / 3 else latin.upper() if rng.random() < 0.5 else latin.capitalize())
        parts.append(chosen)
    return marks, parts


def _other_script(mark: str, chosen: Chosen, _rng: np.random.Generator) -> str:
    return "".join(part[1] for part in chosen) if mark[0] >= "가" else "".join(part[0] for part in chosen)


def _other_spelling(mark: str, chosen: Chosen, rng: np.random.Generator) -> str:
    if mark[0] >= "가":
        return mark.translate(_HANGUL_TWINS)
    return "".join(str(rng.choice(part[1:])) for part in chosen)


def _misread(mark: str, _chosen: Chosen, rng: np.random.Generator) -> str:
    if mark[0] >= "가":
        return ""
    place = int(rng.integers(len(mark)))
    text = mark.lower()
    return text[:place] + text[place:].translate(_CAMERA) if rng.random() < 0.5 else text[:place] + text[place + 1 :]


KINDS = {"other script": _other_script, "other spelling, same call": _other_spelling, "misread": _misread}


def _recall(find: Callable[[str], list[int]], asked: list[tuple[int, str]]) -> dict[str, float]:
    found = [(row, find(text)) for row, text in asked]
    count = max(1, len(found))
    return {
        "queries": len(asked),
        "recall_at_1": round(sum(row in rows[:1] for row, rows in found) / count, 4),
        "recall_at_10": round(sum(row in rows[:10] for row, rows in found) / count, 4),
    }


def _pandok(index: WordMarkIndex) -> Callable[[str], list[int]]:
    return lambda text: [one.row for one in index.match([text], 10, 0.0)]


def _equal(marks: list[str]) -> Callable[[str], list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, mark in enumerate(marks):
        rows[plain(mark)].append(row)
    return lambda text: rows.get(plain(text), [])[:10]


def _trigrams(marks: list[str]) -> Callable[[str], list[int]]:
    """Shared trigrams over all, of the folded text with two blanks before and one behind."""
    posted: defaultdict[str, list[int]] = defaultdict(list)
    sizes = np.zeros(len(marks), np.float32)
    for row, mark in enumerate(marks):
        grams = _grams(mark)
        sizes[row] = len(grams)
        for gram in grams:
            posted[gram].append(row)
    lists = {gram: np.array(rows, np.int32) for gram, rows in posted.items()}

    def find(text: str) -> list[int]:
        grams = [gram for gram in _grams(text) if gram in lists]
        if not grams:
            return []
        shared = np.bincount(np.concatenate([lists[gram] for gram in grams]), minlength=len(marks))
        score = shared / (len(_grams(text)) + sizes - shared)
        return [int(row) for row in np.argsort(-score, kind="stable")[:10]]

    return find


def _grams(text: str) -> set[str]:
    padded = f"  {plain(text)} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _speed(count: int) -> dict[str, float]:
    rng = np.random.default_rng(SEED + 1)
    marks, parts = _register(count, rng)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    index = WordMarkIndex(marks)
    built = time.process_time() - started
    times, worked = [], []
    for row in rng.choice(count, 300, replace=False).tolist():
        text = _other_script(marks[row], parts[row], rng)
        started, begun = time.perf_counter(), time.process_time()
        index.match([text])
        times.append(1e3 * (time.perf_counter() - started))
        worked.append(1e3 * (time.process_time() - begun))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "marks": count,
        "build_cpu_s": round(built, 1),
        "memory_mb": round(grown / 1024, 0),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "p95_cpu_ms": round(float(np.percentile(worked, 95)), 1),
    }


if __name__ == "__main__":
    main()
