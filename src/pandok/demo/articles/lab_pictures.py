"""Drawings and photographs for the lab's demonstration problem: one drawing a design, a few photographs of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from pandok.demo.articles.demonstration import QUERY_COLUMNS, demonstration_articles, write_csv, write_picture
from pandok.demo.articles.photograph import photograph
from pandok.demo.articles.sheet import line_drawing, random_style

COLUMNS = ("design_id", "article", "path")
VIEW_PX, PHOTOGRAPH_PX = 240, 256
SEED = 41


def write_lab_pictures(
    folder: Path,
    seed: int = SEED,
    designs: int = 120,
    photographs: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Writes register.csv, queries.csv and the pictures below `folder`, the same for the same seed."""
    for name in ("views", "queries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    drawings: list[tuple[str, ...]] = []
    queries: list[tuple[str, ...]] = []
    for i, article in enumerate(demonstration_articles(seed, designs)):
        design_id = f"A{i + 1:03d}"
        rng = np.random.default_rng([seed, 5, i])
        path = f"views/{design_id}.png"
        write_picture(folder / path, line_drawing(article, "perspective", random_style(rng), VIEW_PX, rng))
        drawings.append((design_id, f"{article.name_ko} / {article.name_en}", path))
        for number in range(photographs):
            rng = np.random.default_rng([seed, 6, i, number])
            picture, _, _ = photograph(article, rng, PHOTOGRAPH_PX, float(rng.uniform(0.2, 0.7)))
            path = f"queries/{design_id}-{number + 1}.jpg"
            write_picture(folder / path, picture)
            queries.append((f"{design_id}-{number + 1}", path, design_id))
        if progress:
            progress(i + 1, designs)
    write_csv(folder / "register.csv", COLUMNS, drawings)
    write_csv(folder / "queries.csv", QUERY_COLUMNS, queries)
