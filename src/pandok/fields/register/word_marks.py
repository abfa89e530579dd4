"""Word marks of the register, found by a text that was read on goods or typed: by calling and by letters.

The index is made from the register when a server starts or a process first asks, and again once an import has run.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from pandok.core.text import Text
from pandok.fields.register.models import Design, ImportRun
from pandok.readers.designs.word_marks import WordMarkIndex, WordMatch

MOST_FOUND = 10
_WHY = {
    "same": Text(ko="표장 동일", en="Same mark"),
    "sound": Text(ko="호칭 유사", en="Sounds alike"),
    "letters": Text(ko="외관 유사", en="Looks alike"),
}


@dataclass(frozen=True)
class FoundMark:
    """`score` 0 to 1 ranks; `why` says by what the mark is near, with both texts."""

    design: Design
    score: float
    why: Text
    read: str
    sound: float
    letters: float


@dataclass(frozen=True)
class _Made:
    """An index with the keys of its designs and what it was made from."""

    made_from: tuple[object, ...]
    index: WordMarkIndex
    keys: tuple[int, ...]


class _Kept:
    """The newest index of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made = _Made((), WordMarkIndex(()), ())


_kept = _Kept()
SOON_MADE = 20_000
"""An index of so many marks is made while its question waits; a larger one beside, while the old one answers."""


def find_word_marks(texts: Sequence[str], top: int = MOST_FOUND) -> list[FoundMark]:
    """The word marks most like any of `texts`, best first. It ranks; whether marks conflict is a person's to judge."""
    index, keys = _index()
    if not len(index):
        return []
    matches = index.match(texts, top)
    designs = Design.objects.select_related("holder").in_bulk([keys[one.row] for one in matches])
    return [_found(one, designs[keys[one.row]]) for one in matches if keys[one.row] in designs]


def make_beforehand() -> threading.Thread:
    """Makes the index beside the start of a server: of a million marks it takes 20 seconds, which nobody then waits."""
    thread = threading.Thread(target=_make_now, name="pandok-word-marks", daemon=True)
    thread.start()
    return thread


def _make_now() -> None:
    try:
        _index()
    finally:
        connection.close()


def _found(match: WordMatch, design: Design) -> FoundMark:
    word = _WHY[match.why]
    pair = f"{match.read} ≈ {design.word_mark}" if match.why != "same" else design.word_mark
    why = Text(ko=f"{word.ko}: {pair}", en=f"{word.en}: {pair}")
    return FoundMark(design, match.score, why, match.read, match.sound, match.letters)


def _index() -> tuple[WordMarkIndex, tuple[int, ...]]:
    wanted = _state()
    made = _kept.made
    if made.made_from == wanted:
        return made.index, made.keys
    if len(made.index) > SOON_MADE:
        if _kept.lock.acquire(blocking=False):
            threading.Thread(target=_make_beside, args=(wanted,), name="pandok-word-marks", daemon=True).start()
        return made.index, made.keys
    with _kept.lock:
        if _kept.made.made_from != wanted:
            _kept.made = _make(wanted)
        return _kept.made.index, _kept.made.keys


def _state() -> tuple[object, ...]:
    """Changes whenever word marks may have: with each import, and with each new design."""
    run = ImportRun.objects.order_by("-pk").values_list("pk", "state").first()
    return (connection.settings_dict["NAME"], run, Design.objects.aggregate(last=Max("pk"))["last"])


def _make_beside(wanted: tuple[object, ...]) -> None:
    try:
        _kept.made = _make(wanted)
    finally:
        connection.close()
        _kept.lock.release()


def _make(wanted: tuple[object, ...]) -> _Made:
    rows = list(Design.objects.exclude(word_mark="").order_by("pk").values_list("pk", "word_mark"))
    return _Made(wanted, WordMarkIndex([mark for _, mark in rows]), tuple(key for key, _ in rows))
