"""The standard colours as a palette like those of makers, so that a picture that Pandok coloured can be read back."""

from __future__ import annotations

from functools import cache

import numpy as np

from pandok.readers.xray.colour.palette import Palette, palette_of_picture
from pandok.readers.xray.colour.standard import pseudo_colour, standard_colours

NAME = "pandok"
F_CELLS, ROOT_CELLS = 1401, 256


@cache
def standard_palette() -> Palette:
    """f from 0 to the last stop of the colours across, √T from 0 to 1 down."""
    most_f = standard_colours().stops[-1][0]
    f, root = np.meshgrid(np.linspace(0, most_f, F_CELLS), np.linspace(0, 1, ROOT_CELLS))
    return palette_of_picture(pseudo_colour((root**2).astype(np.float32), f.astype(np.float32)), NAME, most_f)
