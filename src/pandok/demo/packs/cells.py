"""The cell pack: may this cell of a record be handed out, or does something personal stand in it?

Records of patients are public nowhere, and rightly. The sentences are written here, in three sets of which each part
has one; into each are set invented personal values, and values that only look like them and are real: numbers, codes,
days and places of the declarations and of the flood sensors. Nobody is meant: residents' numbers have a check digit
that was never given out, names are joined by chance. The sealed parts write in ways that the public part does not show.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from pandok.demo.packs.declarations import FILES
from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.sentences import SENTENCES
from pandok.demo.packs.source_rows import Readers, moment_of, number_of, source_rows
from pandok.engines.personal_data.checksums import resident_number_holds
from pandok.engines.personal_data.korean_names import SURNAMES

SEED = 20261201
OF_EACH = 20
"""Cells of a sentence: every other one personal."""
REAL_ROWS = 400
GIVEN = "민서준도윤예은지우하현수영진성미경희철동건태선주연아라"
STREETS = ("무등로", "설죽로", "하서로", "북문대로", "용봉로", "우치로", "일곡로", "서림로")
TODAYS_RULE = re.compile(r"\d{6}-\d{7}|01\d-\d{3,4}-\d{4}|@")
"""What is searched for by hand: a resident's number and a telephone with hyphens, an e-mail address."""
Rng = np.random.Generator


@dataclass(frozen=True)
class Cell:
    case_id: str
    part: str
    sentence: str
    text: str
    personal: bool
    kind: str


def build_cells(folder: Path, data: Path) -> None:
    with writing(folder, "personal-cells", ("kind",)) as pack:
        for cell in cells(real_values(data)):
            pack.query(
                cell.case_id,
                cell.part,
                truth=str(int(cell.personal)),
                practice=str(int(TODAYS_RULE.search(cell.text) is not None)),
                cluster=cell.sentence,
                path=pack.file(f"{cell.case_id}.txt", cell.text.encode()),
                cells={"kind": cell.kind},
            )


def cells(real: list[str]) -> Iterator[Cell]:
    rng = np.random.default_rng(SEED)
    number = 0
    for part, sentences in SENTENCES.items():
        for at, sentence in enumerate(sentences):
            for turn in range(OF_EACH):
                makers = MAKERS[part]
                kind = list(makers)[(at + turn // 2) % len(makers)]
                personal = turn % 2 == 0
                value = makers[kind](rng) if personal else real[int(rng.integers(len(real)))]
                text = sentence.replace("{}", value)
                case_id = "c" + hashlib.sha256(f"{number}|{text}".encode()).hexdigest()[:14]
                yield Cell(case_id, part, f"{part}-{at:02d}", text, personal, kind if personal else "real")
                number += 1


def real_values(data: Path) -> list[str]:
    """What stands in public tables and is no person's, as it is printed there."""
    lines = source_rows(
        data / "customs_declaration" / FILES[0],
        {"Declaration ID": str, "Date": str, "HS6 Code": str, "Importer ID": str, "Net Mass": str, "Item Price": str},
    )
    of_floods: Readers = {"sensor_id": str, "flood_start_time": _day, "max_depth_inches": _deep}
    floods = source_rows(data / "floodnet_nyc" / "flood-events.csv", of_floods)
    found = [value for row in islice(lines, REAL_ROWS) for value in row.values() if value]
    return found + [value for row in islice(floods, REAL_ROWS) for value in row.values()]


def _day(cell: str) -> str:
    return f"{moment_of(cell):%Y-%m-%d %H:%M}"


def _deep(cell: str) -> str:
    return f"{number_of(cell):g} in"


def _digits(rng: Rng, count: int) -> str:
    return "".join(str(int(one)) for one in rng.integers(0, 10, count))


def _resident(rng: Rng, between: str) -> str:
    while True:
        day = f"{int(rng.integers(40, 99))}{int(rng.integers(1, 13)):02d}{int(rng.integers(1, 29)):02d}"
        found = f"{day}{int(rng.integers(1, 3))}{_digits(rng, 6)}"
        if not resident_number_holds(found):
            return f"{found[:6]}{between}{found[6:]}"


def _name(rng: Rng) -> str:
    surnames: list[str] = [one for one in SURNAMES if len(one) == 1]
    return surnames[int(rng.integers(len(surnames)))] + "".join(
        GIVEN[int(one)] for one in rng.integers(0, len(GIVEN), 2)
    )


def _phone(rng: Rng, between: str, begins: str = "010") -> str:
    return between.join((begins, _digits(rng, 4), _digits(rng, 4)))


def _street(rng: Rng) -> str:
    return f"{STREETS[int(rng.integers(len(STREETS)))]} {int(rng.integers(1, 300))}"


def _mail(rng: Rng) -> str:
    return f"user{_digits(rng, 3)}@mail.example.kr"


Makers = dict[str, Callable[[Rng], str]]
MAKERS: dict[str, Makers] = {
    "public": {
        "resident": lambda rng: _resident(rng, "-"),
        "phone": lambda rng: _phone(rng, "-"),
        "mail": _mail,
        "name": lambda rng: f"{_name(rng)} 님",
        "street": _street,
    },
    "feedback": {
        "resident": lambda rng: _resident(rng, ""),
        "phone": lambda rng: _phone(rng, "."),
        "mail": _mail,
        "name": lambda rng: f"{_name(rng)} 씨",
        "street": lambda rng: f"광주 북구 {_street(rng)}",
    },
    "confirm": {
        "resident": lambda rng: _resident(rng, " "),
        "phone": lambda rng: _phone(rng, " ", "+82 10"),
        "mail": _mail,
        "name": lambda rng: f"{_name(rng)}님",
        "street": lambda rng: f"북구 {_street(rng)}, {int(rng.integers(101, 1200))}호",
    },
}
