"""One shape in several renditions, from sets of vector drawings: line, filled, two-tone, flat colour, rendered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
PHOSPHOR = ("thin", "light", "regular", "bold", "fill", "duotone")
SIDE_PX = 176


def renditions(material: Path, setname: str) -> Iterator[tuple[str, list[Rgb]]]:
    """(name, pictures) of every shape of a set, in an order that does not change."""
    yield from {
        "phosphor": _phosphor,
        "tabler": _tabler,
        "emoji": _emoji,
        "openmoji": _openmoji,
        "game-icons": _game_icons,
        "clipart": _clipart,
    }[setname](material)


SETS = ("phosphor", "tabler", "emoji", "openmoji", "game-icons", "clipart")


def rendered(svg: str, side_px: int = SIDE_PX, ground: str = "#ffffff") -> Rgb | None:
    """The drawing on a ground, unstretched in a square, (side, side, 3) uint8; None where it cannot be drawn."""
    import resvg_py

    try:
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=side_px, background=ground))
    except (ValueError, RuntimeError, TypeError):
        return None
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or max(picture.shape[:2]) > 8 * side_px:
        return None
    height, width = picture.shape[:2]
    scale = side_px / max(height, width)
    small = cv2.resize(picture, (max(1, round(width * scale)), max(1, round(height * scale))))
    out = np.full((side_px, side_px, 3), 255, np.uint8)
    top, left = (side_px - small.shape[0]) // 2, (side_px - small.shape[1]) // 2
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out[..., ::-1] if np.ptp(out) > 30 else None


def _kept(pictures: list[Rgb | None]) -> list[Rgb]:
    return [picture for picture in pictures if picture is not None]


def _phosphor(material: Path) -> Iterator[tuple[str, list[Rgb]]]:
    root = material / "phosphor" / "package" / "assets"
    for path in sorted((root / "regular").glob("*.svg")):
        if path.stem.endswith("-logo"):
            continue
        files = [root / kind / (path.stem + ("" if kind == "regular" else f"-{kind}") + ".svg") for kind in PHOSPHOR]
        yield path.stem, _kept([rendered(_black(file.read_text())) for file in files if file.exists()])


def _tabler(material: Path) -> Iterator[tuple[str, list[Rgb]]]:
    root = material / "tabler" / "package" / "icons"
    for path in sorted((root / "outline").glob("*.svg")):
        if path.stem.startswith("brand-"):
            continue
        text = _black(path.read_text())
        drawn = [rendered(text), rendered(re.sub(r'stroke-width="[\d.]+"', 'stroke-width="1"', text))]
        filled = root / "filled" / path.name
        if filled.exists():
            drawn.append(rendered(_black(filled.read_text())))
        yield path.stem, _kept(drawn)


def _emoji(material: Path) -> Iterator[tuple[str, list[Rgb]]]:
    flat = json.loads((material / "emoji-flat" / "package" / "icons.json").read_text())
    line = json.loads((material / "emoji-line" / "package" / "icons.json").read_text())
    chars = json.loads((material / "emoji-flat" / "package" / "chars.json").read_text())
    code_of = {name: code for code, name in chars.items()}
    solid = material / "emoji-3d" / "package" / "assets"
    for name in sorted(set(flat["icons"]) & set(line["icons"])):
        if re.search(r"(light|medium|dark)-skin|flag|^keycap", name):
            continue
        drawn = [_iconify(flat, name), _iconify(line, name)]
        webp = solid / f"{code_of.get(name, '')}.webp"
        if webp.exists():
            drawn.append(_on_white(webp))
        yield name, _kept(drawn)


def _openmoji(material: Path) -> Iterator[tuple[str, list[Rgb]]]:
    root = material / "openmoji" / "package"
    for path in sorted((root / "color" / "svg").glob("*.svg")):
        black = root / "black" / "svg" / path.name
        if black.exists() and not re.search(r"1F3F[B-F]|^1F1[EF]", path.stem):
            yield path.stem, _kept([rendered(path.read_text()), rendered(black.read_text())])


def _game_icons(material: Path) -> Iterator[tuple[str, list[Rgb]]]:
    icons = json.loads((material / "game-icons" / "package" / "icons.json").read_text())
    for name in sorted(icons["icons"]):
        yield name, _kept([_iconify(icons, name)])


def _clipart(material: Path) -> Iterator[tuple[str, list[Rgb]]]:
    for path in sorted((material / "clipart").rglob("*.svg")):
        if path.stat().st_size < 400_000:
            yield path.stem, _kept([rendered(path.read_text(encoding="utf-8", errors="replace"))])


def _iconify(icons: dict, name: str) -> Rgb | None:
    icon = icons["icons"][name]
    width, height = icon.get("width", icons.get("width", 16)), icon.get("height", icons.get("height", 16))
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    return rendered(_black(f'{head}viewBox="0 0 {width} {height}">{icon["body"]}</svg>'))


def _black(svg: str) -> str:
    return svg.replace("currentColor", "#000")


def _on_white(path: Path) -> Rgb | None:
    picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.ndim != 3 or picture.shape[2] != 4:
        return None
    alpha = picture[..., 3:].astype(np.float32) / 255
    white = picture[..., :3] * alpha + 255 * (1 - alpha)
    return cv2.resize(white.astype(np.uint8), (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)[..., ::-1]
