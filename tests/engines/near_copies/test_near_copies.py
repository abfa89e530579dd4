"""Cut, scaled, turned and saved again, a sealed picture is found; other pictures are not; rows in any order are."""

from __future__ import annotations

import functools
import io

import numpy as np
import pytest
from PIL import Image

from pandok.engines.near_copies.matching import Kept, Shelf
from pandok.engines.near_copies.prints import ASKED_SCALES, prints_of

KEY = b"k" * 32


@functools.cache
def scene(seed: int) -> Image.Image:
    """Texture in several sizes, as surfaces have it under a camera."""
    rng = np.random.default_rng(seed)
    total = np.zeros((700, 900, 3))
    for cells, weight in ((6, 50), (14, 45), (40, 40), (110, 25)):
        coarse = Image.fromarray(rng.integers(0, 256, (cells, cells, 3), dtype=np.uint8))
        total += np.asarray(coarse.resize((900, 700), Image.Resampling.BICUBIC), dtype=float) * weight / 160
    return Image.fromarray(total.clip(0, 255).astype(np.uint8))


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    kept = [Kept(f"scene {seed}", prints_of(jpeg(scene(seed)), KEY)) for seed in range(12)]
    table = b"declaration,goods,weight\n26-0001,red bottles of glass,120\n26-0002,blue bottles of glass,80\n"
    return Shelf([*kept, Kept("table", prints_of(table, KEY))])


def found(shelf: Shelf, data: bytes) -> set[tuple[str, str]]:
    return {(match.name, match.why) for match in shelf.matches(prints_of(data, KEY, scales=ASKED_SCALES))}


def collage() -> Image.Image:
    wide = Image.new("RGB", (1600, 1200), "white")
    wide.paste(scene(3), (350, 200))
    return wide


CHANGED = {
    "saved again": lambda: jpeg(scene(3), 45),
    "half as large": lambda: jpeg(scene(3).resize((450, 350), Image.Resampling.LANCZOS)),
    "cut to 80 %": lambda: jpeg(scene(3).crop((90, 70, 810, 630))),
    "cut to two thirds": lambda: jpeg(scene(3).crop((150, 117, 750, 583))),
    "turned": lambda: jpeg(scene(3).rotate(90, expand=True)),
    "lighter": lambda: jpeg(scene(3).point(lambda value: min(255, int(value * 1.15) + 8))),
    "in a collage": lambda: jpeg(collage()),
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_changed_copy_is_found(shelf: Shelf, how: str) -> None:
    assert found(shelf, CHANGED[how]()) == {("scene 3", "picture")}


def test_the_same_file_is_told_as_such_and_others_are_not_found(shelf: Shelf) -> None:
    assert ("scene 5", "file") in found(shelf, jpeg(scene(5)))
    assert [name for seed in range(40, 52) for name in found(shelf, jpeg(scene(seed)))] == []


def test_rows_are_found_in_any_order_of_columns_and_case(shelf: Shelf) -> None:
    assert found(shelf, b"w;g;n\n120;RED  bottles of glass;26-0001\n") == {("table", "rows")}
    assert found(shelf, b"weight,goods\n120,red bottles\n") == set()
    assert found(shelf, "출력\n26-0002\tblue bottles of glass\t80\n".encode("cp949")) == {("table", "rows")}


def test_another_key_gives_other_prints() -> None:
    one, other = (prints_of(jpeg(scene(1)), key) for key in (KEY, b"j" * 32))
    assert not set(one.points[0].tolist()) & set(other.points[0].tolist())
    assert one.file[0] != other.file[0]


def test_damaged_pictures_and_empty_shelves_are_borne() -> None:
    assert prints_of(jpeg(scene(1))[:300], KEY).unread
    assert found(Shelf([]), jpeg(scene(1))) == set()
    assert found(Shelf([]), b"") == set()
