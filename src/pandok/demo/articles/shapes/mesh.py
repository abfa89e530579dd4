"""Mesh: vertices, triangles, and the parts that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.shapes.solids import Solid

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

CREASE_COSINE = 0.91
"""Corners whose face turns further than about 24 degrees from the vertex normal stay sharp."""


@dataclass(frozen=True)
class Part:
    """One part of an article. `role` picks a colour of the palette, `finish` a material.

    `decal` names how a print lies on the part: "" none, "front" projected along y, "wrap" around z.
    Parts with `claimed` False are drawn in broken lines.
    """

    name: str
    role: str = "body"
    finish: str = "plastic"
    colour: tuple[float, float, float] = (0.7, 0.7, 0.7)
    decal: str = ""
    claimed: bool = True


@dataclass(frozen=True)
class Mesh:
    """`vertices` (n, 3) float32, z up, front towards -y; `faces` (m, 3) int32; `part_id` (m,) int32 into `parts`."""

    vertices: Floats
    faces: Ints
    part_id: Ints
    parts: tuple[Part, ...]

    @cached_property
    def face_normals(self) -> Floats:
        """(m, 3) unit normals; zero for triangles without area."""
        a, b, c = (self.vertices[self.faces[:, i]] for i in range(3))
        normal: Floats = np.cross(b - a, c - a)
        lengths = np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
        return np.asarray(normal / lengths, np.float32)

    @cached_property
    def corner_normals(self) -> Floats:
        """(m, 3, 3) a normal for each corner of each face: smooth over gentle turns, sharp at creases."""
        a, b, c = (self.vertices[self.faces[:, i]] for i in range(3))
        weighted = np.cross(b - a, c - a)
        flat = self.faces.ravel()
        repeated = np.repeat(weighted, 3, axis=0)
        count = len(self.vertices)
        sums = [np.asarray(np.bincount(flat, repeated[:, k], count), np.float64) for k in range(3)]
        summed = np.stack(sums, axis=1)
        summed /= np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-12)
        corners = summed[self.faces]
        flat_normals = self.face_normals[:, None, :]
        smooth = (corners * flat_normals).sum(axis=2, keepdims=True) > CREASE_COSINE
        return np.where(smooth, corners, flat_normals).astype(np.float32)

    def with_vertices(self, vertices: NDArray[np.floating]) -> Mesh:
        """The same faces over moved vertices (n, 3)."""
        return Mesh(vertices.astype(np.float32), self.faces, self.part_id, self.parts)

    def with_colours(self, colours: dict[str, tuple[float, float, float]]) -> Mesh:
        """The same shape, each part in the colour of its role; roles that are not named keep theirs."""
        parts = tuple(replace(p, colour=colours.get(p.role, p.colour)) for p in self.parts)
        return Mesh(self.vertices, self.faces, self.part_id, parts)

    def normalised(self) -> Mesh:
        """Centred on the origin, with half the bounding-box diagonal equal to 1."""
        low, high = self.vertices.min(axis=0), self.vertices.max(axis=0)
        half = max(float(np.linalg.norm(high - low)) / 2, 1e-9)
        return self.with_vertices((self.vertices - (low + high) / 2) / half)


def join(pieces: Sequence[tuple[Solid, Part]]) -> Mesh:
    """One mesh from solids, each with the part it forms; equal parts share one id."""
    parts: list[Part] = []
    vertices, faces, ids = [], [], []
    offset = 0
    for solid, part in pieces:
        if part not in parts:
            parts.append(part)
        vertices.append(solid.vertices)
        faces.append(solid.faces + offset)
        ids.append(np.full(len(solid.faces), parts.index(part), np.int32))
        offset += len(solid.vertices)
    return Mesh(
        np.concatenate(vertices).astype(np.float32),
        np.concatenate(faces).astype(np.int32),
        np.concatenate(ids),
        tuple(parts),
    )
