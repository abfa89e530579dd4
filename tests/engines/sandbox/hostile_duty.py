"""A child that answers with malice. The first byte of what it is given to load chooses how."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable

from pandok.engines.sandbox.inside.task import Task
from pandok.engines.sandbox.protocol import wire
from pandok.engines.sandbox.protocol.frames import FRAME

_FINE = [["y", "float32", [1, 4]]]


def _one(name: str, element_type: str, shape: tuple[int, ...], begin: int) -> bytes:
    return wire.pack([wire.Place(name, element_type, shape, begin)])


def _not_finite(task: Task) -> tuple[bytes, bytes]:
    place = wire.Place("y", "float32", (1, 4), task.middle)
    wire.view(memoryview(task.shared), place)[...] = float("nan")
    return b"O", wire.pack([place])


ANSWERS: dict[str, Callable[[Task], tuple[bytes, bytes]]] = {
    "another name": lambda task: (b"O", _one("z", "float32", (1, 4), task.middle)),
    "another type": lambda task: (b"O", _one("y", "float64", (1, 4), task.middle)),
    "another shape": lambda task: (b"O", _one("y", "float32", (4, 1), task.middle)),
    "another rank": lambda task: (b"O", _one("y", "float32", (4,), task.middle)),
    "none at all": lambda _: (b"O", wire.pack([])),
    "two of one name": lambda task: (b"O", wire.pack([wire.Place("y", "float32", (1, 4), task.middle)] * 2)),
    "the lab's inputs": lambda _: (b"O", _one("y", "float32", (1, 4), 0)),
    "beyond the end": lambda task: (b"O", _one("y", "float32", (1, 4), len(task.shared) - 4)),
    "a huge shape": lambda task: (b"O", _one("y", "float32", (1 << 40, 1 << 40), task.middle)),
    "an empty tensor of a huge shape": lambda task: (b"O", _one("y", "float32", (0, 1 << 62), task.middle)),
    "an unknown type": lambda task: (b"O", _one("y", "float32", (1, 4), task.middle).replace(b"\x0a\x02", b"\x63\x02")),
    "sixty thousand tensors": lambda _: (b"O", struct.pack("<H", 60_000)),
    "a torn list": lambda task: (b"O", _one("y", "float32", (1, 4), task.middle)[:-3]),
    "more after the end": lambda task: (b"O", _one("y", "float32", (1, 4), task.middle) + b"more"),
    "noise": lambda _: (b"O", os.getrandom(400)),
    "another letter": lambda _: (b"H", json.dumps({"layers": []}).encode()),
    "a failure of no known kind": lambda _: (b"E", b"the label of case 7 is 1"),
    "values that are no numbers": _not_finite,
}
DECLARED: dict[str, bytes] = {
    "no list": b"{}",
    "no JSON": b"\xff\xfe",
    "deep nesting": b"[" * 100_000,
    "a name that is a number": json.dumps([[1, "float32", [1]]]).encode(),
    "a size below zero": json.dumps([["y", "float32", [-1]]]).encode(),
    "a size that is true": json.dumps([["y", "float32", [True]]]).encode(),
    "an object type": json.dumps([["y", "object", [1]]]).encode(),
    "one name twice": json.dumps(_FINE * 2).encode(),
    "a long name": json.dumps([["y" * 999, "float32", [1]]]).encode(),
}


def prepare() -> None:
    os.getrandom(1)


def serve(task: Task) -> None:
    wanted = bytes(task.model).decode()
    if wanted == "a frame without end":
        os.write(task.answer, FRAME.pack(b"L", 0xFFFFFFFF))
    if wanted == "silence":
        os.read(task.request, 1)
    if wanted == "half a frame":
        os.write(task.answer, b"L\x10")
        return
    task.say(b"L", DECLARED.get(wanted, json.dumps([["x", "float32", [1, 4]]]).encode()))
    task.say(b"L", json.dumps(_FINE).encode())
    if wanted == "two answers at once":
        os.read(task.request, 65536)
        fine = _one("y", "float32", (1, 4), task.middle)
        os.write(task.answer, 2 * (FRAME.pack(b"O", len(fine)) + fine))
    while os.read(task.request, 65536):
        task.say(*ANSWERS[wanted](task))
