"""Question: does the report on a data set's quality find personal data that were left in it?

    PANDOK_SHARED=../shared python -m benchmarks.personal_left --out benchmarks/results/personal_left.json

Into each of the five real sets of `benchmarks/data_quality.py` ten values of each kind are planted by a fixed seed,
alone in a cell, in a Korean and in an English sentence; of photographs ten get a position. All values are invented.
Beside them stand ten of each kind of value that only looks like one (`ALIKE`): numbers whose check digit is wrong, part
and order numbers, moments, words that begin like a surname in a row with an address.

`recall`: of planted places the share that is told with its kind; `precision`: of all places that are told the share
that was planted. What a set holds of its own counts as wrongly told, so that precision is a lower bound.

How often nothing is there: the same rules over the Korean sentences of the product, which name nobody.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import polars as pl
from PIL import Image

from benchmarks.data_quality import pictures, tables
from benchmarks.machine import write_result
from pandok.core.lab.personal_data import PersonalKind
from pandok.engines.data_quality.personal_left import personal_columns, personal_in
from pandok.engines.data_quality.violations import FIRST_ROW, read_table
from pandok.engines.personal_data.checksums import luhn_holds, resident_number_holds
from pandok.engines.personal_data.korean_names import SURNAMES
from pandok.engines.personal_data.patterns import spans

SEED, OF_EACH = 20261201, 10
QUESTION = "Does the report on a data set's quality find personal data that were left in it?"
SYLLABLES = "민서준도윤예은지우하현수영진성미경희철동건태선주연아라"
PLATES = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주"
KOREAN, ENGLISH = "현장 확인함, {} 기록", "seen on site: {} (noted)"
Rng = np.random.Generator


def digits(rng: Rng, count: int) -> str:
    return "".join(str(int(one)) for one in rng.integers(0, 10, count))


def one_of(rng: Rng, *values: str) -> str:
    return values[int(rng.integers(len(values)))]


def resident(rng: Rng, *, checked: bool, foreigner: bool = False) -> str:
    since = date(1950, 1, 1) if checked else date(2020, 10, 1)
    while True:
        day = since + timedelta(days=int(rng.integers(0, 18_000 if checked else 1_800)))
        sex = one_of(rng, *("56" if foreigner else "12" if day.year < 2000 else "34"))
        found = f"{day:%y%m%d}{sex}{digits(rng, 6)}"
        if resident_number_holds(found) is checked:
            return found


def dashed(number: str) -> str:
    return f"{number[:6]}-{number[6:]}"


def card(rng: Rng) -> str:
    while not luhn_holds(found := one_of(rng, "4", "5", "35", "9") + digits(rng, 14)) or len(found) != 16:
        pass
    return one_of(rng, found, "-".join(found[at : at + 4] for at in range(0, 16, 4)))


def name(rng: Rng) -> str:
    return one_of(rng, *(one for one in SURNAMES if len(one) == 1)) + "".join(rng.choice(list(SYLLABLES), 2))


def phone(rng: Rng) -> str:
    a, b = digits(rng, 4), digits(rng, 4)
    return one_of(rng, f"010-{a}-{b}", f"010{a}{b}", f"062-{a[:3]}-{b}", f"02) {a[:3]}-{b}", f"+82-10-{a}-{b}")


def address(rng: Rng) -> str:
    place = one_of(
        rng, "광주광역시 북구 무등로", "서울특별시 중구 세종대로", "대전 서구 둔산북로", "경기도 성남시 분당로"
    )
    return f"{place} {int(rng.integers(1, 300))}"


K = PersonalKind
MAKERS: dict[str, tuple[PersonalKind, Callable[[Rng, int], str]]] = {
    "resident number, check digit": (
        K.RESIDENT_NUMBER,
        lambda rng, number: dashed(resident(rng, checked=True)) if number % 2 else resident(rng, checked=True),
    ),
    "resident number since 2020-10": (
        K.RESIDENT_NUMBER,
        lambda rng, number: dashed(resident(rng, checked=False)) if number % 5 else resident(rng, checked=False),
    ),
    "foreigner number": (K.FOREIGNER_NUMBER, lambda rng, _: dashed(resident(rng, checked=True, foreigner=True))),
    "passport": (K.PASSPORT, lambda rng, n: f"M{digits(rng, 8)}" if n % 2 else f"M{digits(rng, 3)}A{digits(rng, 4)}"),
    "driver's licence": (
        K.DRIVER_LICENCE,
        lambda rng, _: f"{int(rng.integers(11, 29))}-{digits(rng, 2)}-{digits(rng, 6)}-{digits(rng, 2)}",
    ),
    "telephone": (K.PHONE, lambda rng, _: phone(rng)),
    "e-mail": (K.EMAIL, lambda rng, _: f"user{digits(rng, 3)}@mail.example.kr"),
    "card": (K.CARD, lambda rng, _: card(rng)),
    "account": (
        K.ACCOUNT,
        lambda rng, number: (
            one_of(rng, "국민은행 ", "농협 ", "계좌번호: ", "account no. ") * (number % 5 > 0)
            + f"{digits(rng, 3)}-{digits(rng, 6)}-{digits(rng, 2)}-{digits(rng, 3)}"
        ),
    ),
    "vehicle plate": (
        K.PLATE,
        lambda rng, n: (
            one_of(rng, "광주 ", "서울", "") * (n % 2)
            + f"{int(rng.integers(10, 400))}{one_of(rng, *PLATES)} {digits(rng, 4)}"
        ),
    ),
    "address": (K.ADDRESS, lambda rng, _: address(rng)),
    "name beside a word": (
        K.NAME,
        lambda rng, n: f"{one_of(rng, '담당자', '성명:', '수취인')} {name(rng)}" if n % 2 else f"{name(rng)} 님",
    ),
}
WORDS = ("주차장", "이동식", "안전모", "전동기", "서랍장", "조명등", "정수기", "고무신", "금속관", "황동판")


def no_card(rng: Rng) -> str:
    while luhn_holds(found := "4" + digits(rng, 15)):
        pass
    return found


ALIKE: tuple[Callable[[Rng, int], str], ...] = (
    lambda rng, _: no_card(rng),
    lambda rng, _: digits(rng, 13),
    lambda rng, _: str(1_600_000_000_000 + int(rng.integers(0, 10**11))),
    lambda rng, _: f"2026{digits(rng, 4)}-{digits(rng, 7)}",
    lambda rng, _: f"{digits(rng, 3)}-{digits(rng, 3)}-{digits(rng, 6)}",
    lambda rng, _: f"978-89-{digits(rng, 4)}-{digits(rng, 3)}-{digits(rng, 1)}",
    lambda rng, _: f"{int(rng.integers(10, 224))}.168.{int(rng.integers(0, 256))}.{int(rng.integers(0, 256))}",
    lambda rng, _: f"6109.{digits(rng, 2)}-{digits(rng, 4)}",
    lambda rng, _: f"A{digits(rng, 8)}",
)
BESIDE, POSITION = "name in a row with an address", "position in a photograph"


def planted_in(table: pl.DataFrame, rng: Rng) -> tuple[pl.DataFrame, dict[str, set[tuple[PersonalKind, str, str]]]]:
    """By what was planted: kind, column and row of each."""
    columns = {one: table[one].to_list() for one in table.columns}
    free = [(one, row) for one in table.columns for row in range(len(table))]
    told: dict[str, set[tuple[PersonalKind, str, str]]] = {}
    places = iter(rng.permutation(len(free)))
    taken: set[tuple[str, int]] = set()

    def place() -> tuple[str, int]:
        while (found := free[int(next(places))]) in taken:
            pass
        taken.add(found)
        return found

    for what, (kind, make) in MAKERS.items():
        told[what] = set()
        for number in range(OF_EACH):
            column, row = place()
            value = make(rng, number)
            columns[column][row] = (value, KOREAN.format(value), ENGLISH.format(value))[number % 3]
            told[what].add((kind, column, str(row + FIRST_ROW)))
    told[BESIDE] = set()
    beside: set[tuple[PersonalKind, str, str]] = set()
    for _ in range(OF_EACH):
        column, row = place()
        other = next(one for one in table.columns if (one, row) not in taken)
        taken.add((other, row))
        columns[column][row], columns[other][row] = name(rng), address(rng)
        told[BESIDE].add((K.NAME, column, str(row + FIRST_ROW)))
        beside.add((K.ADDRESS, other, str(row + FIRST_ROW)))
    for alike in ALIKE:
        for number in range(OF_EACH):
            column, row = place()
            value = alike(rng, number)
            columns[column][row] = (value, KOREAN.format(value), ENGLISH.format(value))[number % 3]
    for word in WORDS:
        column, row = place()
        other = next(one for one in table.columns if (one, row) not in taken)
        taken.add((other, row))
        columns[column][row], columns[other][row] = word, address(rng)
        beside.add((K.ADDRESS, other, str(row + FIRST_ROW)))
    told["address"] |= beside
    return pl.DataFrame(columns, schema=table.schema), told


def with_positions(folder: Path, paths: list[str], work: Path, rng: Rng) -> tuple[dict[str, Path], set[str]]:
    """Fifty photographs, of which ten get a position."""
    chosen = sorted({paths[int(one)] for one in rng.choice(len(paths), 60, replace=False)})[:50]
    files, planted = {}, set()
    for number, path in enumerate(chosen):
        copy = work / f"{number:03}{Path(path).suffix}"
        if number < OF_EACH:
            with Image.open(folder / path) as image:
                exif = image.getexif()
                exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 9.0, 33.0), 3: "E", 4: (126.0, 51.0, 5.0)})
                image.convert("RGB").save(copy, format="JPEG", exif=exif)
            planted.add(copy.name)
        else:
            shutil.copyfile(folder / path, copy)
        files[copy.name] = copy
    return files, planted


def of_set(table: pl.DataFrame, rng: Rng, folder: Path | None, paths: list[str]) -> dict[str, Any]:
    own = places_of(table, {})
    changed, planted = planted_in(table, rng)
    began = process_time()
    with tempfile.TemporaryDirectory() as work:
        files: dict[str, Path] = {}
        if folder is not None:
            files, pictured = with_positions(folder, paths, Path(work), rng)
            planted[POSITION] = {(K.METADATA, "", one) for one in pictured}
        began = process_time()
        found = places_of(changed, files)
        seconds = process_time() - began
    every = set().union(*planted.values())
    return {
        "rows": len(table),
        "planted": len(every),
        "recall": round(len(found & every) / len(every), 3),
        "precision": round(len(found & every) / len(found), 3),
        "recall_by_kind": {what: round(len(found & some) / len(some), 2) for what, some in planted.items()},
        "told_besides": dict(Counter(kind.value for kind, _, _ in found - every).most_common()),
        "told_before_anything_was_planted": dict(Counter(kind.value for kind, _, _ in own).most_common()),
        "processor_s": round(seconds, 1),
    }


def places_of(table: pl.DataFrame, files: dict[str, Path]) -> set[tuple[PersonalKind, str, str]]:
    """All of them: what the report lists ends after fifty of a kind in a column."""
    columns = personal_columns(table)
    told = personal_in(table, files, lambda name: files[name].read_bytes(), columns, most_listed=10**9)
    return {(one.kind, one.column, place) for one in told.found for place, _ in one.examples}


def in_korean_sentences() -> dict[str, Any]:
    catalogue = Path(__file__).parent.parent / "src/pandok/web/locale/ko/LC_MESSAGES/django.po"
    sentences = re.findall(r'^msgstr(?:\[0\])? "(.+)"$', catalogue.read_text(encoding="utf-8"), re.M)
    told = Counter(one.kind.value for sentence in sentences for one in spans(sentence))
    return {"sentences": len(sentences), "told": dict(told)}


def measured(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for set_name, limit in (("designs-produce", None), ("designs-packages", None), ("photos-clothing", 1500)):
        folder, rows = pictures(shared, set_name, limit)
        schema = {"path": pl.String, "label": pl.String, "split": pl.String}
        table = pl.DataFrame(rows, schema=schema, orient="row")
        told[set_name] = of_set(table, np.random.default_rng(SEED), folder, [path for path, *_ in rows])
        print(set_name, told[set_name], flush=True)
    with tempfile.TemporaryDirectory() as work:
        for set_name, (path, _) in tables(shared, Path(work)).items():
            told[set_name] = of_set(read_table(path), np.random.default_rng(SEED), None, [])
            print(set_name, told[set_name], flush=True)
    return told


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    found = measured(given.shared)
    nothing_there = in_korean_sentences()
    print(nothing_there)
    if given.out:
        write_result(given.out, QUESTION, SEED, {"sets": found, "korean_sentences": nothing_there})


if __name__ == "__main__":
    main()
