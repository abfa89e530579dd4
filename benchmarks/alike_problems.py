"""Question: is a problem that somebody else has registered already found, although it was written in other words?

    python -m benchmarks.alike_problems --out benchmarks/results/alike_problems.json

71 pairs of statements in Korean of one sentence each (`benchmarks/problem_pairs.csv`), written for this measurement:
two of one problem in other words, in sixteen fields. Each of the 142 is asked for once; its partner shall be among the
first three of the 141 others (`recall_at_3`). The words are morphemes by Kiwi (kiwipiepy), whose model also says how
alike two morphemes are. Peers in the same run: BM25 (Robertson and Zaragoza 2009) of words as they are written, of
morphemes, and of pairs of syllables. Each twice: alone, and with the field that the form asks for, statements of the
same field first.

Nothing was fitted on the pairs but the choice between the ways listed here. What it does not show: statements by people
who really have the problem, which are longer.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import write_result
from pandok.engines.alike_statements.korean import korean_words
from pandok.engines.alike_statements.meaning import Meanings

PAIRS = Path(__file__).with_name("problem_pairs.csv")
K1, B = 1.2, 0.75
Scores = NDArray[np.float64]


def bm25(statements: Sequence[Sequence[str]]) -> Scores:
    """(asked, known)."""
    counts = [Counter(words) for words in statements]
    lengths = [len(words) for words in statements]
    mean = sum(lengths) / len(lengths)
    holding = Counter(word for one in counts for word in one)
    weight = {word: math.log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for word, n in holding.items()}
    return np.array(
        [
            [
                sum(
                    weight[word] * known[word] * (K1 + 1) / (known[word] + K1 * (1 - B + B * length / mean))
                    for word in asked
                    if word in known
                )
                for known, length in zip(counts, lengths, strict=True)
            ]
            for asked in counts
        ]
    )


def written(statement: str) -> list[str]:
    return re.findall(r"\w+", statement)


def syllables(statement: str) -> list[str]:
    return [word[at : at + 2] for word in written(statement) for at in range(max(1, len(word) - 1))]


def shares(rank_of: Callable[[int], list[int]], count: int) -> dict[str, float]:
    """rank_of: places of the others, most alike first."""
    pairs = count // 2
    ranks = [rank_of(asked).index((asked + pairs) % count) + 1 for asked in range(count)]
    return {
        "recall_at_1": round(float(np.mean([one <= 1 for one in ranks])), 3),
        "recall_at_3": round(float(np.mean([one <= 3 for one in ranks])), 3),
        "mean_reciprocal_rank": round(float(np.mean([1 / one for one in ranks])), 3),
    }


def ranked(scores: Scores) -> Callable[[int], list[int]]:
    def rank_of(asked: int) -> list[int]:
        order = np.argsort(-scores[asked], kind="stable")
        return [int(place) for place in order if place != asked]

    return rank_of


def measured() -> dict[str, Any]:
    with open(PAIRS, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    statements = [row["one"] for row in rows] + [row["other"] for row in rows]
    fields = [row["field"] for row in rows] * 2
    same = np.array([[one == other for other in fields] for one in fields])
    began = perf_counter()
    korean = korean_words()
    load_s = perf_counter() - began
    said = [korean.words(one) for one in statements]
    began = perf_counter()
    meanings = Meanings(said, fields, korean.likeness)
    described_s = perf_counter() - began

    def by_meaning(field_of: Callable[[int], str]) -> Callable[[int], list[int]]:
        def rank_of(asked: int) -> list[int]:
            found = meanings.nearest(said[asked], field_of(asked), count=len(statements), besides=[asked])
            return [one.place for one in found]

        return rank_of

    peers = {
        "BM25 of words as written": bm25([written(one) for one in statements]),
        "BM25 of morphemes": bm25([[word.form for word in one] for one in said]),
        "BM25 of pairs of syllables": bm25([syllables(one) for one in statements]),
    }
    count = len(statements)
    found = {"meaning (Pandok)": {"alone": shares(by_meaning(lambda _asked: ""), count)}}
    found["meaning (Pandok)"]["with field"] = shares(by_meaning(lambda asked: fields[asked]), count)
    for name, scores in peers.items():
        found[name] = {
            "alone": shares(ranked(scores), count),
            "with field": shares(ranked(scores + 1e6 * same), count),
        }
    return {"pairs": len(rows), "methods": found, "load_s": round(load_s, 2), "described_s": round(described_s, 2)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    found = measured()
    if given.out:
        question = "Is a problem that somebody else has registered already found, in other words?"
        write_result(given.out, question, 0, found)
    for name, each in found["methods"].items():
        print(name, each)
    print({name: value for name, value in found.items() if name != "methods"})


if __name__ == "__main__":
    main()
