"""A state table refuses to be made where it could lead astray, and says what it allows."""

from __future__ import annotations

from enum import StrEnum

import pytest

from pandok.common.declared import declared
from pandok.core.state_table import StateTable
from pandok.core.text import Text


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


class Hand(StrEnum):
    PERSON = "person"
    CLOCK = "clock"


WORDS = {one: Text(ko=one.value, en=one.value) for one in Lamp}
BY = {one: Text(ko=one.value, en=one.value) for one in Hand}
LAMP = Text(ko="등", en="Lamp")
MOVES = {
    (Lamp.OFF, Lamp.ON): frozenset({Hand.PERSON, Hand.CLOCK}),
    (Lamp.ON, Lamp.OFF): frozenset({Hand.CLOCK}),
    (Lamp.ON, Lamp.BROKEN): frozenset({Hand.PERSON}),
}


def test_it_allows_what_stands_in_it_and_nothing_else() -> None:
    table = StateTable(LAMP, WORDS, BY, MOVES)
    assert table.allows(Lamp.ON, Lamp.OFF, Hand.CLOCK)
    assert not table.allows(Lamp.ON, Lamp.OFF, Hand.PERSON)
    assert not table.has(Lamp.BROKEN, Lamp.ON)
    assert table.ways_from(Lamp.ON, frozenset({Hand.CLOCK, Hand.PERSON})) == (Lamp.OFF, Lamp.BROKEN)
    assert [one for one in Lamp if table.ends_at(one)] == [Lamp.BROKEN]


@pytest.mark.parametrize(
    ("moves", "words", "by"),
    [
        ({key: by for key, by in MOVES.items() if key[1] is not Lamp.BROKEN}, WORDS, BY),
        (MOVES, {one: words for one, words in WORDS.items() if one is not Lamp.BROKEN}, BY),
        (MOVES, WORDS, {Hand.CLOCK: BY[Hand.CLOCK]}),
        ({**MOVES, (Lamp.BROKEN, Lamp.ON): frozenset()}, WORDS, BY),
        ({}, {}, {}),
    ],
)
def test_a_table_that_leads_astray_is_not_made(moves: object, words: object, by: object) -> None:
    with pytest.raises(ValueError, match="Lamp"):
        StateTable(LAMP, words, by, moves)  # type: ignore[arg-type]


def test_every_field_says_its_states_in_both_languages() -> None:
    tables = [table for field in declared() for table in field.states]
    assert len(tables) >= 4
    for table in tables:
        assert set(table.states) == set(type(next(iter(table.states))))
        assert all(words.ko and words.en for words in (*table.states.values(), *table.by.values(), table.title))
