"""Render many articles and marks, several renditions each, for train_encoder.py.

Command: python training/render_pairs.py articles --count 2400 --seed 1 --cache training/cache
         python training/render_pairs.py marks --count 2500 --seed 2 --cache training/cache
Every article stands beside a look-alike and a sibling of its family. Writes shards
`<what>-<seed>/0000.npz` … with JPEG bytes; a run that was stopped goes on where the last shard ended.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
SIDE_PX = 176
SHARD = 60


def article_renditions(rng: np.random.Generator, backgrounds: list[Path]) -> Iterator[list[Rgb]]:
    """Base, look-alike and sibling of one family; for each two drawings, a render, two photographs, a sketch."""
    from pandok.articles.families import make_article, sibling, vary
    from pandok.articles.photograph import photograph
    from pandok.articles.sheet import VIEWS, grey_render, line_drawing, random_style, studio_render
    from pandok.articles.sketch import sketch

    base = make_article(rng)
    for article in (base, vary(base, rng), sibling(base, rng)):
        style = random_style(rng)
        pictures = [line_drawing(article, "perspective", style, SIDE_PX, rng)]
        pictures.append(line_drawing(article, str(rng.choice(VIEWS[1:])), style, SIDE_PX, rng))
        render = grey_render if rng.random() < 0.35 else studio_render
        pictures.append(
            render(article, "perspective" if rng.random() < 0.6 else str(rng.choice(VIEWS)), style, SIDE_PX)
        )
        for difficulty in (0.3, 0.7):
            background = None
            if backgrounds and rng.random() < 0.35:
                read = cv2.imread(str(backgrounds[int(rng.integers(len(backgrounds)))]))
                background = None if read is None else cv2.cvtColor(read, cv2.COLOR_BGR2RGB)
            picture, box, _ = photograph(article, rng, SIDE_PX + 48, difficulty * rng.uniform(0.5, 1.3), background)
            pictures.append(_near(picture, box.as_tuple(), rng))
        pictures.append(sketch(article, rng, SIDE_PX))
        yield pictures


def _near(picture: Rgb, box: tuple[int, int, int, int], rng: np.random.Generator) -> Rgb:
    """The picture around the goods, as a goods box that is never quite right would cut it."""
    height, width = picture.shape[:2]
    side = max(box[2] - box[0], box[3] - box[1])
    margins = rng.uniform(-0.04, 0.22, 4) * side
    x1, y1 = max(0, int(box[0] - margins[0])), max(0, int(box[1] - margins[1]))
    x2, y2 = min(width, int(box[2] + margins[2])), min(height, int(box[3] + margins[3]))
    return picture[y1:y2, x1:x2] if x2 - x1 > 24 and y2 - y1 > 24 else picture


def mark_renditions(rng: np.random.Generator, _backgrounds: list[Path]) -> Iterator[list[Rgb]]:
    """A mark and its look-alike: black, two coloured variants (negative, lock-up, outline), two photographs each."""
    from pandok.articles.mark_pictures import mark_black, mark_coloured, mark_photographed
    from pandok.articles.marks import make_mark, vary_mark

    base = make_mark(rng)
    for mark in (base, vary_mark(base, rng)):
        pictures = [mark_black(mark, SIDE_PX), mark_coloured(mark, rng, SIDE_PX), mark_coloured(mark, rng, SIDE_PX)]
        pictures += [mark_photographed(mark, rng, SIDE_PX, float(rng.uniform(0.2, 0.9))) for _ in range(2)]
        yield pictures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["articles", "marks"])
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    shards = arguments.cache / f"{arguments.what}-{arguments.seed}"
    shards.mkdir(parents=True, exist_ok=True)
    backgrounds = sorted((arguments.shared / "data" / "photos-clothing" / "photos").glob("*.jpg"))
    make = article_renditions if arguments.what == "articles" else mark_renditions
    done = 0
    for shard in range(10**6):
        path = shards / f"{shard:04}.npz"
        if not path.exists():
            _write(path, make, np.random.default_rng([arguments.seed, shard]), backgrounds)
        done += SHARD
        print(f"{done}/{arguments.count}", flush=True)
        if done >= arguments.count:
            break


def _write(path: Path, make, rng: np.random.Generator, backgrounds: list[Path]) -> None:
    data: list[bytes] = []
    article: list[int] = []
    family: list[int] = []
    number = 0
    while number < SHARD:
        for pictures in make(rng, backgrounds):
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
