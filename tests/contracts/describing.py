"""What every way of describing must do: one result a group, the same vectors, unreadable files named by None."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from pandok.demo.articles.families import make_article
from pandok.demo.articles.sheet import line_drawing
from pandok.engines.describing.here import DescribingHere
from pandok.engines.describing.values import DescribedViews, Describing, ReaderFiles, Views

BROKEN = b"\x89PNG\r\n\x1a\n" + b"no picture"


@cache
def files() -> ReaderFiles:
    return ReaderFiles.of("pandok-design", Path("no such home"))


@cache
def pictures() -> tuple[bytes, ...]:
    rng = np.random.default_rng(3)
    drawn = [line_drawing(make_article(rng), "perspective", size_px=160) for _ in range(6)]
    return tuple(cv2.imencode(".png", one)[1].tobytes() for one in drawn)


def groups(count: int) -> Iterator[Views]:
    """Two views a group; the second of group 1 is broken."""
    made = pictures()
    for number in range(count):
        second = BROKEN if number == 1 else made[(number + 1) % len(made)]
        yield Views(number, (made[number % len(made)], second))


def by_number(results: Iterator[DescribedViews]) -> dict[int, DescribedViews]:
    found: dict[int, DescribedViews] = {}
    for one in results:
        assert one.number not in found
        found[one.number] = one
    return found


@cache
def expected(count: int) -> dict[int, DescribedViews]:
    return by_number(DescribingHere(files().open()).described(groups(count)))


def assert_same(found: dict[int, DescribedViews], count: int) -> None:
    assert sorted(found) == list(range(count))
    for number, wanted in expected(count).items():
        for one, other in zip(found[number].views, wanted.views, strict=True):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                # Sums of several threads come in any order: the last digit may differ.
                assert np.allclose(one.description.vector, other.description.vector, atol=1e-5)
                assert len(one.description.local) == len(other.description.local)
                assert (one.description.plain, one.size_px) == (other.description.plain, other.size_px)


class DescribingContract:
    """Give `make`: a way of describing with so many places."""

    make: Callable[[int], Describing]

    def test_every_group_has_one_result_with_the_same_vectors(self) -> None:
        found = by_number(self.make(2).described(groups(8)))
        assert_same(found, 8)
        assert found[1].views[0] is not None
        assert found[1].views[1] is None

    def test_no_group_is_asked_for_long_before_its_turn(self) -> None:
        asked = 0

        def counted() -> Iterator[Views]:
            nonlocal asked
            for one in groups(12):
                asked += 1
                yield one

        for given, _ in enumerate(self.make(2).described(counted()), start=1):
            assert asked - given <= 4
