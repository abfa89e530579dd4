"""A threat that is put into a bag lets through what it would have if both had been scanned together."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import response_from_table, shipped
from pandok.readers.xray.projection.added_noise import with_missing_noise
from pandok.readers.xray.projection.joining import joined, joined_behind_blur, sharp_amounts
from pandok.readers.xray.projection.machine_blur import blurred, sharpened

TRIPLES = [
    ("xray_phantom/tip_", "xray_phantom/spectrum.csv", ("w_low", "w_high"), 65535),
    ("xray_pairs/bag101_B_tip", "xray_pairs/spectrum.csv", ("w_low_B", "w_high_B"), 60000),
    ("xray_pairs/bag103_B_tip", "xray_pairs/spectrum.csv", ("w_low_B", "w_high_B"), 60000),
]


@pytest.mark.parametrize(("files", "spectrum", "columns", "scale"), TRIPLES)
def test_a_joined_image_agrees_with_the_true_joint_scan(
    shared: Path, files: str, spectrum: str, columns: tuple[str, str], scale: int
) -> None:
    response = response_from_table((shared / "data" / spectrum).read_text(), *columns)

    def plane(what: str, energy: str) -> np.ndarray:
        picture = cv2.imread(f"{shared / 'data' / files}{what}_{energy}.png", cv2.IMREAD_UNCHANGED)
        return np.asarray(picture.astype(np.float32) / scale)

    bag, item, truth = ((plane(what, "low"), plane(what, "high")) for what in ("bag", "item", "true"))
    alone = solve(*item, response)
    found = joined(*bag, alone.first, alone.second, response)
    among = (item[1] < 0.995) & (truth[1] > 0.01)

    def off(low: np.ndarray, high: np.ndarray) -> np.ndarray:
        return np.maximum(np.abs(low / truth[0] - 1), np.abs(high / truth[1] - 1))[among] * 100

    errors, product = off(found.low, found.high), off(bag[0] * item[0], bag[1] * item[1])
    assert np.percentile(errors, 99) <= 0.2
    assert errors.max() <= 0.5
    assert np.percentile(product, 99) > 6


@pytest.fixture(scope="module")
def response() -> DualResponse:
    return shipped("cabinet-160kv")


def test_where_no_item_is_the_bag_stays_to_the_last_bit(response: DualResponse) -> None:
    random = np.random.default_rng(3)
    low, high = response.transmission(np.full((40, 40), 2.0), np.full((40, 40), 0.5))
    low, high = (np.asarray(part + random.normal(0, 0.003, part.shape), np.float32) for part in (low, high))
    first = np.zeros_like(low)
    first[10:20, 10:20] = 3.0
    found = joined(low, high, first, np.zeros_like(low), response)
    outside = first == 0
    assert (found.low[outside] == low[outside]).all()
    assert (found.high[outside] == high[outside]).all()
    assert (found.high[~outside] < high[~outside]).all()


def test_a_pixel_whose_two_energies_fit_no_amounts_takes_its_neighbours_and_says_so(response: DualResponse) -> None:
    low, high = (part.astype(np.float32) for part in response.transmission(np.full((9, 9), 2.0), np.full((9, 9), 0.2)))
    true = joined(low, high, np.full((9, 9), 3.0, np.float32), np.zeros((9, 9), np.float32), response)
    low[4, 4], high[4, 4] = 0.9, 0.001  # no goods stop the high energy alone
    found = joined(low, high, np.full((9, 9), 3.0, np.float32), np.zeros((9, 9), np.float32), response)
    assert found.unsolved.sum() == 1
    assert found.unsolved[4, 4]
    assert found.share_low[4, 4] == pytest.approx(true.share_low[4, 4], rel=1e-5)


def test_the_joined_image_scatters_as_a_scan_would(response: DualResponse) -> None:
    random = np.random.default_rng(4)
    noise = Noise(air_share=0.008)
    shape = (160, 160)
    clean_low, clean_high = response.transmission(np.full(shape, 4.0), np.full(shape, 0.3))
    low, high = (
        np.asarray(part + random.standard_normal(shape) * noise.of(part), np.float32)
        for part in (clean_low, clean_high)
    )
    found = joined(low, high, np.full(shape, 5.0, np.float32), np.full(shape, 1.0, np.float32), response)
    done = with_missing_noise(found.high, found.share_high, noise, random)
    wanted = float(noise.of(float(done.mean())))
    assert float(found.high.std()) < 0.8 * wanted
    assert float(done.std()) == pytest.approx(wanted, rel=0.03)


@pytest.mark.parametrize("sigma_px", [0.3, 0.7])
@pytest.mark.parametrize(("files", "spectrum", "columns", "scale"), TRIPLES)
def test_a_blurred_bag_agrees_with_the_blurred_joint_scan(
    shared: Path, files: str, spectrum: str, columns: tuple[str, str], scale: int, sigma_px: float
) -> None:
    """Bag, item and truth as one machine blurs them."""
    response = response_from_table((shared / "data" / spectrum).read_text(), *columns)

    def plane(what: str, energy: str) -> np.ndarray:
        picture = cv2.imread(f"{shared / 'data' / files}{what}_{energy}.png", cv2.IMREAD_UNCHANGED)
        sharp = np.asarray(picture.astype(np.float32) / scale)
        return cv2.GaussianBlur(sharp, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE)

    bag, item, truth = ((plane(what, "low"), plane(what, "high")) for what in ("bag", "item", "true"))
    alone = solve(*item, response)
    amounts = sharp_amounts(alone.first, alone.second, response, sigma_px, 0.0)
    found = joined_behind_blur(*bag, *amounts, response, sigma_px)
    among = (item[1] < 0.995) & (truth[1] > 0.01)

    def off(low: np.ndarray, high: np.ndarray) -> np.ndarray:
        return np.maximum(np.abs(low / truth[0] - 1), np.abs(high / truth[1] - 1))[among] * 100

    errors, product = off(found.low, found.high), off(bag[0] * item[0], bag[1] * item[1])
    assert np.percentile(errors, 99) <= 0.2
    assert errors.max() <= 0.5
    assert np.percentile(product, 99) > 6


def test_undoing_blur_leaves_noise_as_it_was_where_the_item_is_even(response: DualResponse) -> None:
    random = np.random.default_rng(5)
    noise, sigma_px, shape = Noise(air_share=0.008), 0.7, (96, 96)
    clean = [np.asarray(one, np.float32) for one in response.transmission(np.full(shape, 4.0), np.full(shape, 0.3))]
    bag = [np.asarray(one + random.standard_normal(shape) * noise.of(one), np.float32) for one in clean]
    first = np.zeros(shape, np.float32)
    first[24:72, 24:72] = 5.0
    found = joined_behind_blur(bag[0], bag[1], first, np.zeros_like(first), response, sigma_px, (0.008, 0.008))
    assert found.unsolved.sum() == 0
    inner, outer = np.s_[32:64, 32:64], np.ones(shape, np.bool_)
    outer[18:78, 18:78] = False
    assert (found.high[outer] == bag[1][outer]).all()
    share = found.high[inner] / bag[1][inner]
    assert float(share.std() / share.mean()) < 0.002
    # The bare inverse would have made four times as much of it.
    assert float(sharpened(bag[1], sigma_px).std()) > 4 * float(bag[1].std())


def test_sharpening_is_the_inverse_of_blurring() -> None:
    """But near an edge, beyond which nobody knows what was blurred into it."""
    plane = np.random.default_rng(6).random((57, 73), dtype=np.float32)
    inside = np.s_[16:-16, 16:-16]
    for sigma_px in (0.3, 0.7, 1.0):
        found = sharpened(blurred(plane, sigma_px), sigma_px)
        np.testing.assert_allclose(found[inside], plane[inside], atol=2e-3)
