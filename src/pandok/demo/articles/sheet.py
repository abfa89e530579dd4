"""Views of a design as registers publish them: line drawings and studio renders."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.demo.articles import edges, light, texture
from pandok.demo.articles.camera import SIX_VIEWS, Camera, fitted, look
from pandok.demo.articles.rasterise import Buffers, rasterise
from pandok.demo.articles.shapes.article import Article

Rgb = NDArray[np.uint8]
VIEWS = ("perspective", *SIX_VIEWS)


@dataclass(frozen=True)
class SheetStyle:
    """How one design is drawn; the same for all its views.

    `line_px` at 256 px; `shading` is "none", "stipple", "hatching" or "grey"; `caption` is "" or a pattern with {n}.
    """

    line_px: float = 1.2
    outline_factor: float = 1.4
    crease_deg: float = 28.0
    ink: int = 0
    shading: str = "none"
    broken_unclaimed: bool = True
    caption: str = ""
    tilt_deg: float = 0.0
    fill: float = 0.82
    azimuth_deg: float = 35.0
    elevation_deg: float = 25.0


def random_style(rng: np.random.Generator) -> SheetStyle:
    """A style such as design offices use."""
    return SheetStyle(
        line_px=float(rng.uniform(0.7, 1.9)),
        outline_factor=float(rng.uniform(1.0, 1.8)),
        crease_deg=float(rng.uniform(20, 36)),
        ink=int(rng.choice([0, 0, 0, 25, 60, 95])),
        shading=str(rng.choice(["none", "none", "none", "stipple", "hatching", "grey"])),
        broken_unclaimed=bool(rng.random() < 0.8),
        caption=str(rng.choice(["", "", "", "FIG. {n}", "1.{n}", "[{n}]"])),
        tilt_deg=float(rng.normal(0, 1.2) if rng.random() < 0.3 else 0.0),
        fill=float(rng.uniform(0.65, 0.92)),
        azimuth_deg=float(rng.choice([-1, 1]) * rng.uniform(22, 55)),
        elevation_deg=float(rng.uniform(12, 40)),
    )


def view_camera(article: Article, view: str, size_px: int, style: SheetStyle | None = None) -> Camera:
    """The camera of a named view. Raises KeyError for a name outside VIEWS."""
    s = style or SheetStyle()
    if view == "perspective":
        axes, distance = look(s.azimuth_deg, s.elevation_deg, s.tilt_deg), 5.0
    else:
        axes, distance = look(*SIX_VIEWS[view], s.tilt_deg), 0.0
    return fitted(article.mesh.vertices, axes, size_px, s.fill, distance)


def line_drawing(article: Article, view: str = "perspective", style: SheetStyle | None = None, size_px: int = 256,
                 rng: np.random.Generator | None = None, camera: Camera | None = None) -> Rgb:  # fmt: skip
    """Black lines on white (size_px, size_px, 3) uint8."""
    return captioned_drawing(article, view, style, size_px, rng, camera)[0]


def captioned_drawing(article: Article, view: str = "perspective", style: SheetStyle | None = None,
                      size_px: int = 256, rng: np.random.Generator | None = None,
                      camera: Camera | None = None) -> tuple[Rgb, Box | None]:  # fmt: skip
    """The drawing and the box of its caption, or None where it has none."""
    s, big = style or SheetStyle(), 2 * size_px
    rng = rng or np.random.default_rng(0)
    cam = camera or view_camera(article, view, size_px, s)
    doubled = replace(cam, scale_px=cam.scale_px * 2, centre_px=(cam.centre_px[0] * 2, cam.centre_px[1] * 2))
    buffers = rasterise(article.mesh, doubled, big)
    outline, inner = edges.edge_masks(buffers, s.crease_deg)
    if any(p.decal for p in article.mesh.parts) and article.parameters["palette"] % 3 == 0:
        flat = (texture.albedo(article, buffers, texture.print_of(article)) * 255).astype(np.uint8)
        inner |= edges.print_edges(flat) & buffers.mask
    if s.broken_unclaimed and not all(p.claimed for p in article.mesh.parts):
        broken = edges.unclaimed(buffers, article.mesh)
        ys, xs = np.indices(outline.shape)
        gap = ((xs + 2 * ys) % 26 < 9) & broken
        outline, inner = outline & ~gap, inner & ~gap
    page = np.full((big, big), 255, np.uint8)
    if s.shading != "none":
        page = _shading(s.shading, buffers, doubled, rng)
    width = 2 * s.line_px * size_px / 256
    ink = np.maximum(_stroke(outline, width * s.outline_factor), _stroke(inner, width))
    page = (page * (1 - ink) + s.ink * ink).astype(np.uint8)
    page = cv2.resize(page, (size_px, size_px), interpolation=cv2.INTER_AREA)
    box = None
    if s.caption:
        box = _write(page, s.caption.format(n=VIEWS.index(view) + 1), s.ink)
    return np.repeat(page[..., None], 3, axis=2), box


def studio_render(article: Article, view: str = "perspective", style: SheetStyle | None = None, size_px: int = 256,
                  with_print: bool = True, ground: int = 255, camera: Camera | None = None) -> Rgb:  # fmt: skip
    """A clean shaded picture on a plain ground, as Korean registrations often have."""
    cam = camera or view_camera(article, view, size_px, style)
    buffers = rasterise(article.mesh, cam, size_px)
    colour = texture.albedo(article, buffers, texture.print_of(article) if with_print else None)
    lit = light.shade(article, buffers, colour, cam, light.studio(cam))
    alpha = cv2.blur(buffers.mask.astype(np.float32), (2, 2))[..., None]
    out = np.clip(lit, 0, 1) * 255 * alpha + ground * (1 - alpha)
    return np.asarray(out, np.uint8)


def grey_render(article: Article, view: str = "perspective", style: SheetStyle | None = None, size_px: int = 256,
                camera: Camera | None = None) -> Rgb:  # fmt: skip
    """A render of the bare shape in one grey, as modelling programs print it."""
    names = {p.role for p in article.mesh.parts}
    plain = Article(article.mesh.with_colours(dict.fromkeys(names, (0.75, 0.75, 0.77))), article.name_ko,
                    article.name_en, article.locarno_class, article.parameters)  # fmt: skip
    out = studio_render(plain, view, style, size_px, with_print=False, camera=camera)
    cam = camera or view_camera(article, view, size_px, style)
    outline, inner = edges.edge_masks(rasterise(article.mesh, cam, size_px))
    ink = _stroke(outline | inner, 1.0)[..., None] * 0.6
    return np.asarray(out * (1 - ink) + 40 * ink, np.uint8)


def _stroke(mask: NDArray[np.bool_], width: float) -> NDArray[np.float32]:
    k = max(1, int(np.ceil(width)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (k, k))
    fat = cv2.dilate(mask.astype(np.uint8), kernel).astype(np.float32)
    return fat * min(1.0, 0.5 + width / k / 2)


def _shading(kind: str, buffers: Buffers, camera: Camera, rng: np.random.Generator) -> NDArray[np.uint8]:
    size = len(buffers.mask)
    page = np.full((size, size), 255, np.uint8)
    towards = np.array([-0.5, -0.6, -0.6]) @ camera.axes
    dark = np.clip(1 - np.clip(buffers.normal @ (towards / np.linalg.norm(towards)).astype(np.float32), 0, 1), 0, 1)
    dark = np.where(buffers.mask, dark, 0)
    if kind == "grey":
        return np.asarray(255 - 110 * dark, np.uint8)
    if kind == "stipple":
        dots = cv2.dilate((rng.random((size, size)) < 0.035 * dark**2).astype(np.uint8), np.ones((2, 2), np.uint8))
        page[dots > 0] = 60
        return page
    ys, xs = np.indices((size, size))
    step = int(rng.integers(9, 15))
    line = ((xs + ys * int(rng.choice([-1, 1]))) % step) < 2
    page[line & (dark > float(rng.uniform(0.45, 0.65)))] = 90
    return page


def _write(page: NDArray[np.uint8], text: str, ink: int) -> Box:
    size = len(page)
    scale = size / 256 * 0.42
    (w, h), base = cv2.getTextSize(text, cv2.FONT_HERSHEY_COMPLEX, scale, 1)
    x, y = (size - w) // 2, size - base - 2
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_COMPLEX, scale, int(ink), 1, cv2.LINE_AA)
    return Box(x1=x, y1=y - h - 1, x2=x + w, y2=min(size, y + base))
