"""Synthetic figurative marks: what a mark is, and a near look-alike of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.shapes.curves import spline

SHAPES = ("disc", "ring", "polygon", "star", "petal", "crescent", "wave", "leaf", "letter", "bar", "blob", "arc")
LAYOUTS = ("single", "pair", "ring", "row", "stack", "framed", "nested", "mirror")
FONTS = (0, 2, 3, 4, 6, 7)
_SYLLABLES = ("ka", "lo", "mi", "ren", "so", "vi", "tan", "ha", "ne", "ro", "ul", "bo", "zen", "da", "pi", "kor")


@dataclass(frozen=True)
class Element:
    """One shape: `kind`, `centre` and `size` in units of the mark's half side, `angle_deg`, and free measures
    `a`, `b` (0 to 1); `hollow` draws it as paper on ink; `points` (k, 2) for freehand outlines."""

    kind: str
    centre: tuple[float, float]
    size: float
    angle_deg: float
    a: float
    b: float
    hollow: bool = False
    letter: str = ""
    font: int = 3
    points: tuple[tuple[float, float], ...] = ()
    flip: bool = False


@dataclass(frozen=True)
class Mark:
    """A figurative mark: elements drawn in order, and the word that may accompany it."""

    elements: tuple[Element, ...]
    word: str
    word_font: int
    family: str


def make_mark(rng: np.random.Generator) -> Mark:
    """A mark of one to about nine elements in one of several layouts."""
    layout = str(rng.choice(LAYOUTS))
    one = _element(rng, 0.85)
    parts: list[Element] = []
    if layout == "single":
        parts = [one, *([_element(rng, 0.4, hollow=True)] if rng.random() < 0.6 else [])]
    elif layout == "pair":
        other = _element(rng, 0.55)
        gap = float(rng.uniform(0.25, 0.45))
        parts = [replace(one, centre=(-gap, 0), size=0.55), replace(other, centre=(gap, float(rng.uniform(-0.2, 0.2))))]
    elif layout == "ring":
        n = int(rng.integers(3, 10))
        radius = float(rng.uniform(0.45, 0.6))
        for i in range(n):
            t = 2 * np.pi * i / n
            at = (radius * float(np.cos(t)), radius * float(np.sin(t)))
            parts.append(
                replace(one, centre=at, size=float(1.4 / n + 0.08), angle_deg=float(np.degrees(t)) + one.angle_deg)
            )
        if rng.random() < 0.5:
            parts.append(_element(rng, 0.26))
    elif layout in ("row", "stack"):
        n = int(rng.integers(2, 5))
        slope = float(rng.uniform(-0.35, 0.35))
        for i in range(n):
            f = (i + 0.5) / n * 2 - 1
            at = (f * 0.7, f * slope) if layout == "row" else (f * slope, f * 0.7)
            parts.append(replace(one, centre=at, size=0.8 / n + 0.12, angle_deg=one.angle_deg + 25 * i * slope))
    elif layout == "framed":
        frame = str(rng.choice(["disc", "polygon", "petal", "leaf"]))
        parts = [replace(_element(rng, 0.92), kind=frame, letter=""), _element(rng, 0.5, hollow=True)]
        if rng.random() < 0.4:
            parts.append(_element(rng, 0.2))
    elif layout == "nested":
        n = int(rng.integers(2, 5))
        parts = [
            replace(one, size=0.9 * (1 - i / (n + 0.5)), hollow=i % 2 == 1, angle_deg=one.angle_deg + i * 12 * one.b)
            for i in range(n)
        ]
    else:
        at = (float(rng.uniform(0.2, 0.45)), float(rng.uniform(-0.2, 0.2)))
        half = replace(one, centre=at, size=0.55)
        parts = [half, replace(half, centre=(-at[0], at[1]), flip=True)]
        if rng.random() < 0.5:
            parts.append(replace(_element(rng, 0.22), centre=(0.0, float(rng.uniform(-0.6, 0.6)))))
    word = "".join(rng.choice(_SYLLABLES, int(rng.integers(2, 4)))).capitalize()
    if rng.random() < 0.4:
        word = word.upper()
    return Mark(tuple(parts), word, int(rng.choice(FONTS)), f"{layout}/{one.kind}/{len(parts)}")


def vary_mark(mark: Mark, rng: np.random.Generator) -> Mark:
    """A near look-alike: the same layout, measures moved; sometimes one element is of another kind; another word."""
    swap = int(rng.integers(len(mark.elements))) if rng.random() < 0.35 else -1
    turn, a, b = rng.normal(0, 9), rng.normal(0, 0.15), rng.normal(0, 0.15)
    parts = []
    for i, e in enumerate(mark.elements):
        changed = replace(
            e,
            size=e.size * float(np.exp(rng.normal(0, 0.06))),
            angle_deg=e.angle_deg + float(turn),
            a=float(np.clip(e.a + a, 0, 1)),
            b=float(np.clip(e.b + b, 0, 1)),
        )
        parts.append(replace(_element(rng, e.size, e.hollow), centre=e.centre) if i == swap else changed)
    word = "".join(rng.choice(_SYLLABLES, 2)).capitalize()
    return Mark(tuple(parts), word, mark.word_font, mark.family)


def _element(rng: np.random.Generator, size: float, hollow: bool = False) -> Element:
    kind = str(rng.choice(SHAPES))
    t = np.linspace(0, 2 * np.pi, int(rng.integers(5, 10)), endpoint=False)
    radius = rng.uniform(0.45, 1.0, len(t))
    points = tuple((float(r * np.cos(x)), float(r * np.sin(x))) for r, x in zip(radius, t, strict=True))
    letters = "ABCDEGHKMNPQRSTVWXYZ&8"
    count = 2 if rng.random() < 0.3 else 1
    return Element(
        kind, (0.0, 0.0), size, float(rng.choice([0, 0, 45, 90, rng.uniform(0, 360)])), float(rng.random()),
        float(rng.random()), hollow, "".join(rng.choice(list(letters), count)), int(rng.choice(FONTS)), points,
    )  # fmt: skip


def coverage(mark: Mark, size_px: int, fill: float = 0.84) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """(ink, owner): ink 0 to 1 and the index of the element on top, both (size_px, size_px)."""
    big = 2 * size_px
    ink = np.zeros((big, big), np.uint8)
    owner = np.zeros((big, big), np.uint8)
    for i, element in enumerate(mark.elements):
        layer = np.zeros((big, big), np.uint8)
        _draw(layer, element, big / 2, fill * big / 2)
        ink[layer > 0] = 0 if element.hollow else 255
        owner[layer > 0] = i
    small = cv2.resize(ink, (size_px, size_px), interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
    return small, owner[::2, ::2].astype(np.int32)


def _draw(layer: NDArray[np.uint8], e: Element, middle: float, unit: float) -> None:
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    cos, sin = np.cos(t), np.sin(t)
    inner: NDArray[Any] | None = None
    if e.kind in ("disc", "ring", "crescent"):
        p = np.stack([cos, sin * (1 - 0.4 * (e.b > 0.7))], 1)
        if e.kind == "ring":
            inner = p * (0.45 + 0.4 * e.a)
        elif e.kind == "crescent":
            inner = p * (0.7 + 0.2 * e.a) + [0.35, 0]
    elif e.kind == "polygon":
        n = 3 + int(e.a * 5.99)
        s = np.arange(n) * 2 * np.pi / n
        p = np.stack([np.cos(s), np.sin(s)], 1)
        inner = p * 0.6 if e.b > 0.65 else None
    elif e.kind == "star":
        n = 4 + int(e.a * 7.99)
        s = np.arange(2 * n) * np.pi / n
        r = np.where(np.arange(2 * n) % 2 == 0, 1.0, 0.3 + 0.4 * e.b)
        p = np.stack([r * np.cos(s), r * np.sin(s)], 1)
    elif e.kind == "petal":
        r = 0.55 + 0.45 * np.cos((3 + int(e.a * 5.99)) * t) * (0.5 + 0.5 * e.b)
        p = np.stack([r * cos, r * sin], 1)
    elif e.kind == "wave":
        x = np.linspace(-1, 1, 48)
        y = 0.25 * np.sin(x * (2 + 5 * e.a))
        h = 0.12 + 0.15 * e.b
        p = np.concatenate([np.stack([x, y - h], 1), np.stack([x, y + h], 1)[::-1]])
    elif e.kind == "leaf":
        x = np.linspace(-1, 1, 48)
        y = (0.25 + 0.4 * e.a) * (1 - x**2) ** (0.7 + e.b)
        p = np.concatenate([np.stack([x, y], 1), np.stack([x, -y * (1 - 0.6 * (e.b > 0.5))], 1)[::-1]])
    elif e.kind == "bar":
        h, k = 0.15 + 0.25 * e.a, 0.5 * e.b
        p = np.array([(-1 + k, -h), (1, -h), (1 - k, h), (-1, h)])
    elif e.kind == "arc":
        s = np.linspace(0, np.pi * (0.7 + e.a), 48)
        w = 0.55 + 0.3 * e.b
        p = np.concatenate([np.stack([np.cos(s), np.sin(s)], 1), w * np.stack([np.cos(s), np.sin(s)], 1)[::-1]])
    elif e.kind == "letter":
        _letter(layer, e, middle, unit)
        return
    else:
        p = spline(np.array(e.points), 72, closed=True)
    for outline, value in ((p, 255), (inner, 0)):
        if outline is not None:
            cv2.fillPoly(layer, [_placed(outline, e, middle, unit)], value)


def _placed(p: NDArray[np.float64], e: Element, middle: float, unit: float) -> NDArray[np.int32]:
    c, s = np.cos(np.radians(e.angle_deg)), np.sin(np.radians(e.angle_deg))
    q = e.size * np.stack([p[:, 0] * c - p[:, 1] * s, p[:, 0] * s + p[:, 1] * c], 1)
    if e.flip:
        q[:, 0] *= -1
    return np.asarray(np.round(middle + unit * (q + np.array(e.centre))), np.int32)


def _letter(layer: NDArray[np.uint8], e: Element, middle: float, unit: float) -> None:
    (w, h), _ = cv2.getTextSize(e.letter, e.font, 1.0, 1)
    scale = 1.5 * e.size * unit / max(w, h)
    thick = max(2, int(e.size * unit * (0.06 + 0.2 * e.a)))
    x = int(middle + unit * e.centre[0] - w * scale / 2)
    y = int(middle + unit * e.centre[1] + h * scale / 2)
    cv2.putText(layer, e.letter, (x, y), e.font, scale, 255, thick, cv2.LINE_AA)
