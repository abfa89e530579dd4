"""Faces in pictures, by finders that this machine has. None is perfect: what each misses stands in its remark.

FrontalFaces: boosted cascade of local binary patterns (Liao et al. 2007, doi 10.1007/978-3-540-74549-5_87) with the
data of OpenCV that scikit-image carries. Frontal upright faces; weak in profile and in shade.
YuNetFaces: the network of doi 10.1007/s11633-023-1423-y from a file that the operator names (PANDOK_FACE_MODEL).
"""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import Unavailable
from pandok.core.reading import Box
from pandok.core.text import Text

Pixels = NDArray[np.uint8]
_LOOKED_AT_PX = 800
_AGREEING = 10
"""Neighbouring windows that must agree. 4 marked cloth in 8 of 40 photographs of clothing laid out, 8 in 3, 14 in none;
at 20 the one face at hand was lost."""


class FaceFinder(Protocol):
    remark: Text

    def find(self, pixels: Pixels) -> list[Box]:
        """Boxes in pixels of an RGB picture."""
        ...


def open_face_finder(model: str = "") -> FaceFinder:
    """Raises Unavailable where neither a model file nor scikit-image is there."""
    if model:
        return YuNetFaces(Path(model))
    if importlib.util.find_spec("skimage") is None:
        raise Unavailable(
            Text(ko="얼굴 검출기가 설치되지 않았습니다.", en="No face finder is installed."),
            Text(
                ko="scikit-image를 설치하거나 PANDOK_FACE_MODEL에 YuNet 모델 파일을 지정하십시오.",
                en="Install scikit-image, or name a YuNet model file in PANDOK_FACE_MODEL.",
            ),
            code="unavailable.faces",
        )
    return FrontalFaces()


class FrontalFaces:
    remark = Text(
        ko="바로 선 정면 얼굴만 찾습니다. 옆모습이나 가려진 얼굴, 긴 변의 1/12보다 작은 얼굴은 남을 수 있습니다.",
        en="Only upright frontal faces are found; profiles, covered and small ones (1/12 of the side) may stay.",
    )

    def __init__(self) -> None:
        self._cascade: Any = None
        self._lock = threading.Lock()

    def find(self, pixels: Pixels) -> list[Box]:
        scale = min(1.0, _LOOKED_AT_PX / max(pixels.shape[:2]))
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        found: list[Box] = []
        with self._lock:
            cascade = self._loaded()
            least = max(24, max(size) // 12)
            for one in cascade.detect_multi_scale(
                img=small,
                scale_factor=1.1,
                step_ratio=1.0,
                min_size=(least, least),
                max_size=small.shape[:2],
                min_neighbor_number=_AGREEING,
            ):
                found.append(_scaled((one["c"], one["r"], one["width"], one["height"]), 1 / scale, pixels))
        return found

    def _loaded(self) -> Any:
        if self._cascade is None:
            from skimage.data import lbp_frontal_face_cascade_filename
            from skimage.feature import Cascade

            self._cascade = Cascade(lbp_frontal_face_cascade_filename())  # type: ignore[no-untyped-call]  # no stubs
        return self._cascade


class YuNetFaces:
    remark = Text(ko="옆모습과 아주 작은 얼굴은 놓칠 수 있습니다.", en="Profiles and very small faces may remain.")

    def __init__(self, model: Path):
        if not model.is_file():
            raise Unavailable(
                Text(ko="얼굴 검출 모델 파일이 없습니다.", en="The face model's file is missing."),
                Text(ko="PANDOK_FACE_MODEL을 확인하십시오.", en="Check PANDOK_FACE_MODEL."),
                code="unavailable.face_model",
            )
        self._model = model
        self._lock = threading.Lock()

    def find(self, pixels: Pixels) -> list[Box]:
        height, width = pixels.shape[:2]
        with self._lock:
            finder = cv2.FaceDetectorYN.create(str(self._model), "", (width, height), 0.5)
            _, rows = finder.detect(np.ascontiguousarray(pixels[:, :, ::-1]))
        boxes = [] if rows is None else [(row[0], row[1], row[2], row[3]) for row in rows]
        return [_scaled(box, 1.0, pixels) for box in boxes]


def _scaled(box: tuple[float, float, float, float], factor: float, pixels: Pixels) -> Box:
    height, width = pixels.shape[:2]
    x, y, wide, high = (float(value) * factor for value in box)
    return Box(
        x1=max(0, int(x)),
        y1=max(0, int(y)),
        x2=min(width, int(np.ceil(x + wide))),
        y2=min(height, int(np.ceil(y + high))),
    )
