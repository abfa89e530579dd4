"""Question: of faces in pictures, how many does the finder of deposits see, and how often does it see one in none?

    python -m benchmarks.face_finder --out benchmarks/results/face_finder.json

The only labelled faces in an ordinary package: scikit-image's `lfw_subset`, 100 faces of Labeled Faces in the Wild and
100 patches of other things, gray, 25 × 25 pixels, cut tightly. Each is enlarged and laid on an even ground of 480 × 480
pixels. A face counts as found where a box covers at least half of it; a false alarm is any box on a patch without face.

What it does not show: profiles, turned, covered and dark faces (the set is frontal and lit), colour, crowds, faces on
printed goods, people of every age and descent as a Korean customs house meets them; 25 pixels enlarged are blurred, and
a face without hair and shoulders is not how a camera sees one. It says nothing of a network that an operator installs.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from scipy.stats import binomtest

from benchmarks.machine import write_result
from pandok.fields.lab.acts.vault.masking.faces import FrontalFaces

SEED, GROUND, FACES = 0, 480, 100
SIDES = (64, 160, 320)
BRIGHTNESS = (128,)


def laid(patch: np.ndarray, side: int, ground: int) -> tuple[np.ndarray, int]:
    """RGB picture with the patch in its middle, and where it begins."""
    canvas = np.full((GROUND, GROUND), ground, np.uint8)
    large = cv2.resize((patch * 255).astype(np.uint8), (side, side), interpolation=cv2.INTER_CUBIC)
    begin = (GROUND - side) // 2
    canvas[begin : begin + side, begin : begin + side] = large
    return np.repeat(canvas[:, :, None], 3, axis=2), begin


def interval(count: int, of: int) -> list[float]:
    """Clopper and Pearson, 95 %."""
    low, high = binomtest(count, of).proportion_ci(0.95, method="exact")
    return [round(float(low), 4), round(float(high), 4)]


def covers(box: Any, begin: int, side: int) -> bool:
    wide = max(0, min(box.x2, begin + side) - max(box.x1, begin))
    high = max(0, min(box.y2, begin + side) - max(box.y1, begin))
    return wide * high >= 0.5 * side * side


def measure(sides: tuple[int, ...] = SIDES, *, every: int = 1) -> dict[str, Any]:
    """A row for each size of a face, in pixels of a picture of 480; of each kind every so manieth patch."""
    from skimage.data import lfw_subset

    whole, finder, rows = lfw_subset(), FrontalFaces(), []
    faces, others = whole[:FACES:every], whole[FACES::every]
    for side in sides:
        for ground in BRIGHTNESS:
            found = alarms = 0
            for patch in faces:
                picture, begin = laid(patch, side, ground)
                found += any(covers(box, begin, side) for box in finder.find(picture))
            for patch in others:
                alarms += bool(finder.find(laid(patch, side, ground)[0]))
            rows.append(
                {
                    "face_px": side,
                    "ground": ground,
                    "faces": len(faces),
                    "found": found,
                    "recall": found / len(faces),
                    "recall_95": interval(found, len(faces)),
                    "without_face": len(others),
                    "false_alarms": alarms,
                    "false_alarm_95": interval(alarms, len(others)),
                }
            )
    return {"finder": "FrontalFaces", "set": "scikit-image lfw_subset", "picture_px": GROUND, "rows": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    write_result(chosen.out, str(__doc__).splitlines()[0].removeprefix("Question: "), SEED, measure())


if __name__ == "__main__":
    main()
