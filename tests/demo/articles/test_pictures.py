import numpy as np
import pytest

from pandok.demo.articles.families import make_article, vary
from pandok.demo.articles.mark_pictures import mark_black, mark_coloured, mark_photographed
from pandok.demo.articles.marks import make_mark, vary_mark
from pandok.demo.articles.photograph import photograph
from pandok.demo.articles.sheet import VIEWS, SheetStyle, captioned_drawing, grey_render, line_drawing, studio_render
from pandok.demo.articles.sketch import sketch

BOTTLE = make_article(np.random.default_rng(3), "bottle")


@pytest.mark.parametrize("view", VIEWS)
def test_drawings_have_ink_and_white_corners(view):
    for draw in (line_drawing, studio_render, grey_render):
        picture = draw(BOTTLE, view, size_px=128)
        assert picture.shape == (128, 128, 3)
        assert picture.dtype == np.uint8
        assert (picture.min(axis=2) < 128).sum() > 100
        assert (picture[[0, 0, -1, -1], [0, -1, 0, -1]] == 255).all()


def test_caption_is_boxed():
    plain, none = captioned_drawing(BOTTLE, "front", SheetStyle())
    captioned, box = captioned_drawing(BOTTLE, "front", SheetStyle(caption="FIG. {n}"))
    assert none is None
    assert box is not None
    changed = np.argwhere((plain != captioned).any(axis=2))
    assert changed[:, 0].min() >= box.y1
    assert changed[:, 0].max() < box.y2
    assert changed[:, 1].min() >= box.x1
    assert changed[:, 1].max() <= box.x2


def test_look_alike_draws_differently():
    other = vary(BOTTLE, np.random.default_rng(1))
    assert (line_drawing(BOTTLE) != line_drawing(other)).any(axis=2).sum() > 200


@pytest.mark.parametrize("difficulty", [0.0, 0.5, 1.0])
def test_photograph_is_deterministic_with_a_true_box(difficulty):
    one = photograph(BOTTLE, np.random.default_rng(9), 192, difficulty)
    two = photograph(BOTTLE, np.random.default_rng(9), 192, difficulty)
    assert np.array_equal(one[0], two[0])
    assert one[0].shape == (192, 192, 3)
    rows, columns = np.nonzero(one[2])
    box = one[1].as_tuple()
    assert box == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert 0.2 < max(one[1].width, one[1].height) / 192 <= 1


def test_photograph_takes_a_background():
    red = np.zeros((40, 60, 3), np.uint8)
    red[..., 0] = 255
    picture, _, mask = photograph(BOTTLE, np.random.default_rng(2), 128, 0.0, background=red)
    outside = picture[~mask].mean(axis=0)
    assert outside[0] > 2 * outside[1]


def test_sketch_is_deterministic_and_unsteady():
    one = sketch(BOTTLE, np.random.default_rng(4), view="front")
    assert np.array_equal(one, sketch(BOTTLE, np.random.default_rng(4), view="front"))
    assert not np.array_equal(one, sketch(BOTTLE, np.random.default_rng(5), view="front"))
    assert (one < 128).sum() > 100


def test_marks_have_ink_look_alikes_differ_and_seeds_repeat():
    for seed in range(10):
        rng = np.random.default_rng(seed)
        mark = make_mark(rng)
        black = mark_black(mark, 128)
        assert (black < 128).any()
        assert not np.array_equal(black, mark_black(vary_mark(mark, rng), 128))
        assert np.array_equal(black, mark_black(make_mark(np.random.default_rng(seed)), 128))
        for make in (mark_coloured, mark_photographed):
            picture = make(mark, np.random.default_rng(1), 128)
            assert picture.shape == (128, 128, 3)
            assert np.array_equal(picture, make(mark, np.random.default_rng(1), 128))
