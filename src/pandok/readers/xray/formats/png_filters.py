"""The filters of PNG (ISO/IEC 15948, 9) undone, as machine code that is there from the import on (`code_lengths`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.compiled import compiled_at_once


@compiled_at_once("b1(u1[:, ::1], i8)")
def undo_filters(rows: NDArray[np.uint8], step: int) -> bool:
    """In place. `rows` (rows, 1 + bytes): kind of filter, then bytes; `step`: bytes of a pixel. False where there is
    no such filter."""
    wide = rows.shape[1]
    for row in range(rows.shape[0]):
        kind = rows[row, 0]
        if kind > 4:
            return False
        if kind == 0 or (kind == 2 and row == 0):
            continue
        for at in range(1, wide):
            left = int(rows[row, at - step]) if at > step else 0
            above = int(rows[row - 1, at]) if row > 0 else 0
            if kind == 1:
                guess = left
            elif kind == 2:
                guess = above
            elif kind == 3:
                guess = (left + above) >> 1
            else:
                corner = int(rows[row - 1, at - step]) if row > 0 and at > step else 0
                by_left, by_above, by_corner = (
                    abs(above - corner),
                    abs(left - corner),
                    abs(left + above - 2 * corner),
                )
                if by_left <= by_above and by_left <= by_corner:
                    guess = left
                else:
                    guess = above if by_above <= by_corner else corner
            rows[row, at] = (int(rows[row, at]) + guess) & 0xFF
    return True
