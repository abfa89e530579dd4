"""Render many articles, marks, real models and shapes, several renditions each, for train_encoder.py.

Command: python training/render_pairs.py articles --count 2400 --seed 1 --cache training/cache
         python training/render_pairs.py marks --count 2500 --seed 2 --cache training/cache
         python training/render_pairs.py models --count 780 --seed 7      (material.py first; as the next two)
         python training/render_pairs.py aligned --count 6000 --seed 8
         python training/render_pairs.py shapes --count 20000 --seed 9
`articles` and `models` show one thing from several sides; the renditions of `aligned` and `shapes` lie on each other:
drawn, rendered, sketched or filled from one side, for what keeps the layout. Every generated article stands beside a
look-alike and a sibling of its family. Writes shards `<what>-<seed>/0000.npz` … with JPEG bytes; a run that was
stopped goes on where the last shard ended.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.shapes.article import Article

Rgb = NDArray[np.uint8]
Maker = Callable[[int, int, np.random.Generator, list[Path]], Iterator[list[Rgb]]]
SIDE_PX = 176
SHARD = 60


def article_renditions(rng: np.random.Generator, backgrounds: list[Path]) -> Iterator[list[Rgb]]:
    """Base, look-alike and sibling of one family; for each two drawings, a render, two photographs, a sketch."""
    for article in _family(rng):
        yield _from_several_sides(article, rng, backgrounds)


def _family(rng: np.random.Generator) -> tuple[Article, Article, Article]:
    from pandok.demo.articles.families import make_article, sibling, vary

    base = make_article(rng)
    return base, vary(base, rng), sibling(base, rng)


def _from_several_sides(article: Article, rng: np.random.Generator, backgrounds: list[Path]) -> list[Rgb]:
    from pandok.demo.articles.photograph import photograph
    from pandok.demo.articles.sheet import VIEWS, grey_render, line_drawing, random_style, studio_render
    from pandok.demo.articles.sketch import sketch

    style = random_style(rng)
    pictures = [line_drawing(article, "perspective", style, SIDE_PX, rng)]
    pictures.append(line_drawing(article, str(rng.choice(VIEWS[1:])), style, SIDE_PX, rng))
    render = grey_render if rng.random() < 0.35 else studio_render
    pictures.append(render(article, "perspective" if rng.random() < 0.6 else str(rng.choice(VIEWS)), style, SIDE_PX))
    for difficulty in (0.3, 0.7):
        background = None
        if backgrounds and rng.random() < 0.35:
            read = cv2.imread(str(backgrounds[int(rng.integers(len(backgrounds)))]))
            background = None if read is None else cv2.cvtColor(read, cv2.COLOR_BGR2RGB)
        picture, box, _ = photograph(article, rng, SIDE_PX + 48, difficulty * rng.uniform(0.5, 1.3), background)
        pictures.append(_near(picture, box.as_tuple(), rng))
    pictures.append(sketch(article, rng, SIDE_PX))
    return pictures


def _near(picture: Rgb, box: tuple[int, int, int, int], rng: np.random.Generator) -> Rgb:
    """The picture around the goods, as a goods box that is never quite right would cut it."""
    height, width = picture.shape[:2]
    side = max(box[2] - box[0], box[3] - box[1])
    margins = rng.uniform(-0.04, 0.22, 4) * side
    x1, y1 = max(0, int(box[0] - margins[0])), max(0, int(box[1] - margins[1]))
    x2, y2 = min(width, int(box[2] + margins[2])), min(height, int(box[3] + margins[3]))
    return picture[y1:y2, x1:x2] if x2 - x1 > 24 and y2 - y1 > 24 else picture


def _aligned(article: Article, rng: np.random.Generator) -> list[Rgb]:
    """A drawing, a render and two sketches by different hands, all from one side."""
    from pandok.demo.articles.sheet import VIEWS, grey_render, line_drawing, random_style, studio_render, view_camera
    from pandok.demo.articles.sketch import sketch

    view = "perspective" if rng.random() < 0.5 else str(rng.choice(VIEWS[1:]))
    style = random_style(rng)
    camera = view_camera(article, view, SIDE_PX, style)
    render = grey_render if rng.random() < 0.4 else studio_render
    pictures = [line_drawing(article, view, style, SIDE_PX, rng, camera), render(article, view, style, SIDE_PX)]
    return [*pictures, *(sketch(article, rng, SIDE_PX, view, camera) for _ in range(2))]


class Material:
    """The packages' models and shapes, one after the other, over and over; `left_out` names are not drawn."""

    def __init__(self, cache: Path):
        from obj_models import models

        self.folder = cache / "material"
        self.models = list(models(self.folder / "furniture"))
        self.shapes: list[tuple[str, list[Rgb]]] | None = None

    def model(self, number: int, rng: np.random.Generator) -> Article | None:
        from obj_models import article_of

        return article_of(*self.models[number % len(self.models)], rng)

    def shape(self, number: int) -> list[Rgb]:
        from shapes import SETS, renditions

        if self.shapes is None:
            drawn = [one for name in SETS for one in renditions(self.folder, name) if one[1]]
            order = np.random.default_rng(9).permutation(len(drawn))
            self.shapes = [drawn[index] for index in order]
        return self.shapes[number % len(self.shapes)][1]


