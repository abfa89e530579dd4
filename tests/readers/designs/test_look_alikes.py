"""Look-alikes share a probability and are named together; strangers are told apart as before."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from pandok.core.reading import NAMED_FROM, Candidate, Evidence, LookAlikes, Reading, RegisteredDesign
from pandok.demo.articles.demonstration import demonstration_articles, published_views
from pandok.demo.articles.photograph import photograph
from pandok.fields.designs.open_desk import load_reader
from pandok.readers.designs.description import Description
from pandok.readers.designs.differing import differing
from pandok.readers.designs.gallery import MemoryGallery, ViewPicture
from pandok.readers.designs.look_alikes import LookAlikeRule, resemblance, together
from pandok.readers.designs.reader import DesignReader

RULE = LookAlikeRule("tuned", 0.9, 0.4)
SEED, DESIGNS = 902, 15


def near(*directions: float) -> np.ndarray:
    """Views as unit vectors in the plane, by their direction in degrees."""
    turned = np.deg2rad(np.array(directions))
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


def test_resemblance_is_of_the_views_whichever_comes_first() -> None:
    one, other = near(0, 40), near(5, 44, 90)
    assert resemblance(one, one) == pytest.approx(1)
    assert resemblance(one, other) == pytest.approx(resemblance(other, one))
    assert resemblance(one, near(90, 130)) < 0.75


def test_every_member_resembles_the_best_of_its_group_and_stands_in_one() -> None:
    groups = together([near(0), near(60), near(3), near(62), near(120), near(5)], RULE)
    assert groups == ((0, 2, 5), (1, 3))
    assert together([near(0), near(60)], RULE) == ()
    assert together([], RULE) == ()


def told(*chances: float, alike: tuple[int, ...] = (), outcome: str = "candidates") -> Reading:
    candidates = tuple(
        Candidate(
            rank=rank,
            design=RegisteredDesign(design_id=f"D{rank}"),
            probability=chance,
            score=chance,
            evidence=Evidence(photograph_index=0, view="front"),
        )
        for rank, chance in enumerate(chances, start=1)
    )
    groups = (LookAlikes(ranks=alike, probability=sum(chances[rank - 1] for rank in alike)),) if alike else ()
    return Reading.model_validate({"outcome": outcome, "candidates": candidates, "look_alikes": groups})


@pytest.mark.parametrize(
    ("reading", "named", "chance"),
    [
        (told(0.8, 0.1), (1,), 0.8),
        (told(0.4, 0.3), (), 0),
        (told(0.4, 0.3, alike=(1, 2)), (1, 2), 0.7),
        (told(0.2, 0.1, alike=(1, 2)), (), 0),
        (told(0.35, 0.3, 0.25, alike=(2, 3)), (2, 3), 0.55),
        (told(0.6, 0.1, 0.1, alike=(2, 3)), (1,), 0.6),
        (told(0.8, outcome="nothing_close"), (), 0),
        (told(*[0.12] * 8, alike=(1, 2, 3, 4, 5, 6, 7, 8)), (), 0),
    ],
)
def test_what_is_named_is_more_likely_right_than_wrong(reading: Reading, named: tuple[int, ...], chance: float) -> None:
    assert reading.named == named
    assert reading.named_probability == pytest.approx(chance)
    assert not named or reading.named_probability >= NAMED_FROM


@pytest.fixture(scope="module")
def reader() -> DesignReader:
    """Describes each picture of the register once, in however many registers it stands."""
    found = load_reader()
    described: dict[int, Description] = {}

    def once(pixels: np.ndarray) -> Description:
        if id(pixels) not in described:
            described[id(pixels)] = DesignReader.describe_view(found, pixels)
        return described[id(pixels)]

    object.__setattr__(found, "describe_view", once)
    return found


@cache
def register() -> tuple[list[ViewPicture], list[np.ndarray]]:
    """A small demonstration register (every third design a look-alike) and one photograph of each design."""
    articles = demonstration_articles(SEED, DESIGNS)
    views, photographs = [], []
    for number, article in enumerate(articles):
        for name, pixels in published_views(article, np.random.default_rng([SEED, 1, number])):
            views.append(ViewPicture(RegisteredDesign(design_id=f"{number:02d}"), name, pixels))
        rng = np.random.default_rng([SEED, 3, number])
        pixels, _, _ = photograph(article, rng, 360, 0.5)
        raw = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]))[1]
        photographs.append(np.ascontiguousarray(cv2.imdecode(raw, cv2.IMREAD_COLOR)[..., ::-1]))
    return views, photographs


@pytest.fixture(scope="module")
def gallery(reader: DesignReader) -> MemoryGallery:
    return reader.enroll(register()[0])


def test_of_the_demonstrations_goods_look_alikes_are_named_together_and_seldom_wrongly(
    reader: DesignReader, gallery: MemoryGallery
) -> None:
    named = right = alone_wrong = 0
    pairs = set()
    for truth, pixels in enumerate(register()[1]):
        reading = reader.read([pixels], gallery)
        chances = [one.probability for one in reading.candidates]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= reading.probability_in_register + 1e-4
        for alike in reading.look_alikes:
            ids = [reading.candidates[rank - 1].design.design_id for rank in alike.ranks]
            assert alike.probability == pytest.approx(sum(chances[rank - 1] for rank in alike.ranks))
            assert [view.rank for view in alike.views] == list(alike.ranks)
            pairs |= {(int(one), int(other)) for one in ids for other in ids if one < other}
        if reading.named:
            ids = [reading.candidates[rank - 1].design.design_id for rank in reading.named]
            named += 1
            right += f"{truth:02d}" in ids
            alone_wrong += ids != [f"{truth:02d}"] and len(ids) == 1
    made = {(number - 1, number) for number in range(2, DESIGNS, 3)}
    assert len(pairs & made) >= 3, "the look-alikes that were made are found"
    assert len(pairs - made) <= 3, "and few others are taken for such"
    assert named >= 4
    assert right / named >= 0.7
    assert alone_wrong <= 1


def test_the_same_photograph_is_answered_the_same_whatever_the_order_of_the_register(
    reader: DesignReader, gallery: MemoryGallery
) -> None:
    views, photographs = register()
    turned = reader.enroll(list(reversed(views)))
    one, other = (reader.read([photographs[1]], found) for found in (gallery, turned))
    assert one.named == other.named
    assert [one.probability for one in one.candidates] == pytest.approx(
        [one.probability for one in other.candidates], abs=1e-5
    )


def test_boxes_stand_where_two_views_differ_and_nowhere_on_the_same() -> None:
    view = np.full((240, 320, 3), 255, np.uint8)
    cv2.rectangle(view, (30, 30), (290, 210), (0, 0, 0), 3)
    cv2.circle(view, (90, 90), 24, (0, 0, 0), 3)
    assert differing(view, view) == ()
    other = view.copy()
    cv2.circle(other, (230, 160), 24, (0, 0, 0), 3)
    boxes = differing(view, other)
    assert boxes
    assert any(box.x1 <= 230 <= box.x2 and box.y1 <= 160 <= box.y2 for box in boxes)
    assert all(not (box.x1 <= 90 <= box.x2 and box.y1 <= 90 <= box.y2) for box in boxes)


def test_what_cases_brought_makes_no_look_alikes(reader: DesignReader) -> None:
    """Confirmed photographs that resemble another design say nothing of how much the registered designs do."""
    views, photographs = register()
    of_another = [view for view in views if view.design.design_id == "00"]
    first = views[[view.design.design_id for view in views].index("03")].design
    brought = [replace(view, design=first, view="2026-000123") for view in of_another for _ in range(3)]

    def together(more: list[ViewPicture]) -> bool:
        reading = reader.read([photographs[0]], reader.enroll([*views, *more]))
        ids = [{reading.candidates[rank - 1].design.design_id for rank in one.ranks} for one in reading.look_alikes]
        return any({"00", "03"} <= group for group in ids)

    assert together(brought), "as registered views they would be look-alikes"
    assert not together([replace(view, confirmed=True) for view in brought])
