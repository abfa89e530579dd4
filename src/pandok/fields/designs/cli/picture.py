"""A small picture in the terminal, two pixels a character (upper half block)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rich.text import Text as RichText

HALF_BLOCK = "▀"


def half_blocks(picture: NDArray[np.uint8], width_characters: int) -> RichText:
    """The RGB picture (H, W, 3) as coloured half blocks, `width_characters` wide, aspect kept."""
    import cv2
    from rich.style import Style
    from rich.text import Text as RichText

    height, width = picture.shape[:2]
    rows = max(1, round(height / width * width_characters / 2))
    small = cv2.resize(picture, (width_characters, 2 * rows), interpolation=cv2.INTER_AREA)
    text = RichText()
    for row in range(rows):
        for column in range(width_characters):
            upper = "#{:02x}{:02x}{:02x}".format(*(int(value) for value in small[2 * row, column]))
            lower = "#{:02x}{:02x}{:02x}".format(*(int(value) for value in small[2 * row + 1, column]))
            text.append(HALF_BLOCK, Style(color=upper, bgcolor=lower))
        text.append("\n")
    return text
