"""A closed surface of triangles in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mesh:
    """`vertices` (V, 3) float64, x y z in mm; `faces` (F, 3) int64, turning left seen from outside. Raises `ValueError`
    for faces that name no vertex or vertices that are no numbers."""

    vertices: Floats
    faces: NDArray[np.int64]

    def __post_init__(self) -> None:
        vertices = np.ascontiguousarray(self.vertices, np.float64).reshape(-1, 3)
        faces = np.ascontiguousarray(self.faces, np.int64).reshape(-1, 3)
        if not np.isfinite(vertices).all():
            raise ValueError("vertices must be finite numbers")
        if faces.size and (faces.min() < 0 or faces.max() >= len(vertices)):
            raise ValueError("faces name vertices that are not there")
        object.__setattr__(self, "vertices", vertices)
        object.__setattr__(self, "faces", faces)

    @property
    def volume_mm3(self) -> float:
        """Negative where the faces turn right."""
        a, b, c = (self.vertices[self.faces[:, corner]] - self.vertices.mean(axis=0) for corner in range(3))
        return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)

    @property
    def closed(self) -> bool:
        """Every edge is walked once in each direction."""
        edges = np.concatenate([self.faces[:, [0, 1]], self.faces[:, [1, 2]], self.faces[:, [2, 0]]])
        key = edges[:, 0] * len(self.vertices) + edges[:, 1]
        back = edges[:, 1] * len(self.vertices) + edges[:, 0]
        return bool(np.array_equal(np.sort(key), np.sort(back)) and len(np.unique(key)) == len(key))

    @property
    def box_mm(self) -> tuple[Floats, Floats]:
        """Least and largest x, y, z."""
        return self.vertices.min(axis=0), self.vertices.max(axis=0)

    def moved(self, by_mm: tuple[float, float, float] | Floats) -> Mesh:
        return Mesh(self.vertices + np.asarray(by_mm, np.float64), self.faces)

    def turned(self, rotation: Floats) -> Mesh:
        """`rotation` (3, 3), about the origin."""
        return Mesh(self.vertices @ np.asarray(rotation, np.float64).T, self.faces)


def rotation(x_deg: float = 0.0, y_deg: float = 0.0, z_deg: float = 0.0) -> Floats:
    """(3, 3): about x, then y, then z, right-handed."""
    turns = []
    for axis, degrees in enumerate((x_deg, y_deg, z_deg)):
        cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        one, two = (axis + 1) % 3, (axis + 2) % 3
        matrix = np.eye(3)
        matrix[one, one] = matrix[two, two] = cosine
        matrix[one, two], matrix[two, one] = -sine, sine
        turns.append(matrix)
    return np.asarray(turns[2] @ turns[1] @ turns[0])
