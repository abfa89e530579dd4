"""A retrieval's answer: the register picture whose vector is nearest, by cosine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def nearest(queries: NDArray[np.float64], register: NDArray[np.float64], shows: Sequence[str]) -> list[str | None]:
    """For each query (q, d) what the nearest of the register (r, d) shows; None for a vector without length.

    Of equally near ones (to 12 digits) the first by name, so that the answer does not hang on the order of pictures.

    >>> nearest(np.array([[2.0, 0.1]]), np.array([[1.0, 0.0], [0.0, 1.0]]), ["a", "b"])
    ['a']
    """
    if len(register) != len(shows) or not len(register):
        raise ValueError("one name for each picture of a register that is not empty")
    lengths = np.linalg.norm(register, axis=1)
    usable = np.flatnonzero((lengths > 0) & np.isfinite(lengths))
    order = sorted(usable.tolist(), key=lambda row: (shows[row], row))
    if not order:
        return [None] * len(queries)
    unit = register[order] / lengths[order, None]
    found: list[str | None] = []
    for query in queries:
        length = float(np.linalg.norm(query))
        if not np.isfinite(length) or length == 0:
            found.append(None)
            continue
        likeness = np.round(unit @ (query / length), 12)
        found.append(shows[order[int(np.argmax(likeness))]])
    return found
