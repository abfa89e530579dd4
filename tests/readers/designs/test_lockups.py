import cv2
import numpy as np
import pytest

from pandok.core.reading import Box, WordsFound
from pandok.readers.designs.lockups import figurative_crops, overlap

INK = (20, 60, 160)


def canvas(height: int = 192, width: int = 192) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def letters(picture: np.ndarray, x: int, y: int, count: int = 6, height: int = 20) -> Box:
    """A row of upright strokes and rings, about like letters."""
    for index in range(count):
        left = x + index * round(height * 0.9)
        cv2.rectangle(picture, (left, y), (left + round(height * 0.6), y + height - 1), INK, 4)
    return Box(x1=x, y1=y, x2=x + (count - 1) * round(height * 0.9) + round(height * 0.6) + 1, y2=y + height)


def near(crop: Box, truth: Box) -> bool:
    return overlap(crop, truth) > 0.75


def test_symbol_beside_a_name() -> None:
    picture = canvas()
    cv2.circle(picture, (40, 96), 30, INK, -1)
    name = letters(picture, 85, 88, count=5)
    crops = figurative_crops(picture)
    assert near(crops[0], Box(x1=10, y1=66, x2=71, y2=127))
    assert any(near(crop, Box(x1=10, y1=66, x2=name.x2, y2=127)) for crop in crops)
    assert any(near(crop, name) for crop in crops)


def test_symbol_above_a_name() -> None:
    picture = canvas()
    cv2.rectangle(picture, (60, 10), (130, 100), INK, -1)
    name = letters(picture, 40, 140)
    crops = figurative_crops(picture)
    assert near(crops[0], Box(x1=60, y1=10, x2=131, y2=101))
    assert near(crops[-1], name)


def test_words_that_were_read_decide_over_geometry() -> None:
    picture = canvas()
    cv2.circle(picture, (40, 96), 30, INK, -1)
    cv2.rectangle(picture, (90, 86), (180, 106), INK, -1)  # joined script: one shape, no row of letters
    line = WordsFound(text="joined", confidence=0.9, box=Box(x1=86, y1=82, x2=184, y2=110))
    assert near(figurative_crops(picture, [line])[0], Box(x1=10, y1=66, x2=71, y2=127))


def test_symbol_alone_is_one_crop() -> None:
    picture = canvas()
    cv2.ellipse(picture, (96, 96), (60, 40), 20, 0, 360, INK, 12)
    assert len(figurative_crops(picture)) == 1


def test_glyph_on_a_plate_is_a_crop_of_its_own() -> None:
    picture = canvas()
    cv2.rectangle(picture, (16, 16), (175, 175), INK, -1)
    cv2.circle(picture, (96, 96), 30, (250, 250, 250), -1)
    crops = figurative_crops(picture)
    assert near(crops[0], Box(x1=16, y1=16, x2=176, y2=176))
    assert any(near(crop, Box(x1=66, y1=66, x2=127, y2=127)) for crop in crops[1:])


def test_a_ring_of_rays_is_no_name() -> None:
    picture = canvas()
    for angle in np.radians(np.arange(0, 360, 45)):
        x, y = 96 + 60 * np.cos(angle), 96 + 60 * np.sin(angle)
        cv2.circle(picture, (round(x), round(y)), 14, INK, -1)
    assert near(figurative_crops(picture)[0], Box(x1=22, y1=22, x2=171, y2=171))


def test_without_a_plain_ground_the_whole_picture_is_the_answer() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (80, 120, 3), dtype=np.uint8)
    assert figurative_crops(noise) == [Box(x1=0, y1=0, x2=120, y2=80)]
    assert figurative_crops(canvas(30, 50)) == [Box(x1=0, y1=0, x2=50, y2=30)]


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (2000, 7), (1024, 1536)])
def test_crops_lie_inside_the_picture(shape: tuple[int, int]) -> None:
    picture = canvas(*shape)
    picture[: max(1, shape[0] // 2), : max(1, shape[1] // 2)] = 0
    for crop in figurative_crops(picture, max_crops=2):
        assert 0 <= crop.x1 < crop.x2 <= shape[1]
        assert 0 <= crop.y1 < crop.y2 <= shape[0]


def test_no_more_crops_than_asked_for() -> None:
    picture = canvas()
    cv2.circle(picture, (40, 96), 30, INK, -1)
    letters(picture, 85, 88, count=5)
    assert len(figurative_crops(picture, max_crops=1)) == 1
