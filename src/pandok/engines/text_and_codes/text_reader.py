"""Text on the goods by optical character recognition.

RapidOCR reads Latin, digits and Chinese with the models inside its own package; they hold no Hangul. Hangul
is read by Tesseract with its `kor` data where that is installed, or by RapidOCR with a Korean recognition
model that the operator puts in place. Nothing is ever downloaded: every model is given by its path.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import Unavailable
from pandok.core.reading import Box, WordsFound
from pandok.core.text import Text
from pandok.engines.text_and_codes.tesseract_reader import LINES, TesseractReader, box_of, clean_line
from pandok.readers.designs.marks import Pixels, TextReader, overlap

__all__ = ["RapidOcrReader", "TesseractReader", "TextReader", "TextReaders", "open_text_reader"]

_UNSURE = 0.85
_HANGUL_LINES = 8
"""Each costs the start of a program, some 100 ms."""
_NO_HANGUL = Text(
    ko="이 설치에서는 한글 글자를 읽지 못합니다. tesseract-ocr와 tesseract-ocr-kor를 설치하십시오.",
    en="This installation reads no Korean text. Install tesseract-ocr and tesseract-ocr-kor.",
)


def open_text_reader(*, threads: int = 1, hangul_model: Path | None = None) -> TextReader:
    """What this machine has: RapidOCR, and Tesseract for Hangul where it is installed.

    Models load at the first `read`. `hangul_model` is a Korean PP-OCR recognition model in ONNX; with it
    RapidOCR reads Hangul and Latin and Tesseract is not asked.
    """
    if hangul_model is not None:
        return RapidOcrReader(threads=threads, recognition_model=hangul_model)
    tesseract = TesseractReader(threads=threads)
    if tesseract.installed():
        return RapidOcrReader(threads=threads, hangul=tesseract)
    return TextReaders([RapidOcrReader(threads=threads)], remarks=(_NO_HANGUL,))


class TextReaders:
    """Several readers as one: a later reader adds its lines where no earlier one is surer of the same place."""

    def __init__(self, readers: Sequence[TextReader], remarks: tuple[Text, ...] = ()):
        self._readers = tuple(readers)
        self._remarks = remarks

    def read(self, pixels: Pixels) -> list[WordsFound]:
        """Raises Unavailable only where no reader could work."""
        lines: list[WordsFound] = []
        failures: list[Unavailable] = []
        for reader in self._readers:
            try:
                found = reader.read(pixels)
            except Unavailable as error:
                failures.append(error)
                continue
            for line in found:
                rivals = [other for other in lines if overlap(line.box, other.box) > 0.3]
                if all(line.confidence > other.confidence for other in rivals):
                    lines = [other for other in lines if other not in rivals]
                    lines.append(line)
        if failures and len(failures) == len(self._readers):
            raise failures[0]
        return sorted(lines, key=lambda line: (line.box.y1, line.box.x1))

    def remarks(self) -> tuple[Text, ...]:
        return self._remarks + tuple(remark for reader in self._readers for remark in reader.remarks())


class LineReader(Protocol):
    """Reads one straightened line of text; `("", 0.0)` where there is none."""

    def read_line(self, pixels: Pixels) -> tuple[str, float]: ...


class RapidOcrReader:
    """PP-OCR by RapidOCR on the CPU: lines are found, straightened and read one by one.

    `detection_side_px` is the longest side at which text is looked for: 480 finds lettering of 1/40 of the
    picture. A line of which the model is unsure is read upside down too, and by `hangul`, which may know its
    script; the surest reading stays. Source: PP-OCR, arXiv 2009.09941; package `rapidocr`, Apache-2.0.
    """

    def __init__(
        self,
        *,
        threads: int = 1,
        detection_side_px: int = 480,
        minimum_confidence: float = 0.5,
        recognition_model: Path | None = None,
        hangul: LineReader | None = None,
    ):
        self._threads = threads
        self._detection_side_px = detection_side_px
        self._minimum_confidence = minimum_confidence
        self._recognition_model = recognition_model
        self._hangul = hangul
        self._engine: Any = None
        self._lock = threading.Lock()

    def read(self, pixels: Pixels) -> list[WordsFound]:
        height, width = pixels.shape[:2]
        # The engine keeps state between its steps, so that one picture at a time goes through.
        with self._lock:
            engine = self._loaded()
            bgr = np.ascontiguousarray(pixels[:, :, ::-1])
            boxes = engine(bgr, use_det=True, use_cls=False, use_rec=False).boxes
            lines = []
            asked_for_hangul = 0
            for corners in () if boxes is None else np.asarray(boxes, np.float32)[:LINES]:
                box = box_of(corners, width, height)
                if box is None or _is_the_article(box, width, height):
                    continue
                strip = _straightened(bgr, corners)
                text, confidence = self._surest(strip, box)
                if self._hangul is not None and confidence < _UNSURE and asked_for_hangul < _HANGUL_LINES:
                    asked_for_hangul += 1
                    text, confidence = max(
                        (text, confidence),
                        self._hangul.read_line(np.ascontiguousarray(strip[:, :, ::-1])),
                        key=lambda reading: reading[1],
                    )
                if text and confidence >= self._minimum_confidence:
                    lines.append(WordsFound(text=text, confidence=min(1.0, round(confidence, 4)), box=box))
        return lines

    def _surest(self, strip: Pixels, box: Box) -> tuple[str, float]:
        """The line read as it stands, and upside down where that is unsure."""
        text, confidence = "", 0.0
        for turned in (strip, np.ascontiguousarray(strip[::-1, ::-1])):
            answer = self._engine(turned, use_det=False, use_cls=False, use_rec=True)
            if answer.txts and answer.scores and float(answer.scores[0]) > confidence:
                clean = clean_line(answer.txts[0])
                if clean and _fills(clean, box):
                    text, confidence = clean, float(answer.scores[0])
            if confidence >= _UNSURE:
                break
        return text, confidence

    def remarks(self) -> tuple[Text, ...]:
        return ()

    def _loaded(self) -> Any:
        if self._engine is None:
            models = _packaged_models()
            recognition = self._recognition_model or models["rec"]
            if not recognition.is_file():
                raise _missing_model(recognition.name)
            # Imported here: the package takes a second to load, and a desk without marks never needs it.
            from rapidocr import RapidOCR

            self._engine = RapidOCR(
                params={
                    "Global.use_cls": False,
                    "Global.log_level": "critical",
                    "Global.text_score": 0.0,
                    "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                    "Det.limit_type": "max",
                    "Det.limit_side_len": self._detection_side_px,
                    "Det.model_path": str(models["det"]),
                    "Rec.model_path": str(recognition),
                }
            )
        return self._engine


def _straightened(pixels: Pixels, corners: NDArray[np.float32]) -> Pixels:
    """The line within its four corners (clockwise from its top left) as an upright strip; columns are laid down."""
    width = round(float(max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))))
    height = round(float(max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))))
    width, height = max(4, width), max(4, height)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    strip = cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(np.rot90(strip) if height >= 1.5 * width else strip).astype(np.uint8, copy=False)


def _is_the_article(box: Box, width: int, height: int) -> bool:
    """True for a "line" as high as half the picture and not twice as long: an outline taken for one letter. On
    photographs without text nearly every line found is one, and each costs more than finding it."""
    short_px, long_px = min(box.width, box.height), max(box.width, box.height)
    return short_px > 0.5 * min(width, height) and long_px < 2 * short_px


def _fills(text: str, box: Box) -> bool:
    """False for one letter read from a long line: letters of a script that the model does not know."""
    long_px, short_px = max(box.width, box.height), min(box.width, box.height)
    return long_px <= 3 * short_px * len(text)


def _packaged_models() -> dict[str, Path]:
    """Detection and recognition model inside the installed package. Raises Unavailable where one is missing."""
    package = importlib.util.find_spec("rapidocr")
    if package is None or package.origin is None:
        raise Unavailable(
            Text(ko="글자 인식 부품(rapidocr)이 없습니다.", en="The text reading part (rapidocr) is not installed."),
            Text(ko="pip install rapidocr로 설치하십시오.", en="Install it with: pip install rapidocr"),
            code="unavailable.rapidocr",
        )
    folder = Path(package.origin).parent / "models"
    models = {}
    for part in ("det", "rec"):
        files = sorted(folder.glob(f"*_{part}_*.onnx"))
        if not files:
            raise _missing_model(f"*_{part}_*.onnx")
        models[part] = files[-1]
    return models


def _missing_model(name: str) -> Unavailable:
    return Unavailable(
        Text(ko=f"글자 인식 모델 {name} 파일이 없습니다.", en=f"The text reading model {name} is missing."),
        Text(
            ko="rapidocr를 다시 설치하거나 모델 경로를 바로잡으십시오.",
            en="Install rapidocr again, or correct the path of the model.",
        ),
        code="unavailable.text_model",
        model=name,
    )
