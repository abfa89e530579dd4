"""Pictures of articles that belong to no register: drawn, so that they can be made anywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.cli.terminal import progress
from pandok.core.text import Text

SEED = 23
COUNT = 160
SIDE_PX = 240


def drawn_strangers(count: int = COUNT, seed: int = SEED) -> list[NDArray[np.uint8]]:
    """Line drawings, studio renders and photographs in turn, the same for the same seed."""
    from pandok.demo.articles.families import make_article
    from pandok.demo.articles.photograph import photograph
    from pandok.demo.articles.sheet import line_drawing, studio_render

    pictures = []
    with progress(Text(ko="비교 기준 그림 그리기", en="Drawing strangers")) as moved:
        for number in range(count):
            rng = np.random.default_rng([seed, number])
            article = make_article(rng)
            if number % 3 == 0:
                picture = line_drawing(article, "perspective", size_px=SIDE_PX)
            elif number % 3 == 1:
                picture = studio_render(article, "perspective", size_px=SIDE_PX)
            else:
                picture = photograph(article, rng, SIDE_PX, difficulty=0.5)[0]
            pictures.append(picture)
            moved(number + 1, count)
    return pictures
