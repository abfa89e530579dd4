"""The peers must be sound, or the comparison is worth nothing: each finds the very picture, moved to another order."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.peers.hog import Hog
from benchmarks.peers.hsv_grid import HsvGrid
from benchmarks.peers.image_hash import HASHES, ImageHash
from benchmarks.peers.peer import PeerUnavailable, RegisterPicture, Views, white_square
from benchmarks.peers.plain_backbone import PlainBackbone
from benchmarks.peers.root_sift_vlad import RootSiftVlad
from benchmarks.peers.verified_points import VerifiedPoints, longest_side_px

PEERS = [
    *(lambda name=name: ImageHash(name) for name in HASHES),
    HsvGrid,
    Hog,
    RootSiftVlad,
    lambda: VerifiedPoints("ORB"),
    lambda: VerifiedPoints("SIFT"),
]


def scribble(seed, size=(220, 180), coloured=True):
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = rng.integers(0, size[0] - 30), rng.integers(0, size[1] - 30)
        colour = tuple(int(value) for value in rng.integers(0, 200, 3)) if coloured else (0, 0, 0)
        draw.rectangle((x, y, x + rng.integers(8, 30), y + rng.integers(8, 30)), fill=colour)
    return np.asarray(image)


@pytest.mark.parametrize("make", PEERS)
def test_a_peer_finds_the_very_picture(make):
    peer = make()
    pictures = [RegisterPicture(f"design {seed // 2}", scribble(seed)) for seed in range(6)]
    peer.enroll(pictures[::-1])
    assert peer.design_ids == ["design 0", "design 1", "design 2"]
    found = [peer.design_ids[int(np.argmax(peer.scores(picture.pixels)))] for picture in pictures]
    assert found == [picture.design_id for picture in pictures]


@pytest.mark.parametrize("make", PEERS)
def test_an_empty_page_is_scored_not_refused(make):
    peer = make()
    peer.enroll([RegisterPicture("a", scribble(1)), RegisterPicture("b", np.full((90, 60, 3), 255, np.uint8))])
    scores = peer.scores(np.full((70, 120, 3), 255, np.uint8))
    assert scores.shape == (2,)
    assert np.isfinite(scores).all()


def test_several_views_count_as_their_best():
    views = Views([RegisterPicture(design_id, scribble(0)) for design_id in ("b", "a", "b")])
    assert views.best(np.array([0.1, 0.3, 0.9])).tolist() == [0.3, 0.9]


def test_a_white_square_is_padded_not_stretched():
    square = white_square(np.zeros((50, 100, 3), np.uint8), 200)
    assert square.shape == (200, 200, 3)
    assert (square[:40] == 255).all()
    assert (square[70:130] == 0).all()


def test_a_long_register_is_re_ranked_only_among_the_nearest():
    pictures = [RegisterPicture(f"design {seed}", scribble(seed, (64, 64))) for seed in range(12)]
    peer = VerifiedPoints("SIFT", short_list_above_views=6, short_list_views=3)
    peer.enroll(pictures)
    scores = peer.scores(pictures[4].pixels)
    assert int(np.argmax(scores)) == peer.design_ids.index("design 4")
    assert (scores >= 0).sum() == 3


@pytest.mark.parametrize(
    ("size", "coloured", "side"), [((300, 280), True, 320), ((300, 280), False, 512), ((192, 192), False, 256)]
)
def test_the_size_follows_the_kind_of_register(size, coloured, side):
    assert longest_side_px([RegisterPicture("a", scribble(3, size, coloured))]) == side


def test_a_missing_model_is_told(tmp_path):
    with pytest.raises(PeerUnavailable, match="export_plain"):
        PlainBackbone(tmp_path / "none.onnx")
