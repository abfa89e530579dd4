"""Views of a scan or of a picture with the boxes of what lies in them, for a page without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pandok.fields.academy.models import Picture, PictureView
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ScanView


@dataclass(frozen=True)
class Rectangle:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class BoxedView:
    """`number`: its place, from 0."""

    number: int
    view: ScanView | PictureView
    boxes: tuple[Rectangle, ...]


def boxed_views(views: Iterable[ScanView | PictureView], marks: Sequence[Mark]) -> list[BoxedView]:
    return [
        BoxedView(number, view, tuple(_rectangle(one) for one in marks if one.view == view.name))
        for number, view in enumerate(views)
    ]


def boxes_of_picture(picture: Picture) -> list[BoxedView]:
    views = sorted(picture.views.all(), key=lambda one: one.position)
    return boxed_views(views, [Mark.model_validate(one) for one in picture.truth])


def _rectangle(mark: Mark) -> Rectangle:
    x1, y1, x2, y2 = mark.box
    return Rectangle(x1, y1, x2 - x1, y2 - y1)
