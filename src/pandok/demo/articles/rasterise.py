"""A z-buffer in numpy: scanline spans of all triangles at once, hidden surfaces exact to the pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.camera import Camera
from pandok.demo.articles.shapes.mesh import Mesh

_DEPTH_STEPS = (1 << 40) - 1
_EMPTY = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Buffers:
    """What each pixel sees, all (size, size[, 3]); `mask` False where nothing is seen.

    `depth` float32 along the view, larger is farther, 0 where empty; `normal` float32 in world axes, turned
    towards the viewer; `part` int32, -1 where empty; `position` float32 in article coordinates;
    `colour` float32 0 to 1, the part's colour without light.
    """

    mask: NDArray[np.bool_]
    depth: NDArray[np.float32]
    normal: NDArray[np.float32]
    part: NDArray[np.int32]
    position: NDArray[np.float32]
    colour: NDArray[np.float32]


def visible_faces(points: NDArray[np.float64], faces: NDArray[np.int32], size_px: int) -> NDArray[np.int64]:
    """(size_px, size_px) index of the nearest face at each pixel centre, -1 where none.

    `points` (n, 3): pixel x, pixel y and a depth that is linear on the screen, larger is farther.
    """
    tri = points[faces]
    x, y, d = tri[..., 0], tri[..., 1], tri[..., 2]
    top = np.clip(np.ceil(y.min(axis=1) - 0.5), 0, size_px).astype(np.int64)
    end = np.clip(np.ceil(y.max(axis=1) - 0.5), 0, size_px).astype(np.int64)
    rows = np.maximum(end - top, 0)
    face = np.repeat(np.arange(len(faces)), rows)
    out = np.full(size_px * size_px, _EMPTY, np.int64)
    if not len(face):
        return np.full((size_px, size_px), -1, np.int64)
    row = np.arange(len(face)) - np.repeat(np.cumsum(rows) - rows, rows) + top[face]
    centre = row + 0.5
    left, right = np.full(len(face), np.inf), np.full(len(face), -np.inf)
    for a, b in ((0, 1), (1, 2), (2, 0)):
        rise = y[:, b] - y[:, a]
        slope = (x[:, b] - x[:, a]) / np.where(rise == 0, 1.0, rise)
        ya, yb = y[face, a], y[face, b]
        crosses = (np.minimum(ya, yb) <= centre) & (centre < np.maximum(ya, yb))
        at = x[face, a] + (centre - ya) * slope[face]
        left = np.where(crosses, np.minimum(left, at), left)
        right = np.where(crosses, np.maximum(right, at), right)
    usable = left <= right
    first = np.clip(np.ceil(np.where(usable, left, 0) - 0.5), 0, size_px).astype(np.int64)
    last = np.clip(np.ceil(np.where(usable, right, 0) - 0.5), 0, size_px).astype(np.int64)
    width = np.maximum(last - first, 0)
    span = np.repeat(np.arange(len(face)), width)
    column = np.arange(len(span)) - np.repeat(np.cumsum(width) - width, width) + first[span]
    # the plane of each triangle gives the depth of every fragment
    dx1, dy1, dd1 = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0], d[:, 1] - d[:, 0]
    dx2, dy2, dd2 = x[:, 2] - x[:, 0], y[:, 2] - y[:, 0], d[:, 2] - d[:, 0]
    area = dx1 * dy2 - dx2 * dy1
    area = np.where(np.abs(area) < 1e-12, 1e-12, area)
    slope_x, slope_y = (dd1 * dy2 - dd2 * dy1) / area, (dx1 * dd2 - dx2 * dd1) / area
    start = (d[:, 0] - slope_x * x[:, 0] - slope_y * y[:, 0])[face] + slope_y[face] * centre
    depth = start[span] + slope_x[face][span] * (column + 0.5)
    low, high = float(d.min()), float(d.max())
    depth = (np.clip(depth, low, high) - low) / max(high - low, 1e-12)
    key = ((depth * _DEPTH_STEPS).astype(np.int64) << 20) | face[span]
    np.minimum.at(out, row[span] * size_px + column, key)
    return np.where(out == _EMPTY, -1, out & ((1 << 20) - 1)).reshape(size_px, size_px)


def rasterise(mesh: Mesh, camera: Camera, size_px: int = 256) -> Buffers:
    """What the camera sees of the mesh. At most 2**20 faces."""
    points, inverse = camera.project(mesh.vertices)
    nearest = visible_faces(points, mesh.faces, size_px)
    rows, columns = np.nonzero(nearest >= 0)
    face = nearest[rows, columns]
    tri = points[mesh.faces[face]]
    a, b, c = tri[:, 0], tri[:, 1], tri[:, 2]
    px, py = columns + 0.5, rows + 0.5
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    wb = ((px - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (py - a[:, 1])) / area
    wc = ((b[:, 0] - a[:, 0]) * (py - a[:, 1]) - (px - a[:, 0]) * (b[:, 1] - a[:, 1])) / area
    weights = np.clip(np.stack([1 - wb - wc, wb, wc], axis=1), 0, 1) * inverse[mesh.faces[face]]
    weights = (weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)).astype(np.float32)
    position = np.einsum("pk,pkc->pc", weights, mesh.vertices[mesh.faces[face]])
    normal = np.einsum("pk,pkc->pc", weights, mesh.corner_normals[face])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    towards = camera.eye_directions(position)
    facing = (normal * towards).sum(axis=1, keepdims=True)
    flat = (mesh.face_normals[face] * towards).sum(axis=1, keepdims=True)
    normal = np.where((flat < 0) | ((facing < 0) & (np.abs(flat) < 1e-6)), -normal, normal)

    def spread(values: NDArray[np.float32]) -> NDArray[np.float32]:
        out = np.zeros((size_px, size_px, *values.shape[1:]), np.float32)
        out[rows, columns] = values
        return out

    part = np.full((size_px, size_px), -1, np.int32)
    part[rows, columns] = mesh.part_id[face]
    colours = np.array([p.colour for p in mesh.parts], np.float32)
    return Buffers(
        mask=nearest >= 0,
        depth=spread(camera.depths(position)),
        normal=spread(normal),
        part=part,
        position=spread(position),
        colour=spread(colours[mesh.part_id[face]]),
    )
