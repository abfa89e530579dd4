"""Light on what the rasteriser sees: lamps, gloss, occlusion in corners."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.camera import Camera
from pandok.demo.articles.rasterise import Buffers
from pandok.demo.articles.shapes.article import Article

GLOSS = {"metal": 0.55, "glass": 0.6, "plastic": 0.25, "ceramic": 0.4, "leather": 0.15, "foil": 0.6, "rubber": 0.08,
         "wood": 0.08, "fabric": 0.0, "paper": 0.05}  # fmt: skip


@dataclass(frozen=True)
class Lights:
    """`directions` (k, 3) unit vectors towards the lamps, `strengths` (k,), and `ambient` light from everywhere."""

    directions: NDArray[np.float64]
    strengths: NDArray[np.float64]
    ambient: float


def studio(camera: Camera) -> Lights:
    """Two soft lamps left and right above the viewer, as in catalogue renders."""
    towards = np.array([[-0.5, -0.7, -0.6], [0.7, -0.2, -0.6]])
    directions = towards / np.linalg.norm(towards, axis=1, keepdims=True)
    return Lights(directions @ camera.axes, np.array([0.5, 0.2]), 0.42)


def random_lights(rng: np.random.Generator, camera: Camera, hardness: float) -> Lights:
    """One to three lamps above the goods; `hardness` 0 to 1 moves light from ambient to lamps."""
    k = int(rng.integers(1, 4))
    d = rng.normal(0, 1, (k, 3)) + np.array([0, -0.9, -0.9])
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    strength = rng.dirichlet(np.ones(k)) * (0.35 + 0.55 * hardness)
    return Lights(d @ camera.axes, strength, 0.62 - 0.4 * hardness * float(rng.uniform(0.5, 1)))


def shade(article: Article, buffers: Buffers, colour: NDArray[np.float32], camera: Camera,
          lights: Lights) -> NDArray[np.float32]:  # fmt: skip
    """Lit colours (size, size, 3), about 0 to 1.2, zero outside the article."""
    rows, columns = np.nonzero(buffers.mask)
    n, p, c = buffers.normal[rows, columns], buffers.position[rows, columns], colour[rows, columns]
    view = camera.eye_directions(p)
    gloss = np.array([GLOSS.get(part.finish, 0.1) for part in article.mesh.parts], np.float32)
    shine = gloss[buffers.part[rows, columns]][:, None]
    diffuse = np.full((len(n), 1), lights.ambient, np.float32)
    glint = np.zeros((len(n), 1), np.float32)
    for direction, strength in zip(lights.directions.astype(np.float32), lights.strengths, strict=True):
        diffuse += float(strength) * np.clip(n @ direction, 0, 1)[:, None]
        half = view + direction
        half /= np.maximum(np.linalg.norm(half, axis=1, keepdims=True), 1e-6)
        glint += float(strength) * np.clip((n * half).sum(axis=1), 0, 1)[:, None] ** 40
    # a bright horizon mirrored in glossy goods
    up = n[:, 2:3] * 2 * np.clip((n * view).sum(axis=1, keepdims=True), 0, 1) - view[:, 2:3]
    mirror = 0.5 + 0.5 * np.tanh(4 * up)
    lit = c * diffuse * (1 - 0.45 * shine) + shine * (0.30 * mirror * (0.3 + 0.7 * c) + 1.1 * glint)
    out = np.zeros_like(colour)
    out[rows, columns] = lit
    depth = np.where(buffers.mask, buffers.depth, 1.5)
    sigma = max(1.0, len(depth) * 0.02)
    hollow = np.clip((depth - cv2.GaussianBlur(depth, (0, 0), sigma)) * 1.6, 0, 0.35)
    return np.asarray(out * (1 - np.where(buffers.mask, hollow, 0))[..., None], np.float32)
