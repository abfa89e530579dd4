"""The lines of a drawing: where depth, normal or part changes from one pixel to the next."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.rasterise import Buffers
from pandok.demo.articles.shapes.mesh import Mesh

Mask = NDArray[np.bool_]


def edge_masks(buffers: Buffers, crease_deg: float = 28.0) -> tuple[Mask, Mask]:
    """(outline, inner): silhouettes and occlusions; creases and part borders. Both (size, size), one pixel wide."""
    part, depth, normal = buffers.part, buffers.depth, buffers.normal
    outline, inner = np.zeros(part.shape, bool), np.zeros(part.shape, bool)
    limit = np.cos(np.radians(crease_deg))
    for axis in (0, 1):
        here = (slice(1, -2), slice(None)) if axis == 0 else (slice(None), slice(1, -2))
        after = (slice(2, -1), slice(None)) if axis == 0 else (slice(None), slice(2, -1))
        before = (slice(0, -3), slice(None)) if axis == 0 else (slice(None), slice(0, -3))
        beyond = (slice(3, None), slice(None)) if axis == 0 else (slice(None), slice(3, None))
        a, b = part[here], part[after]
        border = (a < 0) != (b < 0)
        both = (a >= 0) & (b >= 0)
        step = np.abs(depth[after] - depth[here])
        # a step is an occlusion when the surface on neither side explains it
        slope = np.minimum(np.abs(depth[here] - depth[before]), np.abs(depth[beyond] - depth[after]))
        jump = both & (step > 0.035) & (step > 3.0 * slope)
        turn = both & ((normal[after] * normal[here]).sum(axis=2) < limit)
        outline[here] |= border | jump
        inner[here] |= both & (turn | (a != b))
    return outline, inner & ~outline


def print_edges(colour: NDArray[np.uint8]) -> Mask:
    """Lines of printed graphics in an unlit (size, size, 3) picture."""
    return np.asarray(cv2.Canny(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), 60, 140) > 0)


def unclaimed(buffers: Buffers, mesh: Mesh) -> Mask:
    """Pixels of parts that the design does not claim, grown by a few pixels so that their outlines fall inside."""
    ids = [i for i, p in enumerate(mesh.parts) if not p.claimed]
    seen = np.isin(buffers.part, ids) if ids else np.zeros(buffers.part.shape, bool)
    return np.asarray(cv2.dilate(seen.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)
