"""How much of the text and of the codes on goods is read exactly, and what spoils it?

Words and codes are printed on photographs of garments and then degraded, one degradation at a time. A word counts
as read when its normalised spelling (`words.plain`) is among the lines or their words; `named` counts when
`WordMarkIndex.match` puts it first among all words of the benchmark. A code counts when its text is read exactly.
Intervals are 95 % Wilson. Everything is seeded.

    PANDOK_SHARED=../shared python benchmarks/marks_reading.py --each 20 --hangul-font NanumGothic.ttf
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from pandok.engines.text_and_codes.code_reader import ZxingCodeReader
from pandok.engines.text_and_codes.text_reader import open_text_reader
from pandok.readers.designs.mark_spelling import plain
from pandok.readers.designs.word_marks import WordMarkIndex

SEED = 20260702
SIDE_PX = 640
LATIN = (
    *("Northwind", "Kestrel", "Oakmere", "Vantrel", "Solaris", "Quinto"),
    *("Pelham", "Marbelle", "Zephyra", "Tidewell", "Corvane", "Lumiere"),
)
HANGUL = (
    *("하늘빛", "바람결", "은하수", "산들", "미리내", "다온"),
    *("가온누리", "나래", "한울림", "푸른솔", "새벽별", "해오름"),
)
"""Invented names: what is measured is reading, not knowledge of brands."""

Degradation = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def blur(picture: np.ndarray, _: np.random.Generator) -> np.ndarray:
    return cv2.GaussianBlur(picture, (0, 0), 2.0)


def motion(picture: np.ndarray, _: np.random.Generator) -> np.ndarray:
    kernel = np.zeros((9, 9), np.float32)
    kernel[4] = 1 / 9
    return cv2.filter2D(picture, -1, kernel)


def noise(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.clip(picture + rng.normal(0, 25, picture.shape), 0, 255).astype(np.uint8)


def dark(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.clip(picture * 0.22 + rng.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


def compressed(picture: np.ndarray, _: np.random.Generator) -> np.ndarray:
    return cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 15])[1], cv2.IMREAD_COLOR)


def turned(degrees: float) -> Degradation:
    def apply(picture: np.ndarray, _: np.random.Generator) -> np.ndarray:
        h, w = picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 0.8)
        return cv2.warpAffine(picture, matrix, (w, h), borderMode=cv2.BORDER_REPLICATE)

    return apply


def slanted(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    h, w = picture.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    moved = corners + rng.uniform(-0.14, 0.14, (4, 2)).astype(np.float32) * [w, h]
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return cv2.warpPerspective(picture, matrix, (w, h), borderMode=cv2.BORDER_REPLICATE)


def half_size(picture: np.ndarray, _: np.random.Generator) -> np.ndarray:
    return cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


DEGRADATIONS: dict[str, Degradation] = {
    "none": lambda picture, _: picture,
    "blur, sigma 2 px": blur,
    "motion, 9 px": motion,
    "noise, sigma 25": noise,
    "dark, 22 %": dark,
    "JPEG quality 15": compressed,
    "turned 15 degrees": turned(15),
    "turned 90 degrees": turned(90),
    "turned 180 degrees": turned(180),
    "perspective 14 %": slanted,
    "half size": half_size,
}


def print_word(photo: np.ndarray, word: str, font: Any, rng: np.random.Generator) -> np.ndarray:
    """The word on the photograph, in a colour that can be seen."""
    image = Image.fromarray(photo)
    pen = ImageDraw.Draw(image)
    left, top, right, bottom = pen.textbbox((0, 0), word, font=font)
    x = int(rng.integers(90, max(91, photo.shape[1] - (right - left) - 90)))
    y = int(rng.integers(120, max(121, photo.shape[0] - (bottom - top) - 120)))
    under = photo[y : y + bottom, x : x + right].mean()
    colour = tuple(int(value) for value in (rng.uniform(0, 60, 3) if under > 120 else rng.uniform(195, 255, 3)))
    pen.text((x, y), word, font=font, fill=colour)
    return np.asarray(image).copy()


def print_code(photo: np.ndarray, symbology: str, text: str, rng: np.random.Generator) -> np.ndarray:
    """A label with the code on the photograph, bars of 2 pixels (linear) or cells of 4 pixels."""
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology))
    scale = 4 if symbology in ("QRCode", "DataMatrix") else 2
    label = np.asarray(zxingcpp.write_barcode_to_image(code, scale=scale, add_quiet_zones=True))
    label = label if label.ndim == 2 else label[..., 0]
    h, w = min(label.shape[0], photo.shape[0] - 180), label.shape[1]
    x, y = int(rng.integers(80, photo.shape[1] - w - 80)), int(rng.integers(80, photo.shape[0] - h - 80))
    printed = photo.copy()
    printed[y : y + h, x : x + w] = label[:h, :, None]
    return printed


def gtin13(rng: np.random.Generator) -> str:
    digits = "880" + "".join(str(digit) for digit in rng.integers(0, 10, 9))
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def wilson(hits: int, trials: int) -> dict[str, float]:
    """Share with its 95 % Wilson interval."""
    z, p = 1.96, hits / trials
    middle, width = (
        p + z * z / (2 * trials),
        z * (p * (1 - p) / trials + z * z / (4 * trials * trials)) ** 0.5,
    )
    scale = 1 + z * z / trials
    low, high = (middle - width) / scale, (middle + width) / scale
    return {"share": round(p, 3), "low": round(low, 3), "high": round(high, 3), "trials": trials}


def words_read(
    reader: Any, words: Sequence[str], fonts: Sequence[Any], photos: list[np.ndarray], each: int
) -> tuple[dict[str, Any], float]:
    index = WordMarkIndex([*LATIN, *HANGUL])
    rates: dict[str, Any] = {}
    times_ms = []
    for name, degrade in DEGRADATIONS.items():
        exact = named = 0
        for trial in range(each):
            rng = np.random.default_rng([SEED, trial])
            word = words[trial % len(words)]
            printed = print_word(photos[trial % len(photos)], word, fonts[trial % len(fonts)], rng)
            started = time.perf_counter()
            lines = [line.text for line in reader.read(degrade(printed, rng))]
            times_ms.append(1000 * (time.perf_counter() - started))
            exact += any(plain(word) in {plain(line), *map(plain, line.split())} for line in lines)
            matches = index.match(lines, 1)
            named += bool(matches) and index.marks[matches[0].row] == word
        rates[name] = {"exact": wilson(exact, each), "named": wilson(named, each)}
    return rates, round(float(np.median(times_ms)), 1)


def codes_read(symbology: str, photos: list[np.ndarray], each: int) -> tuple[dict[str, Any], float]:
    reader = ZxingCodeReader()
    rates: dict[str, Any] = {}
    times_ms = []
    for name, degrade in DEGRADATIONS.items():
        exact = 0
        for trial in range(each):
            rng = np.random.default_rng([SEED, trial])
            text = gtin13(rng) if symbology == "EAN13" else f"https://goods.example/{rng.integers(10**9)}"
            printed = print_code(photos[trial % len(photos)], symbology, text, rng)
            started = time.perf_counter()
            found = reader.read(degrade(printed, rng))
            times_ms.append(1000 * (time.perf_counter() - started))
            exact += any(code.text == text for code in found)
        rates[name] = {"exact": wilson(exact, each)}
    return rates, round(float(np.median(times_ms)), 1)


def backgrounds(shared: Path, count: int) -> list[np.ndarray]:
    with (shared / "photos-clothing" / "photos.csv").open(encoding="utf-8") as file:
        paths = [row["path"] for row in csv.DictReader(file)]
    photos = []
    for index in np.random.default_rng(SEED).choice(len(paths), count, replace=False):
        picture = cv2.imread(str(shared / "photos-clothing" / paths[index]), cv2.IMREAD_COLOR)
        photos.append(cv2.resize(picture, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)[..., ::-1].copy())
    return photos


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=24, help="trials for each degradation")
    parser.add_argument("--hangul-font", type=Path, default=None, help="TrueType font; without it Hangul is left out")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/marks_reading.json"))
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    shared = Path(os.environ.get("PANDOK_SHARED", "../shared"))
    shared = shared / "data" if (shared / "data").is_dir() else shared
    photos = backgrounds(shared, min(24, options.each))
    reader = open_text_reader(threads=1)
    results: dict[str, Any] = {}
    sizes = (26, 36, 52)
    latin = [ImageFont.load_default(size) for size in sizes]
    rates, median_ms = words_read(reader, LATIN, latin, photos, options.each)
    results["words, Latin"] = {"by_degradation": rates, "read_ms_median": median_ms}
    if options.hangul_font is not None:
        hangul = [ImageFont.truetype(options.hangul_font, size) for size in sizes]
        rates, median_ms = words_read(reader, HANGUL, hangul, photos, options.each)
        results["words, Hangul"] = {"by_degradation": rates, "read_ms_median": median_ms}
    for symbology in ("EAN13", "QRCode"):
        rates, median_ms = codes_read(symbology, photos, options.each)
        results[symbology] = {"by_degradation": rates, "read_ms_median": median_ms}
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    report = {
        "question": "how much of the text and of the codes on goods is read exactly?",
        "seed": SEED,
        "text_remarks": [remark.en for remark in reader.remarks()],
        "machine": {
            "commit": commit or "uncommitted",
            "python": platform.python_version(),
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
        },
        "results": results,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, result in results.items():
        print(name, f"({result['read_ms_median']} ms)")
        for degradation, rate in result["by_degradation"].items():
            print(f"  {degradation:20s}", *(f"{key} {value['share']:.2f}" for key, value in rate.items()))


if __name__ == "__main__":
    main()
