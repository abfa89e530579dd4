"""How many millimetres each ray of a line scanner runs through closed meshes.

The belt moves along x; every column of the scan is one plane x = const, in which rays fan out from the source to the
line of detectors. Each plane cuts a mesh into closed loops of segments; a segment covers an interval of detectors, and
adds or takes away its distance from the source there, as the loop runs up or down the line. What is left is the length
inside.

Watertight: the point where an edge meets a plane is computed from the edge alone, its ends in one order, so that both
triangles of an edge get it to the last bit; vertices and detectors on a limit belong to one side. No ray slips through
a seam or counts it twice, whatever the pose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.compiled import compiled
from pandok.readers.xray.solids.mesh import Floats, Mesh


@dataclass(frozen=True)
class LineScanner:
    """Millimetres. `source_y`, `source_z`: the focus; detectors lie at `detector_z`, from `first_y` on, one every
    `pitch_y`; columns from `first_x` on, one every `pitch_x`. `rows` detectors, `columns` lines of the belt."""

    rows: int
    columns: int
    pitch_x: float
    pitch_y: float
    source_y: float = 0.0
    source_z: float = 1000.0
    detector_z: float = -90.0
    first_x: float = 0.0
    first_y: float = 0.0

    def __post_init__(self) -> None:
        if self.rows < 1 or self.columns < 1 or self.pitch_x <= 0 or self.pitch_y <= 0:
            raise ValueError("a scanner needs rows, columns and pitches of more than 0")
        if self.source_z <= self.detector_z:
            raise ValueError("the source must lie above the detectors")

    @property
    def row_y(self) -> Floats:
        return np.asarray(self.first_y + self.pitch_y * (np.arange(self.rows) + 0.5), np.float64)

    @property
    def ray_mm(self) -> Floats:
        """(rows,): from source to detector."""
        return np.asarray(np.hypot(self.row_y - self.source_y, self.source_z - self.detector_z))

    def detector_y(self, points: Floats) -> Floats:
        """Where (n, 3) points are seen on the line of detectors, mm."""
        z = self.source_z - points[:, 2]
        return np.asarray(self.source_y + (points[:, 1] - self.source_y) * (self.source_z - self.detector_z) / z)

    def pixel_box(self, mesh: Mesh) -> tuple[int, int, int, int]:
        """Columns and rows that a mesh can cover: left, top, right, bottom (beyond), cut to the scan."""
        x = (mesh.vertices[:, 0] - self.first_x) / self.pitch_x
        y = (self.detector_y(mesh.vertices) - self.first_y) / self.pitch_y
        return (
            int(np.clip(np.floor(x.min()), 0, self.columns)),
            int(np.clip(np.floor(y.min()), 0, self.rows)),
            int(np.clip(np.ceil(x.max()), 0, self.columns)),
            int(np.clip(np.ceil(y.max()), 0, self.rows)),
        )


def path_lengths_mm(mesh: Mesh, scanner: LineScanner) -> NDArray[np.float64]:
    """(rows, columns). Raises `ValueError` where a vertex is not between detectors and source."""
    lengths = np.zeros((scanner.rows, scanner.columns))
    add_path_lengths(mesh, scanner, lengths, 1.0)
    return lengths


def add_path_lengths(mesh: Mesh, scanner: LineScanner, into: NDArray[np.float64], weight: float) -> None:
    """Adds `weight` times the millimetres inside `mesh` to `into` (rows, columns)."""
    if into.shape != (scanner.rows, scanner.columns) or into.dtype != np.float64:
        raise ValueError(f"lengths must be {scanner.rows} × {scanner.columns} of float64")
    if not len(mesh.faces):
        return
    z = mesh.vertices[:, 2]
    if z.max() >= scanner.source_z or z.min() < scanner.detector_z:
        raise ValueError("a mesh must lie between detectors and source")
    # Relative to the source, in units in which the fan is flat: what a detector sees is y / depth.
    depth = scanner.source_z - z
    span = scanner.source_z - scanner.detector_z
    _add(
        mesh.vertices[:, 0] - scanner.first_x,
        mesh.vertices[:, 1] - scanner.source_y,
        depth,
        mesh.faces,
        scanner.pitch_x,
        (scanner.row_y - scanner.source_y) / span,
        scanner.pitch_y / span,
        weight * scanner.ray_mm / span,
        into,
    )


@compiled
def _add(
    x: Floats,
    y: Floats,
    depth: Floats,
    faces: NDArray[np.int64],
    pitch_x: float,
    slope: Floats,
    slope_step: float,
    per_depth: Floats,
    into: Floats,
) -> None:
    rows, columns = into.shape
    first_slope = slope[0]
    for face in range(faces.shape[0]):
        least, most = x[faces[face, 0]], x[faces[face, 0]]
        for corner in range(1, 3):
            at = x[faces[face, corner]]
            least, most = min(least, at), max(most, at)
        # Column planes with least < plane <= most, one column of margin for rounding; `cut` decides.
        begin, end = max(int(least / pitch_x - 0.5) - 1, 0), min(int(most / pitch_x - 0.5) + 2, columns)
        for column in range(begin, end):
            plane = pitch_x * (column + 0.5)
            up_y = up_depth = down_y = down_depth = 0.0
            cut = False
            for corner in range(3):
                one, two = faces[face, corner], faces[face, (corner + 1) % 3]
                above_one, above_two = x[one] >= plane, x[two] >= plane
                if above_one == above_two:
                    continue
                cut = True
                # The ends in one order, so that the neighbour across this edge gets the same point.
                low, high = (one, two) if one < two else (two, one)
                share = (plane - x[low]) / (x[high] - x[low])
                at_y = y[low] + share * (y[high] - y[low])
                at_depth = depth[low] + share * (depth[high] - depth[low])
                if above_two:
                    up_y, up_depth = at_y, at_depth
                else:
                    down_y, down_depth = at_y, at_depth
            if not cut:
                continue
            up_slope, down_slope = up_y / up_depth, down_y / down_depth
            if up_slope == down_slope:
                continue
            sign = 1.0 if down_slope < up_slope else -1.0
            from_slope, to_slope = min(up_slope, down_slope), max(up_slope, down_slope)
            first = max(int((from_slope - first_slope) / slope_step) - 1, 0)
            last = min(int((to_slope - first_slope) / slope_step) + 2, rows)
            for row in range(first, last):
                here = slope[row]
                if here < from_slope or here >= to_slope:
                    continue
                # Where the ray with this slope meets the segment; kept on it, however flat they meet.
                up_off, down_off = up_y - here * up_depth, down_y - here * down_depth
                share = min(max(up_off / (up_off - down_off), 0.0), 1.0)
                into[row, column] += sign * per_depth[row] * (up_depth + share * (down_depth - up_depth))
