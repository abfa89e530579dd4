"""Solids without parts: stacks of loops, from which revolutions, prisms, tubes and boxes follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pandok.demo.articles.shapes import curves


@dataclass(frozen=True)
class Solid:
    """`vertices` (n, 3) float64 and `faces` (m, 3) int; every method returns a new solid."""

    vertices: NDArray[np.float64]
    faces: NDArray[np.int64]

    def move(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
        return Solid(self.vertices + np.array([x, y, z]), self.faces)

    def scale(self, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> Solid:
        faces = self.faces if x * y * z > 0 else self.faces[:, ::-1]
        return Solid(self.vertices * np.array([x, y, z]), faces)

    def mirror(self, axis: str = "x") -> Solid:
        return self.scale(**{axis: -1.0})

    def rotate(self, axis: str, degrees: float) -> Solid:
        """Turned about a coordinate axis through the origin, right-handed."""
        return Solid(self.vertices @ rotation(axis, degrees).T, self.faces)

    def taper(self, amount: float) -> Solid:
        """x and y scaled linearly with z, from 1 at the bottom to 1 + amount at the top."""
        z = self.vertices[:, 2]
        scale = 1 + amount * (z - z.min()) / max(np.ptp(z), 1e-9)
        return Solid(self.vertices * np.stack([scale, scale, np.ones_like(z)], axis=1), self.faces)

    def bend(self, degrees: float) -> Solid:
        """The z axis bent in the xz plane by `degrees` from bottom to top."""
        if abs(degrees) < 1e-6:
            return self
        x, y, z = self.vertices.T
        low, height = z.min(), max(np.ptp(z), 1e-9)
        radius = height / np.radians(degrees)
        t = (z - low) / radius
        return Solid(
            np.stack([radius - (radius - x) * np.cos(t), y, low + (radius - x) * np.sin(t)], axis=1), self.faces
        )

    def warp(self, change: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Solid:
        """Any other deformation, (n, 3) to (n, 3)."""
        return Solid(change(self.vertices.copy()), self.faces)


def rotation(axis: str, degrees: float) -> NDArray[np.float64]:
    """The (3, 3) matrix of a right-handed turn about a coordinate axis."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i = "xyz".index(axis)
    j, k = (i + 1) % 3, (i + 2) % 3
    out = np.eye(3)
    out[j, j], out[j, k], out[k, j], out[k, k] = c, -s, s, c
    return out


def stack(loops: ArrayLike, closed: bool = False, caps: bool = True) -> Solid:
    """The surface through loops (k, s, 3), each counter-clockwise seen against the stacking direction.

    `closed` joins the last loop to the first; otherwise `caps` closes both ends with a fan.
    """
    p = np.asarray(loops, dtype=np.float64)
    k, s, _ = p.shape
    rows = np.arange(k if closed else k - 1)
    i, j = np.meshgrid(rows, np.arange(s), indexing="ij")
    a, b = i * s + j, i * s + (j + 1) % s
    up = ((i + 1) % k) * s
    c, d = up + (j + 1) % s, up + j
    faces = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    vertices = [p.reshape(-1, 3)]
    if caps and not closed:
        ring = np.arange(s)
        # own cap vertices keep the rim of the side smooth and the cap flat
        for row, turn in ((0, True), (k - 1, False)):
            base = sum(len(v) for v in vertices)
            vertices.append(np.concatenate([p[row], p[row].mean(axis=0, keepdims=True)]))
            fan = np.stack([base + ring, base + (ring + 1) % s, np.full(s, base + s)], -1)
            faces.append(fan[:, ::-1] if turn else fan)
    return Solid(np.concatenate(vertices), np.concatenate(faces))


def revolve(profile: ArrayLike, outline: NDArray[np.float64] | None = None) -> Solid:
    """A surface of revolution; `profile` (k, 2) of radius and height, `outline` (s, 2) replaces the circle."""
    p = np.asarray(profile, dtype=np.float64)
    ring = curves.section("round", 28) if outline is None else outline
    xy = p[:, 0, None, None] * ring[None]
    z = np.broadcast_to(p[:, 1, None, None], (*xy.shape[:2], 1))
    return stack(np.concatenate([xy, z], axis=2))


def prism(outline: NDArray[np.float64], height: float, bevel: float = 0.0) -> Solid:
    """A star-shaped outline (s, 2) raised along z from 0 to `height`, with bevelled rims."""
    if bevel <= 0:
        profile = [(1.0, 0.0), (1.0, height)]
    else:
        bevel = min(bevel, 0.45 * height)
        size = float(np.abs(outline).max())
        inset = 1 - bevel / max(size, 1e-9)
        mid = 1 - 0.3 * bevel / max(size, 1e-9)
        profile = [
            (inset, 0.0), (mid, 0.3 * bevel), (1.0, bevel),
            (1.0, height - bevel), (mid, height - 0.3 * bevel), (inset, height),
        ]  # fmt: skip
    return revolve(profile, outline)


