import cv2
import numpy as np
import pytest

from pandok.core.reading import Box, Region
from pandok.core.text import Text
from pandok.readers.designs.evidence import OKABE_ITO, differs, draw, regions_from_matches

PHOTO, VIEW = (640, 480), (200, 200)
SHIFT = np.array([[2.0, 0.0, 100.0], [0.0, 2.0, 40.0], [0.0, 0.0, 1.0]])
"""View → photograph: twice as large, moved."""


def two_groups() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    view = np.concatenate([rng.normal([40, 40], 6, (30, 2)), rng.normal([160, 150], 6, (12, 2))])
    return view * 2 + [100, 40], view


def test_two_groups_of_points_are_regions_that_agree() -> None:
    photo, view = two_groups()
    regions = regions_from_matches(photo, view, np.linalg.inv(SHIFT), PHOTO, VIEW)
    assert 2 <= len(regions) <= 6
    assert sum(region.weight for region in regions) == pytest.approx(1.0, abs=0.01)
    assert [region.weight for region in regions] == sorted((region.weight for region in regions), reverse=True)
    for region in regions:
        centre = np.array([(region.view.x1 + region.view.x2) / 2, (region.view.y1 + region.view.y2) / 2])
        mapped = centre * 2 + [100, 40]
        assert abs((region.photograph.x1 + region.photograph.x2) / 2 - mapped[0]) < 6
        assert abs((region.photograph.y1 + region.photograph.y2) / 2 - mapped[1]) < 6
        assert region.view.width < 90, "a region stays in its group"


def test_either_direction_of_the_transform_and_none_give_the_same_regions() -> None:
    photo, view = two_groups()
    forward, backward, without = (
        regions_from_matches(photo, view, transform, PHOTO, VIEW)
        for transform in (np.linalg.inv(SHIFT), SHIFT[:2], None)
    )
    assert forward == backward
    for one, other in zip(forward, without, strict=True):
        assert one.view == other.view
        assert np.abs(np.subtract(one.photograph.as_tuple(), other.photograph.as_tuple())).max() <= 2


def test_no_matches_no_regions() -> None:
    assert regions_from_matches(np.empty((0, 2)), np.empty((0, 2)), None, PHOTO, VIEW) == ()


def test_different_numbers_of_points_are_refused() -> None:
    with pytest.raises(ValueError, match="3 points of the photograph, 2 of the view"):
        regions_from_matches(np.zeros((3, 2)), np.zeros((2, 2)), None, PHOTO, VIEW)


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_equal_and_wild_points_give_boxes_inside_the_pictures(count: int) -> None:
    same = np.full((count, 2), 199.5)
    wild = np.random.default_rng(2).normal(0, 2000, (count, 2))
    wild[0] = np.nan
    for photo, view in ((same, same), (wild, same), (same, wild)):
        for region in regions_from_matches(photo, view, np.zeros((3, 3)), PHOTO, VIEW, max_regions=4):
            for box, size in ((region.photograph, PHOTO), (region.view, VIEW)):
                assert 0 <= box.x1 < box.x2 <= size[0]
                assert 0 <= box.y1 < box.y2 <= size[1]


def test_the_picture_shows_each_region_in_both_panels_in_its_colour() -> None:
    photograph, view = np.full((480, 640, 3), 90, np.uint8), np.full((200, 200, 3), 255, np.uint8)
    regions = [
        Region(photograph=Box(x1=50, y1=60, x2=250, y2=260), view=Box(x1=20, y1=20, x2=90, y2=90), weight=0.7),
        Region(photograph=Box(x1=400, y1=300, x2=600, y2=460), view=Box(x1=110, y1=120, x2=190, y2=190), weight=0.3),
    ]
    picture = draw(photograph, view, regions, size_px=900)
    assert picture.shape[1] == 900
    assert picture.dtype == np.uint8
    for colour in OKABE_ITO[:2]:
        xs = np.nonzero((picture == colour).all(axis=2))[1]
        assert (xs < 450).sum() > 100
        assert (xs >= 450).sum() > 100
    assert not (picture == OKABE_ITO[2]).all(axis=2).any()


def test_captions_need_room_and_bear_a_missing_font() -> None:
    small = np.zeros((20, 300, 3), np.uint8)
    captions = (Text(ko="사진", en="Photograph"), Text(ko="등록 도면", en="Registered view"))
    plain, captioned = draw(small, small, []), draw(small, small, [], captions=captions, language="ko")
    assert captioned.shape[0] > plain.shape[0]
    assert (captioned[: captioned.shape[0] // 3] < 128).any()


def test_the_changed_corner_is_named() -> None:
    rng = np.random.default_rng(4)
    view = cv2.resize(rng.integers(0, 256, (25, 25, 3), dtype=np.uint8), (200, 200), interpolation=cv2.INTER_CUBIC)
    crop = view.copy()
    crop[100:, 100:] = np.roll(view[100:, 100:], 47, axis=(0, 1))[::-1]
    boxes = differs(crop, view, np.eye(3))
    assert boxes
    assert all(box.x2 > 100 and box.y2 > 100 for box in boxes)
    assert differs(view, view, np.eye(3)[:2]) == []
