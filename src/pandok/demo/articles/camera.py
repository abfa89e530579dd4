"""Cameras: orthographic for drawings, perspective for photographs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIX_VIEWS: dict[str, tuple[float, float]] = {
    "front": (0.0, 0.0),
    "back": (180.0, 0.0),
    "left": (-90.0, 0.0),
    "right": (90.0, 0.0),
    "top": (0.0, 90.0),
    "bottom": (0.0, -90.0),
}
"""Azimuth and elevation in degrees of the six views of a design sheet."""


@dataclass(frozen=True)
class Camera:
    """`axes` (3, 3): rows are right, down and forward in world axes. `distance` 0 means orthographic.

    `scale_px` is pixels per unit at the origin; `centre_px` is where the origin falls.
    """

    axes: NDArray[np.float64]
    scale_px: float
    centre_px: tuple[float, float]
    distance: float = 0.0

    def project(self, vertices: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(n, 3) pixel x, pixel y, screen-linear depth; and (n,) the inverse depth for perspective-true weights."""
        c = vertices.astype(np.float64) @ self.axes.T
        if self.distance <= 0:
            out = np.column_stack([c[:, :2] * self.scale_px + self.centre_px, c[:, 2]])
            return out, np.ones(len(c))
        inverse = self.distance / np.maximum(c[:, 2] + self.distance, 0.05 * self.distance)
        out = np.column_stack([c[:, :2] * self.scale_px * inverse[:, None] + self.centre_px, -inverse])
        return out, inverse

    def depths(self, position: NDArray[np.floating]) -> NDArray[np.float32]:
        """Depth along the view of world positions (n, 3), 0 at the origin."""
        return np.asarray(position @ self.axes[2], np.float32)

    def eye_directions(self, position: NDArray[np.floating]) -> NDArray[np.float32]:
        """Unit vectors from world positions (n, 3) towards the eye."""
        if self.distance <= 0:
            return np.broadcast_to(-self.axes[2], position.shape).astype(np.float32)
        towards = -self.axes[2] * self.distance - position
        return np.asarray(towards / np.linalg.norm(towards, axis=1, keepdims=True), np.float32)


def look(azimuth_deg: float, elevation_deg: float, roll_deg: float = 0.0) -> NDArray[np.float64]:
    """Camera axes (3, 3) of a viewer in front of the article (at -y), moved by azimuth to its right and upwards."""
    a, e, r = np.radians([azimuth_deg, elevation_deg, roll_deg])
    forward = np.array([-np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), -np.sin(e)])
    right = np.array([np.cos(a), np.sin(a), 0.0])
    down = np.cross(forward, right)
    return np.stack([np.cos(r) * right + np.sin(r) * down, -np.sin(r) * right + np.cos(r) * down, forward])


def fitted(vertices: NDArray[np.floating], axes: NDArray[np.float64], size_px: int, fill: float = 0.85,
           distance: float = 0.0, shift: tuple[float, float] = (0.0, 0.0)) -> Camera:  # fmt: skip
    """A camera in which the longer side of what is seen covers `fill` of the picture, centred plus `shift` (shares)."""
    unit = Camera(axes, 1.0, (0.0, 0.0), distance)
    points, _ = unit.project(vertices)
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    scale = fill * size_px / max(float((high - low).max()), 1e-6)
    middle = size_px * (0.5 + np.asarray(shift)) - scale * (low + high) / 2
    return Camera(axes, scale, (float(middle[0]), float(middle[1])), distance)
