"""The strip pack: printed grey patches as a measure of how dark a line is. Too few strips stand in the data to ask what
a strip says; how well darkness is measured can be asked.

Small patches are public, large circles answer feedback, large bars confirm.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.packs.pack_folder import writing

_NAME = re.compile(r"(small|large)(Bar|Circle)(\d{1,3})\.jpg")
PARTS = {"smallBar": "public", "smallCircle": "public", "largeCircle": "feedback", "largeBar": "confirm"}


def build_patches(folder: Path, data: Path) -> None:
    cases: list[tuple[str, float, float, bytes]] = []
    for path in sorted((data / "lfa_openreader").iterdir()):
        told = _NAME.fullmatch(path.name)
        if told is None:
            continue
        picture = path.read_bytes()
        grey = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
        cases.append((told[1] + told[2], float(told[3]), darkness(np.asarray(grey, np.uint8)), picture))
    public = [number for number, one in enumerate(cases) if PARTS[one[0]] == "public"]
    with writing(folder, "strip-patches", ("shape",)) as pack:
        for number, (kind, level, dark, picture) in enumerate(cases):
            taught = np.array([cases[one][1:3] for one in public if one != number])
            line = np.polyfit(taught[:, 1], taught[:, 0], 1)
            case_id = "p" + hashlib.sha256(f"{kind}{level:g}".encode()).hexdigest()[:14]
            pack.query(
                case_id,
                PARTS[kind],
                truth=f"{level:g}",
                practice=f"{np.polyval(line, dark):.1f}",
                path=pack.file(f"{case_id}.jpg", picture),
                cells={"shape": kind},
            )


def darkness(grey: NDArray[np.uint8]) -> float:
    """The plain rule: log10 of the median over the darkest two per cent, in the middle half of a photograph (H, W)."""
    rows, columns = grey.shape
    middle = grey[rows // 4 : -rows // 4, columns // 4 : -columns // 4].astype(np.float64)
    return float(np.log10(np.median(middle) / max(1.0, float(np.quantile(middle, 0.02)))))
