"""What the console is told of a picture: for the viewer of X-ray (static/pandok/xray/viewer.js), and no more than may
be seen at this step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pandok.core.text import Text
from pandok.fields.academy.kinds import Said
from pandok.fields.academy.models import Picture, PictureView, TrialAnswer
from pandok.fields.xray.web.shown.desk_keys import DeskKey
from pandok.fields.xray.web.shown.scan_viewer import Viewer

DECISIONS: dict[Said, DeskKey] = {
    Said.CLEAR: DeskKey("Space", "Space", Text(ko="통과", en="Clear"), "decide-clear"),
    Said.STOP: DeskKey("Enter", "Enter", Text(ko="개장", en="Open"), "decide-open"),
}
"""The keys of the reading desk, so that hands learn what they do there."""
NEXT = DeskKey("Enter", "Enter", Text(ko="다음 영상", en="Next picture"), "next-picture")
PAUSE = DeskKey("KeyZ", "Z", Text(ko="잠시 멈춤", en="Pause"), "pause")
GO_ON = DeskKey("Enter", "Enter", Text(ko="이어서 하기", en="Go on"), "go-on")


@dataclass(frozen=True)
class Confidence:
    value: int
    words: Text

    @property
    def code(self) -> str:
        return f"Digit{self.value}"


CONFIDENCES = (
    Confidence(1, Text(ko="추측", en="A guess")),
    Confidence(2, Text(ko="조금 확신", en="Slightly sure")),
    Confidence(3, Text(ko="보통", en="Fairly sure")),
    Confidence(4, Text(ko="꽤 확신", en="Quite sure")),
    Confidence(5, Text(ko="완전히 확신", en="Certain")),
)


def keys_told(keys: Sequence[DeskKey], language: str) -> list[dict[str, str]]:
    return [{"keys": key.shown, "words": key.words.in_language(language)} for key in keys]


def picture_viewer(picture: Picture, language: str, marks: Sequence[Any] = ()) -> Viewer:
    """The picture alone: nothing of its truth."""
    views = _views(picture)
    told = {
        "language": language,
        "views": views,
        "marks": list(marks),
        "candidates": [],
        "past": [],
        "keys": keys_told((*DECISIONS.values(),), language),
    }
    return Viewer(json.dumps(told, ensure_ascii=False), views, [])


def feedback_viewer(answer: TrialAnswer, twin: Picture | None, language: str) -> Viewer:
    """With the box of the article (key B: on or off), and the same bag without it beside (key P)."""
    picture, views = answer.picture, _views(answer.picture)
    name = _name(picture, language)
    boxes = [
        {"view": one["view"], "box": one["box"], "number": number, "reason": name, "score": 1, "source": ""}
        for number, one in enumerate(picture.truth, 1)
    ]
    past = [] if twin is None else [{"title": _twin_title(picture, twin).in_language(language), "views": _views(twin)}]
    told = {
        "language": language,
        "views": views,
        "marks": answer.marks,
        "candidates": boxes,
        "past": past,
        "keys": keys_told((NEXT, PAUSE), language),
    }
    return Viewer(json.dumps(told, ensure_ascii=False), views, boxes)


def article_words(picture: Picture) -> Text | None:
    """The name of what was in it."""
    return picture.article.words if picture.article else None


def _name(picture: Picture, language: str) -> str:
    words = article_words(picture)
    return words.in_language(language) if words else ""


def _twin_title(picture: Picture, twin: Picture) -> Text:
    if twin.article:
        return Text(ko=f"같은 가방, {twin.article.name_ko}", en=f"Same bag, {twin.article.name_en}")
    if picture.article:
        return Text(ko="같은 가방, 물품 없음", en="Same bag without it")
    return Text(ko="같은 가방", en="Same bag")


def _views(picture: Picture) -> list[dict[str, Any]]:
    return [view_told(view) for view in picture.views.all()]


def view_told(view: PictureView) -> dict[str, Any]:
    pitch = (view.pitch_row_mm, view.pitch_column_mm)
    return {
        "name": view.name,
        "rows": view.rows,
        "columns": view.columns,
        "planes": view.planes,
        "preview": reverse("academy_preview", args=[view.pk]),
        "planes_url": reverse("academy_planes", args=[view.pk]),
        "pitch_mm": list(pitch) if None not in pitch else None,
        "approximate": False,
        "penetration_limit_t": view.penetration_limit,
        "slices": 1,
        "values": None,
    }
