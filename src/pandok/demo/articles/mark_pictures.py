"""Pictures of a mark: black as filed, in colours, in outline, with its word, and photographed on goods."""

from __future__ import annotations

import colorsys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pandok.demo.articles.background import surface
from pandok.demo.articles.lens import expose
from pandok.demo.articles.marks import Mark, coverage

Rgb = NDArray[np.uint8]


def mark_black(mark: Mark, size_px: int = 256, outline: bool = False) -> Rgb:
    """Black on white, as most marks are filed; `outline` draws contours only."""
    ink = _ink(mark, size_px, outline)[0]
    return np.repeat((255 * (1 - ink))[..., None], 3, axis=2).astype(np.uint8)


def mark_coloured(mark: Mark, rng: np.random.Generator, size_px: int = 256,
                  fonts: tuple[Path, ...] = ()) -> Rgb:  # fmt: skip
    """A variant as used in trade: colours, inverse, gradient or outline, often with a word right or below."""
    return _coloured(mark, rng, size_px, fonts)[0]


def mark_photographed(mark: Mark, rng: np.random.Generator, size_px: int = 256, difficulty: float = 0.5,
                      fonts: tuple[Path, ...] = ()) -> Rgb:  # fmt: skip
    """The mark on goods: printed or embossed on a surface, warped, lit, blurred."""
    s = size_px
    goods = surface(rng, s)
    art, alpha = _coloured(mark, rng, s, fonts)
    ink = art.astype(np.float32) / 255
    style = float(rng.random())
    if style < 0.2:  # embossed: only light and shade
        height = cv2.GaussianBlur(alpha, (0, 0), s / 160)
        relief = height - np.roll(height, (2, 2), axis=(0, 1))
        layer, cover = np.clip(goods * (1 + 1.2 * relief[..., None]), 0, 1), np.ones_like(alpha)
    elif style < 0.5:  # a patch or label with its own ground
        layer, cover = ink, np.ones_like(alpha)
    else:
        layer, cover = ink, alpha
    square = np.array([[0, 0], [s, 0], [s, s], [0, s]], np.float32)
    side = float(rng.uniform(0.92 - 0.45 * difficulty, 0.95)) * s
    angle = float(np.radians(rng.normal(0, 6 + 14 * difficulty)))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = (square / s - 0.5) * side @ turn.T + s / 2 + rng.uniform(-1, 1, 2) * (s - side) / 2
    corners += rng.normal(0, 0.02 + 0.05 * difficulty, (4, 2)) * s
    flow = cv2.getPerspectiveTransform(corners.astype(np.float32), square)
    ys, xs = np.indices((s, s), np.float32)
    mapped = cv2.perspectiveTransform(np.stack([xs, ys], -1).reshape(1, -1, 2), flow).reshape(s, s, 2)
    bend, phase = float(rng.uniform(0, 0.06 * difficulty + 0.01)) * s, float(rng.uniform(0, 6))
    map_x = (mapped[..., 0] + bend * np.sin(mapped[..., 1] / s * 5 + phase)).astype(np.float32)
    map_y = (mapped[..., 1] + bend * np.sin(mapped[..., 0] / s * 4 + phase)).astype(np.float32)
    warped = cv2.remap(
        np.ascontiguousarray(layer, np.float32), map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    seen = cv2.remap(np.ascontiguousarray(cover, np.float32), map_x, map_y, cv2.INTER_LINEAR)[..., None]
    weave = np.clip(goods / np.maximum(cv2.blur(goods, (9, 9)), 0.02), 0.6, 1.4)
    picture = goods * (1 - seen) + warped * weave * seen
    slope = 1 + float(rng.uniform(0, 0.7)) * difficulty * (xs / s - 0.5) * float(rng.choice([-1, 1]))
    return expose(rng, np.asarray(picture * slope[..., None], np.float32), difficulty)


def _ink(mark: Mark, size_px: int, outline: bool) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    ink, owner = coverage(mark, size_px)
    if outline:
        wide = max(3, size_px // 50) | 1
        solid = (ink > 0.5).astype(np.uint8)
        ink = (cv2.dilate(solid, np.ones((wide, wide), np.uint8)) - solid).astype(np.float32)
    return ink, owner


def _coloured(
    mark: Mark, rng: np.random.Generator, size_px: int, fonts: tuple[Path, ...]
) -> tuple[Rgb, NDArray[np.float32]]:
    outline = bool(rng.random() < 0.12)
    ink, owner = _ink(mark, size_px, outline)
    hue = float(rng.random())

    def colour(turn: float, dark: bool) -> NDArray[np.float32]:
        value = rng.uniform(0.05, 0.6) if dark else rng.uniform(0.85, 1.0)
        return np.array(
            colorsys.hsv_to_rgb(
                (hue + turn) % 1, float(rng.uniform(0.4, 1) if dark else rng.uniform(0, 0.5)), float(value)
            ),
            np.float32,
        )

    inverse = bool(rng.random() < 0.3)
    ground = colour(0.5, dark=inverse) if rng.random() < 0.6 else np.full(3, 0.03 if inverse else 1.0, np.float32)
    paint = np.broadcast_to(colour(0, not inverse), (*ink.shape, 3)).copy()
    kind = float(rng.random())
    if kind < 0.35:
        for i in range(1, len(mark.elements)):
            paint[owner == i] = colour(float(rng.choice([0.0, 0.1, 0.33, 0.6])), not inverse)
    elif kind < 0.55:
        ramp = np.linspace(0, 1, size_px, dtype=np.float32)[:, None, None]
        paint = paint * (1 - ramp) + colour(0.15, not inverse) * ramp
    word_below = rng.random() < 0.3
    if word_below or rng.random() < 0.3:
        ink, paint = _lock_up(mark, ink, paint, bool(word_below), fonts, rng)
    out = paint * ink[..., None] + ground * (1 - ink[..., None])
    return (np.clip(out, 0, 1) * 255).astype(np.uint8), ink


def _lock_up(mark: Mark, ink: NDArray[np.float32], paint: NDArray[np.float32], below: bool, fonts: tuple[Path, ...],
             rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:  # fmt: skip
    s = len(ink)
    side = int(s * (0.68 if below else 0.48))
    out, colours = np.zeros_like(ink), np.broadcast_to(paint[s // 2, s // 2], paint.shape).copy()
    x, y = ((s - side) // 2, int(0.04 * s)) if below else (int(0.02 * s), (s - side) // 2)
    out[y : y + side, x : x + side] = cv2.resize(ink, (side, side), interpolation=cv2.INTER_AREA)
    colours[y : y + side, x : x + side] = cv2.resize(paint, (side, side), interpolation=cv2.INTER_AREA)
    width = int(s * (0.8 if below else 0.46))
    middle = (s // 2, int(s * 0.84)) if below else (int(s * 0.74), s // 2)
    page = Image.new("L", (s, s), 0)
    if fonts:
        font = ImageFont.truetype(str(fonts[int(rng.integers(len(fonts)))]), 40)
        size = max(6, int(40 * width / max(font.getlength(mark.word), 1)))
        ImageDraw.Draw(page).text(middle, mark.word, 255, font.font_variant(size=min(size, s // 4)), anchor="mm")
        text = np.asarray(page, np.float32) / 255
    else:
        canvas = np.zeros((s, s), np.uint8)
        (w, h), _ = cv2.getTextSize(mark.word, mark.word_font, 1.0, 2)
        scale = min(width / max(w, 1), s * 0.2 / max(h, 1))
        at = (int(middle[0] - w * scale / 2), int(middle[1] + h * scale / 2))
        cv2.putText(canvas, mark.word, at, mark.word_font, scale, 255, max(1, int(2 * scale)), cv2.LINE_AA)
        text = canvas.astype(np.float32) / 255
    return np.maximum(out, text), colours
