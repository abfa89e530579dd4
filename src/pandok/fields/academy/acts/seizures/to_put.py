"""What is put into bags: a find cut out of its scan, or an article that was scanned by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.seizures.views_of_bags import class_of, named_response, planes_of, response_of
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.seizures import Find
from pandok.fields.academy.models import ArticleScan, ArticleScanView
from pandok.fields.xray.acts.machine_blur import MeasuredBlur, blur_of
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ScanView
from pandok.readers.xray.lessons.alone import item_alone, must_be_of_its_pixels
from pandok.readers.xray.lessons.finding import item_of_find
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.projection.views import ItemView

Pitch = tuple[float, float]


@dataclass(frozen=True, eq=False)
class ToPut:
    """`pitches_mm`: of its views, in their order. `cut`: the item as machines that sample so see it, one sampling a
    view, from the first. `turns`: it may be turned about the rays, where it is seen from one side."""

    machine_class: str
    pitches_mm: tuple[Pitch, ...]
    blur_known: bool
    cut: Callable[[Sequence[Sampling]], list[ItemView]]
    turns: bool


def find_to_put(find: Find, blobs: FolderBlobs, home: Path) -> ToPut:
    """Raises RequestError lesson.no_find, lesson.one_energy; InputError xray.blur_unreadable."""
    marked, response = _marked(find), response_of(find.scan, home)
    pitches = tuple(_pitch(view) for view, _ in marked)
    blurs = [blur_of(home, find.scan.machine, pitch) for pitch in pitches]

    def cut(to: Sequence[Sampling]) -> list[ItemView]:
        found = []
        for (view, mark), pitch, blur, sampling in zip(marked, pitches, blurs, to, strict=False):
            low, high = planes_of(view, blobs)
            own, error = _own(pitch, blur, sampling)
            found.append(item_of_find(low, high, mark.box, own, response, sampling, blur_error_px=error))
        return found

    return ToPut(class_of(response).value, pitches, None not in blurs, cut, turns=True)


def scan_to_put(scan: ArticleScan, blobs: FolderBlobs, home: Path) -> ToPut:
    """As it lay: one image knows one pose, so that it is mirrored along the belt at most. Raises RequestError
    lesson.one_energy; InputError xray.blur_unreadable."""
    views, response = list(scan.views.order_by("position")), named_response(scan.response, home)
    pitches = tuple(_pitch(view) for view in views)
    blurs = [blur_of(home, scan.machine, pitch) for pitch in pitches]

    def cut(to: Sequence[Sampling]) -> list[ItemView]:
        found = []
        for view, pitch, blur, sampling in zip(views, pitches, blurs, to, strict=False):
            low, high = planes_of(view, blobs)
            own, error = _own(pitch, blur, sampling)
            must_be_of_its_pixels(own, sampling)
            same = Sampling(sampling.pitch_mm, own.blur_px)
            found.append(item_alone(low, high, same, response, sampling, blur_error_px=error))
        return found

    return ToPut(class_of(response).value, pitches, None not in blurs, cut, turns=False)


def _own(pitch: Pitch, blur: MeasuredBlur | None, to: Sampling) -> tuple[Sampling, float]:
    """How it is sampled, and how far its blur may be off, in pixels of `to`."""
    sigma, error = (blur.sigma_px, blur.error_px) if blur else (0.0, 0.0)
    scale = max(own / theirs for own, theirs in zip(pitch, to.pitch_mm, strict=True))
    return Sampling(pitch, (sigma, sigma)), scale * error


def _marked(find: Find) -> list[tuple[ScanView, Mark]]:
    """The views in which it is marked, each with its largest mark."""
    found = []
    for view in find.views:
        marks = [one for one in find.marks if one.view == view.name]
        if marks:
            found.append((view, max(marks, key=lambda one: one.area)))
    if not found:
        raise refusal("no_find")
    return found


def _pitch(view: ScanView | ArticleScanView) -> Pitch:
    if view.pitch_row_mm is None or view.pitch_column_mm is None:
        raise refusal("one_energy")
    return view.pitch_row_mm, view.pitch_column_mm
