"""Text by Tesseract, a program of the operating system: the reader of Hangul, where its `kor` data is installed."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import Unavailable
from pandok.core.reading import Box, WordsFound
from pandok.core.text import Text
from pandok.readers.designs.marks import Pixels

LINE_CHARACTERS = 200
LINES = 100
_LEAST_CONFIDENCE = 40
"""Of 100, Tesseract's own; below it words are mostly texture of cloth."""


class TesseractReader:
    """Tesseract as a program of its own, one call a picture; the picture goes through a pipe, no file is written."""

    def __init__(self, *, languages: str = "kor+eng", threads: int = 1, limit_s: float = 20.0, program: str = ""):
        self._languages = languages
        self._threads = threads
        self._limit_s = limit_s
        self._program = program or shutil.which("tesseract") or ""

    def installed(self) -> bool:
        """Whether the program and the data of all its languages are here."""
        if not self._program:
            return False
        try:
            listed = subprocess.run([self._program, "--list-langs"], capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return set(self._languages.split("+")) <= set(listed.stdout.decode("utf-8", "replace").split())

    def read(self, pixels: Pixels) -> list[WordsFound]:
        """Lines with at least one word; `confidence` is the mean of the words' own. Raises Unavailable."""
        height, width = pixels.shape[:2]
        scale = min(2.0, max(1.0, 1280 / max(height, width)))  # Tesseract wants letters of 20 pixels and more
        return _lines_of_tsv(self._table(pixels, scale, "11"), scale, width, height)

    def read_line(self, pixels: Pixels) -> tuple[str, float]:
        """Text and confidence of a strip that holds one line, `("", 0.0)` for none. Raises Unavailable."""
        margin = max(4, pixels.shape[0] // 4)
        gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        # Dark on light is what it was trained on; the margin's colour says which is the ground.
        border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
        if np.median(border) < gray.mean():
            gray = 255 - gray
        framed = cv2.copyMakeBorder(gray, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
        strip = cv2.cvtColor(framed, cv2.COLOR_GRAY2RGB).astype(np.uint8, copy=False)
        height, width = strip.shape[:2]
        scale = min(4.0, max(0.5, 64 / height))
        lines = _lines_of_tsv(self._table(strip, scale, "7"), scale, width, height)
        return (lines[0].text, lines[0].confidence) if lines else ("", 0.0)

    def _table(self, pixels: Pixels, scale: float, layout: str) -> str:
        larger = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        picture = cv2.imencode(".png", larger[:, :, ::-1])[1].tobytes()
        command = [self._program, "stdin", "stdout", "-l", self._languages, "--psm", layout, "tsv"]
        try:
            done = subprocess.run(
                command,
                input=picture,
                capture_output=True,
                timeout=self._limit_s,
                check=True,
                env={"OMP_THREAD_LIMIT": str(self._threads), "PATH": "/usr/bin:/bin"},
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise Unavailable(
                Text(ko="Tesseract가 글자를 읽지 못했습니다.", en="Tesseract could not read text."),
                Text(
                    ko="터미널에서 tesseract --list-langs가 kor를 보이는지 확인하십시오.",
                    en="Check in a terminal that tesseract --list-langs shows kor.",
                ),
                code="unavailable.tesseract",
            ) from error
        return done.stdout.decode("utf-8", "replace")

    def remarks(self) -> tuple[Text, ...]:
        return ()


def _lines_of_tsv(table: str, scale: float, width: int, height: int) -> list[WordsFound]:
    """Words of Tesseract's TSV joined into lines (columns: level page block par line word left top w h conf text)."""
    lines: dict[tuple[str, ...], list[tuple[str, float, tuple[float, float, float, float]]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or float(cells[10]) < _LEAST_CONFIDENCE or not cells[11].strip():
            continue
        x, y, w, h = (float(cell) / scale for cell in cells[6:10])
        lines.setdefault(tuple(cells[1:5]), []).append((cells[11], float(cells[10]) / 100, (x, y, x + w, y + h)))
    found = []
    for words in lines.values():
        corners = np.array([word[2] for word in words]).reshape(-1, 2)
        box = box_of(corners, width, height)
        text = clean_line(" ".join(word[0] for word in words))
        if box is not None and sum(letter.isalnum() for letter in text) >= 2:
            confidence = sum(word[1] for word in words) / len(words)
            found.append(WordsFound(text=text, confidence=round(min(1.0, confidence), 4), box=box))
    return found[:LINES]


def clean_line(text: str) -> str:
    """One line without control or direction characters, at most LINE_CHARACTERS long."""
    kept = "".join(" " if letter.isspace() else letter for letter in text if unicodedata.category(letter)[0] != "C")
    return " ".join(kept.split())[:LINE_CHARACTERS]


def box_of(corners: NDArray[np.floating], width: int, height: int) -> Box | None:
    """Box round corners `(N, 2)` inside the picture; None where nothing of it is inside."""
    x1, y1 = (int(value) for value in np.floor(corners.min(axis=0)))
    x2, y2 = (int(value) for value in np.ceil(corners.max(axis=0)))
    box = Box(x1=max(0, x1), y1=max(0, y1), x2=min(width, x2), y2=min(height, y2))
    return box if box.width > 0 and box.height > 0 else None