def box(width: float, depth: float, height: float, radius: float = 0.0) -> Solid:
    """A box centred in x and y, standing on z = 0; `radius` rounds all edges."""
    if radius <= 1e-6:
        outline = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * np.array([width, depth]) / 2
        return prism(outline, height)
    radius = min(radius, 0.499 * min(width, depth, height))
    t = np.linspace(0, np.pi / 2, 4)
    loops = []
    for inset, z in [(radius * (1 - np.sin(a)), radius * (1 - np.cos(a))) for a in t] + [
        (radius * (1 - np.cos(a)), height - radius * (1 - np.sin(a))) for a in t
    ]:
        corner = max(radius - inset, 1e-3 * radius)
        loop = curves.rounded_rectangle(width - 2 * inset, depth - 2 * inset, corner)
        loops.append(np.column_stack([loop, np.full(len(loop), z)]))
    return stack(np.array(loops))


def slab(upper: NDArray[np.float64], lower: NDArray[np.float64], thickness: float, bevel: float = 0.0) -> Solid:
    """A plate between two plane curves (k, 2) in x and z with matching points, `thickness` along y, centred."""
    inset = min(bevel, 0.45 * thickness)
    middle, half = (upper + lower) / 2, (upper - lower) / 2
    length = np.maximum(np.linalg.norm(half, axis=1, keepdims=True), 1e-9)
    small = half * np.maximum(1 - inset / length, 0.2)
    y = thickness / 2

    def edge(points: NDArray[np.float64], depth: float) -> NDArray[np.float64]:
        return np.stack([points[:, 0], np.full(len(points), depth), points[:, 1]], axis=1)

    ring = [edge(middle + small, -y), edge(middle - small, -y)]
    if inset > 0:
        ring += [edge(middle - half, -y + inset), edge(middle - half, y - inset)]
    ring += [edge(middle - small, y), edge(middle + small, y)]
    if inset > 0:
        ring += [edge(middle + half, y - inset), edge(middle + half, -y + inset)]
    return stack(np.stack(ring, axis=1)[:, ::-1])


def tube(path: ArrayLike, radius: float | ArrayLike, outline: NDArray[np.float64] | None = None,
         closed: bool = False, up: Sequence[float] = (0.0, 0.0, 1.0)) -> Solid:  # fmt: skip
    """A tube swept along `path` (k, 3); `radius` is one number or (k,); the outline's y axis leans towards `up`."""
    p = np.asarray(path, dtype=np.float64)
    ring = curves.section("round", 10) if outline is None else outline
    tangent = np.roll(p, -1, 0) - np.roll(p, 1, 0) if closed else np.gradient(p, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    side = np.empty_like(p)
    guess = np.cross(tangent[0], np.asarray(up, dtype=np.float64))
    if np.linalg.norm(guess) < 0.05:
        guess = np.cross(tangent[0], [1.0, 0.0, 0.0])
    if np.linalg.norm(guess) < 0.05:
        guess = np.cross(tangent[0], [0.0, 1.0, 0.0])
    for i, t in enumerate(tangent):
        guess = guess - t * (guess @ t)
        guess = guess / max(float(np.linalg.norm(guess)), 1e-9)
        side[i] = guess
    other = np.cross(side, tangent)
    r = np.broadcast_to(np.asarray(radius, dtype=np.float64), (len(p),))[:, None, None]
    loops = p[:, None] + r * (ring[None, :, :1] * side[:, None] + ring[None, :, 1:] * other[:, None])
    return stack(loops[:, ::-1], closed=closed)


def superellipsoid(size: Sequence[float], e1: float = 1.0, e2: float = 1.0, count: int = 20) -> Solid:
    """Half axes `size`; exponents 1 give an ellipsoid, near 0.2 a soft box, 2 an octahedron."""
    v = np.linspace(-np.pi / 2, np.pi / 2, count // 2 + 2)[1:-1]
    u = np.linspace(0, 2 * np.pi, count + 4, endpoint=False)

    def power(value: NDArray[np.float64], e: float) -> NDArray[np.float64]:
        return np.asarray(np.sign(value) * np.abs(value) ** e)

    x = power(np.cos(v), e1)[:, None] * power(np.cos(u), e2)[None]
    y = power(np.cos(v), e1)[:, None] * power(np.sin(u), e2)[None]
    z = np.broadcast_to(power(np.sin(v), e1)[:, None], x.shape)
    return stack(np.stack([x, y, z], -1) * np.asarray(size, dtype=np.float64))


def torus(ring_radius: float, radius: float | NDArray[np.float64], outline: NDArray[np.float64] | None = None,
          count: int = 32) -> Solid:  # fmt: skip
    """A ring about z in the plane z = 0; the outline's y axis points along z."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    path = np.stack([np.cos(t), np.sin(t), np.zeros(count)], axis=1) * ring_radius
    return tube(path, radius, outline, closed=True)


def shell(profile: ArrayLike, thickness: float, outline: NDArray[np.float64] | None = None) -> Solid:
    """An open vessel or shade: `profile` (k, 2) outside, then back down inside at `thickness`."""
    p = np.asarray(profile, dtype=np.float64)
    inner = p[::-1].copy()
    inner[:, 0] = np.maximum(inner[:, 0] - thickness, 0.01)
    inner[-1, 1] += thickness
    return revolve(np.concatenate([p, inner]), outline)


def around(solid: Solid, count: int, radius: float = 0.0, start_deg: float = 0.0) -> list[Solid]:
    """`count` copies, moved out along x by `radius` and spaced evenly about z."""
    moved = solid.move(x=radius)
    return [moved.rotate("z", start_deg + 360.0 * i / count) for i in range(count)]