def mark_renditions(rng: np.random.Generator, _backgrounds: list[Path]) -> Iterator[list[Rgb]]:
    """A mark and its look-alike: black, two coloured variants (negative, lock-up, outline), two photographs each."""
    from pandok.demo.articles.mark_pictures import mark_black, mark_coloured, mark_photographed
    from pandok.demo.articles.marks import make_mark, vary_mark

    base = make_mark(rng)
    for mark in (base, vary_mark(base, rng)):
        pictures = [mark_black(mark, SIDE_PX), mark_coloured(mark, rng, SIDE_PX), mark_coloured(mark, rng, SIDE_PX)]
        pictures += [mark_photographed(mark, rng, SIDE_PX, float(rng.uniform(0.2, 0.9))) for _ in range(2)]
        yield pictures


def _maker(what: str, cache: Path) -> Maker:
    """`maker(shard, start, rng, backgrounds)` yields the renditions of the articles from number `start` of a shard."""
    if what == "articles":
        return lambda _shard, _start, rng, backgrounds: article_renditions(rng, backgrounds)
    if what == "marks":
        return lambda _shard, _start, rng, backgrounds: mark_renditions(rng, backgrounds)
    material = Material(cache)

    def of_models(shard: int, start: int, rng: np.random.Generator, backgrounds: list[Path]) -> Iterator[list[Rgb]]:
        for number in range(start, SHARD):
            article = material.model(shard * SHARD + number, rng) or _family(rng)[0]
            yield _from_several_sides(article, rng, backgrounds) + _from_several_sides(article, rng, backgrounds)

    def aligned(shard: int, start: int, rng: np.random.Generator, _backgrounds: list[Path]) -> Iterator[list[Rgb]]:
        # A third real models, the rest families of generated articles.
        model = material.model(shard * SHARD // 3 + start, rng)
        if model is not None:
            yield _aligned(model, rng)
        for article in _family(rng)[:2]:
            yield _aligned(article, rng)

    def of_shapes(shard: int, start: int, _rng: np.random.Generator, _backgrounds: list[Path]) -> Iterator[list[Rgb]]:
        for number in range(start, SHARD):
            yield material.shape(shard * SHARD + number)

    return {"models": of_models, "aligned": aligned, "shapes": of_shapes}[what]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["articles", "marks", "models", "aligned", "shapes"])
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    shards = arguments.cache / f"{arguments.what}-{arguments.seed}"
    shards.mkdir(parents=True, exist_ok=True)
    backgrounds = sorted((arguments.shared / "data" / "photos-clothing" / "photos").glob("*.jpg"))
    make = _maker(arguments.what, arguments.cache)
    done = 0
    for shard in range(10**6):
        path = shards / f"{shard:04}.npz"
        if not path.exists():
            _write(path, partial(make, shard), np.random.default_rng([arguments.seed, shard]), backgrounds)
        done += SHARD
        print(f"{done}/{arguments.count}", flush=True)
        if done >= arguments.count:
            break


def _write(
    path: Path, make: Callable[..., Iterator[list[Rgb]]], rng: np.random.Generator, backgrounds: list[Path]
) -> None:
    data: list[bytes] = []
    article: list[int] = []
    family: list[int] = []
    number = 0
    while number < SHARD:
        for pictures in make(number, rng, backgrounds):
            for picture in pictures:
                _, raw = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
                data.append(raw.tobytes())
                article.append(number)
                family.append(number // 3)
            number += 1
    offset = np.cumsum([0, *map(len, data)])
    part = path.with_name("part-" + path.name)
    np.savez(
        part,
        data=np.frombuffer(b"".join(data), np.uint8),
        offset=offset,
        article=np.array(article, np.int32),
        family=np.array(family, np.int32),
    )
    os.replace(part, path)


if __name__ == "__main__":
    main()
