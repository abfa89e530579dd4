"""A demonstration register: invented designs with published views, and photographs to ask it about."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.families import make_article, sibling, vary
from pandok.demo.articles.photograph import photograph
from pandok.demo.articles.shapes.article import Article
from pandok.demo.articles.sheet import VIEWS, SheetStyle, grey_render, line_drawing, random_style, studio_render

REGISTER_COLUMNS = (
    "design_id",
    "holder",
    "article",
    "locarno_class",
    "status",
    "view",
    "path",
    "recorded_with_customs",
)
QUERY_COLUMNS = ("query_id", "path", "design_id")
VIEW_PX, PHOTOGRAPH_PX = 320, 480
HOLDERS = 12

Progress = Callable[[int, int], None]


def write_demonstration(folder: Path, seed: int, designs: int = 80, progress: Progress | None = None) -> None:
    """Writes `register.csv`, `queries.csv`, `views/` and `queries/` below `folder`, the same for the same seed.

    A third of the designs are look-alikes of another. There is one photograph for every second design, and a
    third as many again of articles outside the register (`design_id` empty), so a quarter of all.
    `progress(done, total)` is called after each design and photograph. Raises OSError when the folder
    cannot be written.
    """
    (folder / "views").mkdir(parents=True, exist_ok=True)
    (folder / "queries").mkdir(parents=True, exist_ok=True)
    articles = demonstration_articles(seed, designs)
    inside = max(1, designs // 2)
    outside = max(1, inside // 3)
    total, done = designs + inside + outside, 0
    rows: list[tuple[str, ...]] = []
    for i, article in enumerate(articles):
        rng = np.random.default_rng([seed, 1, i])
        design_id = f"DEMO-{i + 1:04d}"
        holder = int(rng.integers(1, HOLDERS + 1))
        facts = (
            design_id,
            f"시연 권리자 {holder:02d} / Demo holder {holder:02d}",
            f"{article.name_ko} / {article.name_en}",
            article.locarno_class,
            "lapsed" if rng.random() < 0.15 else "in force",
        )
        recorded = "no" if rng.random() < 0.3 else "yes"
        for view, picture in published_views(article, rng):
            path = f"views/{design_id}-{view}.png"
            write_picture(folder / path, picture)
            rows.append((*facts, view, path, recorded))
        done += 1
        if progress:
            progress(done, total)
    write_csv(folder / "register.csv", REGISTER_COLUMNS, rows)
    asked = np.random.default_rng([seed, 2]).permutation(designs)[:inside]
    queries: list[tuple[str, ...]] = []
    for number in range(inside + outside):
        rng = np.random.default_rng([seed, 3, number])
        if number < inside:
            design_id, article = f"DEMO-{asked[number] + 1:04d}", articles[int(asked[number])]
        else:
            # outside the register: half of them relatives of registered designs
            design_id = ""
            article = sibling(articles[int(rng.integers(designs))], rng) if rng.random() < 0.5 else make_article(rng)
        picture, _, _ = photograph(article, rng, PHOTOGRAPH_PX, float(rng.uniform(0.3, 0.85)))
        path = f"queries/Q{number + 1:03d}.jpg"
        write_picture(folder / path, picture)
        queries.append((f"Q{number + 1:03d}", path, design_id))
        done += 1
        if progress:
            progress(done, total)
    write_csv(folder / "queries.csv", QUERY_COLUMNS, queries)


def demonstration_articles(seed: int, designs: int) -> list[Article]:
    """The articles of the register in order; every third is a look-alike of the one before."""
    out: list[Article] = []
    for i in range(designs):
        rng = np.random.default_rng([seed, 0, i])
        out.append(vary(out[-1], rng) if i % 3 == 2 else make_article(rng))
    return out


def published_views(article: Article, rng: np.random.Generator) -> list[tuple[str, NDArray[np.uint8]]]:
    """Four to seven views in one manner: line drawings, coloured renders or grey renders."""
    manner = float(rng.random())
    style = random_style(rng)
    others = [VIEWS[1:][i] for i in sorted(rng.permutation(len(VIEWS) - 1)[: int(rng.integers(3, 7))])]
    return [(view, _published(article, view, style, manner, rng)) for view in ("perspective", *others)]


def _published(
    article: Article, view: str, style: SheetStyle, manner: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    if manner < 0.5:
        return line_drawing(article, view, style, VIEW_PX, rng)
    return studio_render(article, view, style, VIEW_PX) if manner < 0.8 else grey_render(article, view, style, VIEW_PX)


def write_picture(path: Path, picture: NDArray[np.uint8]) -> None:
    options = [cv2.IMWRITE_JPEG_QUALITY, 90] if path.suffix == ".jpg" else [cv2.IMWRITE_PNG_COMPRESSION, 6]
    _, packed = cv2.imencode(path.suffix, np.ascontiguousarray(picture[..., ::-1]), options)
    path.write_bytes(packed.tobytes())


def write_csv(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
