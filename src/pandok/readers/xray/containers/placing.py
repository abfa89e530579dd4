"""From places of a container, in shares of its sides, to pixels of the scan that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.containers.finding import corners_of
from pandok.readers.xray.containers.kinds import ContainerKind
from pandok.readers.xray.containers.registering import MARGIN_PX, onto_raster, raster_of

ShareBox = tuple[float, float, float, float]
"""Left, top, right, bottom in shares of the container, front end left."""


@dataclass(frozen=True, eq=False)
class ContainerInScan:
    """`corners` (4, 2) x, y as `finding.corners_of` gives them; `turned`: the scan shows the front end on the right."""

    corners: NDArray[np.float32]
    kind: ContainerKind
    turned: bool

    def quad(self, box: ShareBox) -> NDArray[np.float32]:
        """(4, 2) x, y of its corners in the scan."""
        rows, columns = raster_of(self.kind)
        wide, high = columns - 1 - 2 * MARGIN_PX, rows - 1 - 2 * MARGIN_PX
        left, top, right, bottom = box
        if self.turned:
            left, right = 1 - right, 1 - left
        shares = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        on_raster = (shares * (wide, high) + MARGIN_PX).astype(np.float32)
        back = np.linalg.inv(onto_raster(self.corners, self.kind))
        return np.asarray(cv2.perspectiveTransform(on_raster[None], back)[0], np.float32)

    def pixels(self, box: ShareBox, shape: tuple[int, int]) -> tuple[int, int, int, int]:
        """x1, y1 within, x2, y2 just behind: the smallest box upright in a scan of `shape` (rows, columns), at least
        one pixel."""
        quad = self.quad(box)
        rows, columns = shape
        x1, y1 = (int(np.floor(side)) for side in quad.min(axis=0))
        x2, y2 = (int(np.ceil(side)) + 1 for side in quad.max(axis=0))
        x1, y1 = min(max(x1, 0), columns - 1), min(max(y1, 0), rows - 1)
        return x1, y1, min(max(x2, x1 + 1), columns), min(max(y2, y1 + 1), rows)


def container_in(transmission: NDArray[np.floating], kind: ContainerKind, turned: bool) -> ContainerInScan:
    """Raises NoContainer."""
    return ContainerInScan(corners_of(transmission).astype(np.float32), kind, turned)
