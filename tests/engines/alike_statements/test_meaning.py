from __future__ import annotations

import math

import numpy as np
import pytest

from pandok.engines.alike_statements.meaning import Meanings

# Two meanings of three words each, and one word that nobody knows: likeness within a meaning, none across.
GROUPS = {"shoe": 0, "sneaker": 0, "boot": 0, "bridge": 1, "viaduct": 1, "crossing": 1, "officer": 2, "customs": 2}


def likeness(one: object, other: object) -> float:
    if one not in GROUPS or other not in GROUPS:
        return math.nan
    return 0.7 if GROUPS[str(one)] == GROUPS[str(other)] else 0.05


KNOWN = [["shoe", "officer"], ["bridge", "crossing"], ["customs", "officer"], ["boot", "customs"]]
FIELDS = ["customs", "road", "customs", "road"]


def test_other_words_of_one_meaning_are_near_and_the_same_field_stands_first() -> None:
    meanings = Meanings(KNOWN, FIELDS, likeness)
    assert [one.place for one in meanings.nearest(["viaduct"], "", count=1)] == [1]
    found = meanings.nearest(["sneaker"], "road", count=4)
    assert [one.same_field for one in found] == [True, True, False, False]
    assert found[0].place == 3
    left = meanings.nearest(["sneaker"], "road", count=4, besides=[3])
    assert [one.same_field for one in left] == [True, False, False]
    assert left[0].place == 1


def test_the_same_statements_give_the_same_answer_and_a_word_that_nobody_knows_no_error() -> None:
    one, other = (Meanings(KNOWN, FIELDS, likeness) for _ in range(2))
    assert one.nearest(["boot", "nowhere"], "road", count=4) == other.nearest(["boot", "nowhere"], "road", count=4)
    assert len(one.nearest(["nowhere"], "road", count=9)) == 4
    assert all(np.isfinite(near.likeness) for near in one.nearest([], "", count=4))


def test_nothing_known_finds_nothing_and_each_statement_has_a_field() -> None:
    assert Meanings([], [], likeness).nearest(["shoe"], "road", count=3) == []
    with pytest.raises(ValueError, match="field"):
        Meanings(KNOWN, FIELDS[:1], likeness)
    assert [one.place for one in Meanings(KNOWN[:1], FIELDS[:1], likeness).nearest(["shoe"], "", count=3)] == [0]


def test_fewer_landmarks_than_words_still_tell_meanings_apart() -> None:
    meanings = Meanings(KNOWN, FIELDS, likeness, landmarks=3)
    assert meanings.nearest(["viaduct"], "", count=1)[0].place == 1
