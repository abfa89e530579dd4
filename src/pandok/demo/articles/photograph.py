"""Photographs of an article as a telephone takes them at an inspection desk."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.demo.articles import light, texture
from pandok.demo.articles.background import clutter, surface
from pandok.demo.articles.camera import Camera, fitted, look
from pandok.demo.articles.families import make_article, recoloured
from pandok.demo.articles.lens import expose, occluders, wrap
from pandok.demo.articles.rasterise import rasterise, visible_faces
from pandok.demo.articles.shapes.article import Article
from pandok.demo.articles.shapes.solids import rotation

LYING = frozenset({"comb", "cutlery", "tool", "watch", "eyewear", "phone", "pendant", "ring", "razor", "brush",
                   "squeeze_tube", "pouch", "controller", "earbud", "door_handle", "vehicle_lamp"})  # fmt: skip
"""Groups that mostly lie flat on a desk and are photographed from above."""


def photograph(article: Article, rng: np.random.Generator, size_px: int = 256, difficulty: float = 0.5,
               background: NDArray[np.uint8] | None = None, recolour: float = 0.3,
               ) -> tuple[NDArray[np.uint8], Box, NDArray[np.bool_]]:  # fmt: skip
    """A photograph (size_px, size_px, 3) uint8 RGB, the box of the article in it, and its mask.

    `difficulty` 0 (clean, whole, sharp) to 1 (wrapped, covered, blurred, odd viewpoint); `background` replaces
    the procedural one and is resized; `recolour` is the chance that the goods come in other colours or another
    print than registered. The mask is the article without what covers it; the box bounds that mask.
    """
    shown, sheet = article, texture.print_of(article)
    if rng.random() < recolour:
        shown = recoloured(article, rng)
        if rng.random() < 0.5:
            sheet = texture.print_sheet(rng)
    shown = _posed(shown, rng, difficulty)
    camera = _camera(shown, rng, size_px, difficulty)
    buffers = rasterise(shown.mesh, camera, size_px)
    if background is None:
        page = surface(rng, size_px)
    else:
        resized = cv2.resize(background, (size_px, size_px), interpolation=cv2.INTER_AREA)
        page = np.ascontiguousarray(resized, np.float32) / np.float32(255)
    if background is None and rng.random() < 0.25 + 0.6 * difficulty:
        clutter(rng, page, int(rng.integers(1, 3 + int(5 * difficulty))))
        if rng.random() < 0.5 * difficulty:
            _neighbour(rng, page, size_px)
    page = _shadowed(page, shown, camera, rng, size_px)
    lights = light.random_lights(rng, camera, float(rng.uniform(0.2, 1)))
    colour = texture.albedo(shown, buffers, sheet, rng)
    lit = light.shade(shown, buffers, colour, camera, lights)
    alpha = cv2.blur(buffers.mask.astype(np.float32), (2, 2))[..., None]
    picture = np.asarray(lit * alpha + page * (1 - alpha), np.float32)
    box = box_of(buffers.mask, size_px)
    if rng.random() < 0.45 * difficulty:
        wrap(rng, picture, buffers.mask, float(rng.uniform(0.3, 1)))
    if rng.random() < 0.6 * difficulty:
        share = float(rng.uniform(0.08, 0.15 + 0.25 * difficulty))
        occluders(rng, picture, (box.x1, box.y1), (box.x2, box.y2), share)
    return expose(rng, picture, difficulty), box, buffers.mask


def box_of(mask: NDArray[np.bool_], size_px: int) -> Box:
    """The box of a mask; the whole picture where it is empty."""
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if not len(rows):
        return Box(x1=0, y1=0, x2=size_px, y2=size_px)
    return Box(x1=int(columns[0]), y1=int(rows[0]), x2=int(columns[-1]) + 1, y2=int(rows[-1]) + 1)


def _posed(article: Article, rng: np.random.Generator, difficulty: float) -> Article:
    turn = rotation("z", float(rng.uniform(-180, 180) if rng.random() < 0.25 + 0.4 * difficulty else rng.normal(0, 35)))
    lies = rng.random() < (0.75 if article.parameters["group"] in LYING else 0.12 + 0.1 * difficulty)
    if lies:
        # backwards onto the desk, so that the front looks up; sometimes on its side
        turn = turn @ (rotation("x", -90.0) if rng.random() < 0.8 else rotation("y", float(rng.choice([-90, 90]))))
    moved = article.mesh.with_vertices(article.mesh.vertices @ turn.T.astype(np.float32))
    return Article(moved, article.name_ko, article.name_en, article.locarno_class, {**article.parameters, "lies": lies})


def _camera(article: Article, rng: np.random.Generator, size_px: int, difficulty: float) -> Camera:
    high = (50.0, 88.0) if article.parameters["lies"] else (8.0, 38.0 + 25 * difficulty)
    azimuth = float(rng.uniform(-40, 40))
    roll = float(rng.normal(0, 4 + 10 * difficulty))
    if article.parameters["lies"] and rng.random() < 0.4:
        roll += float(rng.uniform(-90, 90))
    axes = look(azimuth, float(rng.uniform(*high)), roll)
    fill = float(rng.uniform(0.82 - 0.4 * difficulty, 0.95))
    slack = max(0.0, (0.98 - fill) / 2)
    shift = (float(rng.uniform(-slack, slack)), float(rng.uniform(-slack, slack)))
    return fitted(article.mesh.vertices, axes, size_px, fill, float(rng.uniform(2.6, 6.5)), shift)


def _shadowed(page: NDArray[np.float32], article: Article, camera: Camera, rng: np.random.Generator,
              size_px: int) -> NDArray[np.float32]:  # fmt: skip
    """The page with a contact shadow and a cast shadow, both projected onto the ground below the article."""
    v = article.mesh.vertices
    ground = float(v[:, 2].min())
    lean = rng.uniform(-0.9, 0.9, 2)
    flat = v.copy()
    flat[:, :2] += (v[:, 2:3] - ground) * lean
    flat[:, 2] = ground
    small = size_px // 4
    points, _ = camera.project(flat)
    points[:, :2] /= 4
    seen = (visible_faces(points, article.mesh.faces, small) >= 0).astype(np.float32)
    soft = cv2.GaussianBlur(seen, (0, 0), float(rng.uniform(0.6, 3.0)) * small / 64)
    soft = cv2.resize(soft, (size_px, size_px), interpolation=cv2.INTER_LINEAR)
    return np.asarray(page * (1 - float(rng.uniform(0.2, 0.7)) * soft[..., None]), np.float32)


def _neighbour(rng: np.random.Generator, page: NDArray[np.float32], size_px: int) -> None:
    """Another article at the border of the picture."""
    other = make_article(rng)
    small = size_px // 2
    axes = look(float(rng.uniform(-60, 60)), float(rng.uniform(15, 60)), float(rng.uniform(-60, 60)))
    camera = fitted(other.mesh.vertices, axes, small, 0.9, 4.0)
    buffers = rasterise(other.mesh, camera, small)
    lit = light.shade(other, buffers, buffers.colour, camera, light.studio(camera))
    x = int(rng.choice([-small // 2, size_px - small // 2]))
    y = int(rng.integers(-small // 2, size_px - small // 2))
    if rng.random() < 0.5:
        x, y = y, x
    xs, ys = slice(max(x, 0), min(x + small, size_px)), slice(max(y, 0), min(y + small, size_px))
    from_x, from_y = slice(xs.start - x, xs.stop - x), slice(ys.start - y, ys.stop - y)
    seen = buffers.mask[from_y, from_x][..., None]
    page[ys, xs] = np.where(seen, np.clip(lit[from_y, from_x], 0, 1), page[ys, xs])
