"""Local structure: the map between two pictures of one thing is found, and none between strangers."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.readers.designs import local


def scene(seed: int, side: int = 240) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    page = np.full((side, side), 235, np.uint8)
    for _ in range(40):
        centre = tuple(int(v) for v in rng.integers(10, side - 10, 2))
        ink = int(rng.integers(0, 160))
        if rng.random() < 0.5:
            cv2.circle(page, centre, int(rng.integers(3, 16)), ink, -1 if rng.random() < 0.5 else 2)
        else:
            other = tuple(int(v) for v in np.clip(np.array(centre) + rng.integers(-30, 30, 2), 0, side - 1))
            cv2.rectangle(page, centre, other, ink, -1 if rng.random() < 0.4 else 2)
    return page


def warped(page: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    side = page.shape[0]
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    to = np.array([[18, 12], [side - 25, 5], [side - 10, side - 20], [5, side - 8]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, to)
    return cv2.warpPerspective(page, matrix, (side, side), borderValue=235), matrix


def test_the_map_between_two_pictures_of_one_thing_is_found():
    page = scene(1)
    photograph, matrix = warped(page)
    match = local.verify(local.features(photograph), local.features(page))
    assert match.inliers >= 30
    assert match.transform is not None
    back = cv2.perspectiveTransform(np.array([[[60.0, 60.0], [180.0, 120.0]]]), matrix)
    again = cv2.perspectiveTransform(back, match.transform)[0]
    assert np.abs(again - [[60, 60], [180, 120]]).max() < 4


def test_strangers_share_few_points():
    ours = local.verify(local.features(warped(scene(1))[0]), local.features(scene(1)))
    strangers = local.verify(local.features(scene(1)), local.features(scene(2)))
    assert strangers.inliers * 4 < ours.inliers


def test_a_negative_is_found_with_reversed_contrast_only():
    page = scene(3)
    negative = local.features(np.asarray(255 - warped(page)[0], np.uint8))
    view = local.features(page)
    turned = local.verify(local.reversed_contrast(negative), view)
    assert turned.inliers > 3 * local.verify(negative, view).inliers
    assert turned.inliers >= 25


def test_reversing_the_contrast_twice_changes_nothing():
    found = local.features(scene(4))
    again = local.reversed_contrast(local.reversed_contrast(found))
    assert np.array_equal(again.descriptors, found.descriptors)


def test_further_points_are_taken_where_the_map_puts_them_and_nowhere_else():
    page = scene(1)
    photograph, matrix = warped(page)
    here, there = local.features(photograph), local.features(page)
    match = local.verify(here, there)
    more = local.filled(here, there, match)
    assert (more.inliers, more.quality) == (match.inliers, match.quality), "what ranks stays as it was"
    assert len(more.points_view) > match.inliers
    expected = cv2.perspectiveTransform(more.points_view[:, None].astype(np.float64), matrix)[:, 0]
    assert np.abs(expected - more.points_photograph).max() < 2.5 * local.NEAR_SHARE * 240
    assert len(np.unique(more.points_photograph, axis=0)) == len(more.points_photograph)
    strangers = local.verify(local.features(scene(1)), local.features(scene(2)))
    assert local.filled(local.features(scene(1)), local.features(scene(2)), strangers) is strangers or (
        strangers.inliers >= local.FILLED_FROM
    )
    assert local.filled(here, there, local.NO_MATCH) is local.NO_MATCH


def test_a_mirrored_picture_is_no_agreement():
    page = scene(5)
    mirrored = local.verify(local.features(np.ascontiguousarray(page[:, ::-1])), local.features(page))
    assert mirrored.inliers < 12


def test_the_result_is_the_same_every_time():
    first, second = (local.verify(local.features(warped(scene(6))[0]), local.features(scene(6))) for _ in range(2))
    assert first.inliers == second.inliers
    assert np.array_equal(first.points_view, second.points_view)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_empty_page_has_no_points_and_matches_nothing(level: int):
    empty = local.features(np.full((90, 60), level, np.uint8))
    assert len(empty) == 0
    assert local.verify(empty, local.features(scene(7))) is local.NO_MATCH


def test_points_are_in_pixels_of_the_picture_given():
    page = np.full((600, 600), 255, np.uint8)
    page[400:520, 380:520] = scene(8, 240)[:120, :140]
    points = local.features(page).points
    inside = (points[:, 0] > 360) & (points[:, 1] > 380)
    assert inside.mean() > 0.95
