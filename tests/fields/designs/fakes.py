"""A desk that needs no model, and small drawn goods: a bottle as photograph and as line drawing."""

from __future__ import annotations

import functools
import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from pandok.core.errors import PandokError
from pandok.core.reading import (
    ArticleSuggestion,
    Box,
    Candidate,
    CodeFound,
    Evidence,
    MarksFound,
    Reading,
    Region,
    RegisteredDesign,
    Remark,
    WordsFound,
)
from pandok.core.text import Text

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)

PHOTO_SIZE = (900, 1200)
VIEW_SIZE = (600, 800)


def encoded(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def _bottle(draw: ImageDraw.ImageDraw, scale: float, x: float, y: float, wide: float, **style: Any) -> None:
    def at(*points: float) -> list[tuple[float, float]]:
        return [(x + a * scale, y + b * scale) for a, b in zip(points[::2], points[1::2], strict=True)]

    draw.rounded_rectangle([*at(150 - wide, 260)[0], *at(150 + wide, 700)[0]], radius=40 * scale, **style)
    draw.polygon(at(110, 160, 190, 160, 150 + wide, 290, 150 - wide, 290), **style)
    draw.rectangle([*at(110, 70)[0], *at(190, 160)[0]], **style)
    draw.rounded_rectangle([*at(98, 20)[0], *at(202, 80)[0]], radius=10 * scale, **style)


@functools.cache
def photograph(shade: int = 0, *, two: bool = False) -> bytes:
    """A bottle on a parcel's cardboard, slightly blurred, as JPEG of 900 × 1200."""
    image = Image.new("RGB", PHOTO_SIZE, (176 - shade, 148, 112))
    draw = ImageDraw.Draw(image)
    for line in range(0, 1200, 40):
        draw.line([(0, line), (900, line + 60)], fill=(168 - shade, 140, 104), width=3)
    left = 60 if two else 260
    _bottle(draw, 1.35, left, 110, 100, fill=(58, 110 + shade, 150), outline=(30, 60, 90), width=6)
    draw.rectangle([left + 80, 560, left + 325, 800], fill=(240, 240, 232))
    draw.line([(left + 110, 640), (left + 290, 640)], fill=(60, 60, 60), width=12)
    draw.line([(left + 110, 690), (left + 250, 690)], fill=(60, 60, 60), width=12)
    if two:
        _bottle(draw, 0.9, 560, 430, 70, fill=(150, 60, 60), outline=(90, 30, 30), width=6)
    return encoded(image.filter(ImageFilter.GaussianBlur(1.2)), quality=88)


@functools.cache
def drawing(wide: int) -> bytes:
    """A line drawing of a bottle as PNG of 600 × 800."""
    image = Image.new("RGB", VIEW_SIZE, "white")
    draw = ImageDraw.Draw(image)
    _bottle(draw, 1.05, 140, 15, wide, fill="white", outline="black", width=5)
    draw.arc([300 - wide, 400, 300 + wide, 460], 0, 180, fill="black", width=4)
    return encoded(image, "PNG")


_REGIONS = (
    (Box(x1=390, y1=130, x2=540, y2=330), Box(x1=240, y1=30, x2=355, y2=190), 0.5),
    (Box(x1=320, y1=330, x2=600, y2=520), Box(x1=190, y1=185, x2=405, y2=330), 0.3),
    (Box(x1=320, y1=840, x2=600, y2=1060), Box(x1=190, y1=580, x2=405, y2=755), 0.2),
)


def candidate(rank: int, probability: float, view_sha256: str, **design: Any) -> Candidate:
    facts: dict[str, Any] = {
        "design_id": f"30-{rank:04d}",
        "registration_number": f"30-108{rank:04d}",
        "holder": ("한빛용기 주식회사", "Nordlys Design AS", "(주)도담생활")[rank % 3],
        "article": ("포장용 병", "음료수 병", "화장품 용기")[rank % 3],
        "locarno_class": "09-01",
        "status": "in force",
        "recorded_with_customs": rank % 2 == 1,
    }
    return Candidate(
        rank=rank,
        design=RegisteredDesign(**(facts | design)),
        probability=probability,
        score=probability,
        evidence=Evidence(
            photograph_index=0,
            view=("front", "perspective", "left")[rank % 3],
            view_sha256=view_sha256,
            regions=tuple(
                Region(photograph=photo, view=view, weight=weight) for photo, view, weight in _REGIONS[: 4 - rank]
            )
            if rank < 4
            else (),
            matched_points=38 // rank,
        ),
    )


def reading(views: list[str], **changes: Any) -> Reading:
    """A reading with as many candidates as views."""
    chances = (0.83, 0.12, 0.03, 0.01, 0.004)
    facts: dict[str, Any] = {
        "outcome": "candidates",
        "candidates": tuple(candidate(place + 1, chances[place], sha256) for place, sha256 in enumerate(views)),
        "probability_in_register": 0.91,
        "articles": (ArticleSuggestion(locarno_class="09-01", article="포장용 병", probability=0.88),),
        "marks": MarksFound(
            words=(WordsFound(text="AQUA 500 mL", confidence=0.93, box=Box(x1=340, y1=560, x2=585, y2=800)),),
            codes=(CodeFound(symbology="EAN-13", text="8801234567893", box=Box(x1=340, y1=700, x2=585, y2=800)),),
        ),
        "reader": "pandok-design 1",
        "searched_views": 4021,
    }
    return Reading(**(facts | changes))


class FakeDesk:
    """Answers every call with `answer` (or raises it) and remembers what it was asked."""

    def __init__(self, answer: Reading | PandokError):
        self.answer = answer
        self.calls: list[dict[str, Any]] = []

    def marks_on(self, photos: list[bytes]) -> MarksFound:
        self.calls.append({"photos": photos, "marks_only": True})
        if isinstance(self.answer, PandokError):
            raise self.answer
        return self.answer.marks

    def read(self, photos: list[bytes], **asked: Any) -> Reading:
        self.calls.append({"photos": photos, **asked})
        if isinstance(self.answer, PandokError):
            raise self.answer
        return self.answer


def remark(**facts: Any) -> Remark:
    text = Text(ko="사진이 조금 어둡습니다.", en="The photograph is a little dark.")
    return Remark(**({"photograph_index": 0, "code": "photograph.dark", "text": text} | facts))
