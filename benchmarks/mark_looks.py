"""Which manipulations of a mark does the reader see through?

Marks and shapes that no model was trained on are registered black on white, and asked for on a tile, in a frame, in
brackets, beside a name, with reversed contrast, as a coloured variant and photographed:

    python -m benchmarks.mark_looks --cache training/cache            # after training/render_pairs.py marks and shapes

The compositions are made here, by rule, from a fixed seed; no mark of `marks-logos` is among them.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import RESULTS, write_result
from pandok.core.reading import RegisteredDesign
from pandok.fields.designs.open_desk import load_reader
from pandok.readers.designs.gallery import MemoryGallery, ViewPicture
from pandok.readers.designs.looks import looks
from pandok.readers.designs.reader import DesignReader

QUESTION = "Which manipulations of a mark does the reader see through?"
Rgb = NDArray[np.uint8]
Make = Callable[[Rgb, np.random.Generator], Rgb]
SEED = 3
OUT = RESULTS / "mark_looks.json"
_FONTS = (0, 2, 3, 4, 6, 7)
_SYLLABLES = ("ka", "lo", "mi", "ren", "so", "vi", "tan", "ha", "ne", "ro", "ul", "bo", "zen", "da", "pi", "kor")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--registered", type=int, default=900)
    parser.add_argument("--queries", type=int, default=150)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    marks, renditions = _material(arguments.cache, arguments.registered)
    reader = load_reader()
    gallery = reader.enroll(
        ViewPicture(RegisteredDesign(design_id=f"{i:05}"), "1", _padded(mark, 0.05)) for i, mark in enumerate(marks)
    )
    chosen = np.random.default_rng(9).choice(len(marks), min(arguments.queries, len(marks)), replace=False).tolist()
    rows: dict[str, dict[str, float]] = {}
    for name, make in MAKERS.items():
        rng = np.random.default_rng(SEED)
        rows[name] = _measure(reader, gallery, [(i, make(marks[i], rng)) for i in chosen])
        print(name, rows[name], flush=True)
    for name, which in (("coloured", 1), ("photographed", 3)):
        asked = [(i, pictures[which]) for i, pictures in list(renditions.items())[: arguments.queries]]
        rows[name] = _measure(reader, gallery, [(i, cv2.resize(one, (352, 352))) for i, one in asked])
        print(name, rows[name], flush=True)
    write_result(OUT, QUESTION, SEED, {"reader": reader.name, "registered": len(marks), "rows": rows})


def _measure(reader: DesignReader, gallery: MemoryGallery, queries: list[tuple[int, Rgb]]) -> dict[str, float]:
    first = ten = nothing = 0
    read_ms, looks_ms = [], []
    for index, picture in queries:
        started = time.perf_counter()
        looks(picture, "photograph")
        looks_ms.append(1e3 * (time.perf_counter() - started))
        started = time.perf_counter()
        reading = reader.read([picture], gallery, top=10)
        read_ms.append(1e3 * (time.perf_counter() - started))
        found = [one.design.design_id for one in reading.candidates]
        first += found[:1] == [f"{index:05}"]
        ten += f"{index:05}" in found
        nothing += reading.outcome != "candidates"
    count = max(1, len(queries))
    return {
        "queries": len(queries),
        "recall_at_1": round(first / count, 4),
        "recall_at_10": round(ten / count, 4),
        "nothing_close": round(nothing / count, 4),
        "looks_ms_p50": round(float(np.median(looks_ms)), 1),
        "read_ms_p50": round(float(np.median(read_ms)), 1),
    }


def _material(cache: Path, count: int) -> tuple[list[Rgb], dict[int, list[Rgb]]]:
    """Marks black on white from the shards that nothing was trained on, half generated, half drawn by people, and the
    further renditions of the generated ones by their place."""
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
    from samples import shard_articles

    marks: list[Rgb] = []
    renditions: dict[int, list[Rgb]] = {}
    for pictures in shard_articles(cache, "marks", kept_back=True):
        black = np.repeat(pictures[0].min(axis=2)[..., None], 3, axis=2)
        if _is_usable(black) and len(marks) < count // 2:
            renditions[len(marks)] = pictures
            marks.append(black)
    shapes = [pictures[0] for pictures in shard_articles(cache, "shapes", kept_back=True) if pictures]
    np.random.default_rng(5).shuffle(shapes)
    for picture in shapes:
        black = np.repeat(picture.min(axis=2)[..., None], 3, axis=2)
        if _is_usable(black) and len(marks) < count:
            marks.append(black)
    return marks, renditions


def _is_usable(picture: Rgb) -> bool:
    return bool((picture.min(axis=2) < 128).mean() > 0.01 and picture[0].min() > 200)


def _padded(picture: Rgb, share: float) -> Rgb:
    wide = int(share * max(picture.shape[:2]))
    return cv2.copyMakeBorder(picture, wide, wide, wide, wide, cv2.BORDER_CONSTANT, value=(255, 255, 255))


def _tight(picture: Rgb) -> Rgb:
    ys, xs = np.nonzero(picture.min(axis=2) < 200)
    return picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1] if len(ys) > 20 else picture


def _on_square(picture: Rgb, side: int, fill: float = 1.0) -> Rgb:
    scale = side * fill / max(picture.shape[:2])
    size = (max(1, int(picture.shape[1] * scale)), max(1, int(picture.shape[0] * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    out = np.full((side, side, 3), 255, np.uint8)
    y, x = (side - small.shape[0]) // 2, (side - small.shape[1]) // 2
    out[y : y + small.shape[0], x : x + small.shape[1]] = small
    return out


def _dark(rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.integers(0, 150, 3)


def _light(rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.integers(215, 256, 3)


def _recoloured(picture: Rgb, ink: NDArray[np.int64], on: NDArray[np.int64]) -> Rgb:
    paper = (picture.min(axis=2).astype(np.float32) / 255)[..., None]
    return (ink * (1 - paper) + on * paper).astype(np.uint8)


def _rounded(side: int, share: float) -> NDArray[np.uint8]:
    mask = np.zeros((side, side), np.uint8)
    radius = int(share * side / 2)
    if share >= 1:
        cv2.circle(mask, (side // 2, side // 2), side // 2 - 1, 255, -1, cv2.LINE_AA)
        return mask
    if radius < 1:
        mask[:] = 255
        return mask
    cv2.rectangle(mask, (radius, 0), (side - 1 - radius, side - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (side - 1, side - 1 - radius), 255, -1)
    for y in (radius, side - 1 - radius):
        for x in (radius, side - 1 - radius):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return mask


def _plain(mark: Rgb, _rng: np.random.Generator) -> Rgb:
    return _padded(_tight(mark), 0.1)


def _reversed(mark: Rgb, rng: np.random.Generator) -> Rgb:
    return _recoloured(_padded(_tight(mark), 0.15), _light(rng), _dark(rng))


def _tile(mark: Rgb, rng: np.random.Generator) -> Rgb:
    on = _on_square(_tight(mark), 300, float(rng.uniform(0.45, 0.75)))
    light = rng.random() < 0.7
    drawn = _recoloured(on, _light(rng), _dark(rng)) if light else _recoloured(on, _dark(rng) // 6, _light(rng) - 60)
    mask = (_rounded(300, float(rng.choice([0, 0.25, 0.5, 1.0]))).astype(np.float32) / 255)[..., None]
    return _padded((drawn * mask + 255 * (1 - mask)).astype(np.uint8), 0.06)


def _frame(mark: Rgb, rng: np.random.Generator) -> Rgb:
    on = _on_square(_tight(mark), 300, float(rng.uniform(0.4, 0.65)))
    thick, mask = int(rng.integers(5, 16)), _rounded(300, float(rng.choice([0, 0.3, 1.0])))
    framed = cv2.copyMakeBorder(mask, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0)
    inner = cv2.erode(framed, np.ones((2 * thick + 1, 2 * thick + 1)))[2:-2, 2:-2]
    on[(mask > 127) & (inner < 128)] = 0
    return _padded(on, 0.06)


def _brackets(mark: Rgb, rng: np.random.Generator) -> Rgb:
    thick, deep, kind = int(rng.integers(8, 18)), int(rng.integers(25, 60)), int(rng.integers(3))
    one = np.full((300, deep + 20, 3), 255, np.uint8)
    if kind == 0:
        cv2.rectangle(one, (8, 8), (8 + thick, 292), (0, 0, 0), -1)
        cv2.rectangle(one, (8, 8), (deep, 8 + thick), (0, 0, 0), -1)
        cv2.rectangle(one, (8, 292 - thick), (deep, 292), (0, 0, 0), -1)
    elif kind == 1:
        cv2.ellipse(one, (deep + 8, 150), (deep - 4, 138), 0, 115, 245, (0, 0, 0), thick, cv2.LINE_AA)
    else:
        cv2.line(one, (deep, 12), (10, 150), (0, 0, 0), thick, cv2.LINE_AA)
        cv2.line(one, (10, 150), (deep, 288), (0, 0, 0), thick, cv2.LINE_AA)
    middle = np.full((300, 280, 3), 255, np.uint8)
    middle[30:270, 20:260] = _on_square(_tight(mark), 240)
    return _padded(np.hstack([one, middle, np.ascontiguousarray(one[:, ::-1])]), 0.05)


def _name(rng: np.random.Generator, height: int) -> Rgb:
    word = "".join(rng.choice(_SYLLABLES, int(rng.integers(2, 4)))).capitalize()
    font = int(rng.choice(_FONTS))
    (wide, high), below = cv2.getTextSize(word, font, 2.0, 4)
    line = np.full((high + below + 12, wide + 12, 3), 255, np.uint8)
    cv2.putText(line, word, (6, high + 4), font, 2.0, (0, 0, 0), 4, cv2.LINE_AA)
    return cv2.resize(line, (max(1, int(line.shape[1] * height / line.shape[0])), height), interpolation=cv2.INTER_AREA)


def _name_beside(mark: Rgb, rng: np.random.Generator) -> Rgb:
    name = _name(rng, int(rng.integers(50, 110)))
    out = np.full((220, 230 + name.shape[1], 3), 255, np.uint8)
    out[10:210, 0:200] = _on_square(_tight(mark), 200)
    y = (220 - name.shape[0]) // 2
    out[y : y + name.shape[0], 230:] = name
    return _padded(out, 0.05)


def _name_below(mark: Rgb, rng: np.random.Generator) -> Rgb:
    name = _name(rng, int(rng.integers(40, 80)))
    wide = max(220, name.shape[1] + 10)
    out = np.full((220 + name.shape[0], wide, 3), 255, np.uint8)
    x = (wide - 200) // 2
    out[0:200, x : x + 200] = _on_square(_tight(mark), 200)
    x = (wide - name.shape[1]) // 2
    out[220 : 220 + name.shape[0], x : x + name.shape[1]] = name
    return _padded(out, 0.05)


def _lock_up_on_a_tile(mark: Rgb, rng: np.random.Generator) -> Rgb:
    drawn = _name_beside(mark, rng) if rng.random() < 0.5 else _name_below(mark, rng)
    return _padded(_recoloured(_padded(drawn, 0.1), _light(rng), _dark(rng)), 0.06)


MAKERS: dict[str, Make] = {
    "as registered": _plain,
    "contrast reversed": _reversed,
    "on a tile": _tile,
    "in a frame": _frame,
    "in brackets": _brackets,
    "name beside": _name_beside,
    "name below": _name_below,
    "lock-up on a tile": _lock_up_on_a_tile,
}

if __name__ == "__main__":
    main()
