"""What the viewer of a page is told of a scan (static/pandok/xray/viewer.js), and nothing that was withheld."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.help_figures import SCORE_SHOWN
from pandok.fields.xray.marks import Candidate
from pandok.fields.xray.models import HelpReading, Scan, ScanView


@dataclass(frozen=True)
class Viewer:
    """`json`: for the script; `views`: for who has none."""

    json: str
    views: list[dict[str, Any]]
    candidates: list[dict[str, Any]]

    @property
    def tomography(self) -> bool:
        return any(view["slices"] > 1 for view in self.views)


def viewer_of(
    scan: Scan,
    *,
    language: str,
    marks: Sequence[Any] = (),
    help_shown: Sequence[HelpReading] = (),
    keys: Sequence[tuple[str, str]] = (),
    past: Sequence[dict[str, Any]] = (),
) -> Viewer:
    """`marks`: as the form or the record holds them; `keys`: of the page around, in the person's language;
    `past`: of pandok.fields.xray.web.shown.similar."""
    views = [view_told(view, scan) for view in scan.views.order_by("position")]
    candidates = _candidates(help_shown, language)
    told = {
        "language": language,
        "views": views,
        "marks": list(marks),
        "candidates": candidates,
        "past": list(past),
        "keys": [{"keys": key, "words": words} for key, words in keys],
    }
    return Viewer(json.dumps(told, ensure_ascii=False), views, candidates)


def view_told(view: ScanView, scan: Scan) -> dict[str, Any]:
    pitch = (view.pitch_row_mm, view.pitch_column_mm)
    return {
        "name": view.name,
        "rows": view.rows,
        "columns": view.columns,
        "planes": view.planes,
        "preview": reverse("xray_preview", args=[view.pk]),
        "planes_url": reverse("xray_planes", args=[view.pk]),
        "pitch_mm": list(pitch) if None not in pitch else None,
        "approximate": scan.approximate,
        "penetration_limit_t": view.penetration_limit,
        "slices": view.slices,
        "values": view.values or None,
    }


def _candidates(help_shown: Sequence[HelpReading], language: str) -> list[dict[str, Any]]:
    said = [(HelpSource(each.source), Candidate.model_validate(one)) for each in help_shown for one in each.candidates]
    shown = sorted(((source, one) for source, one in said if one.score >= SCORE_SHOWN), key=lambda said: -said[1].score)
    return [
        {
            "view": one.mark.view,
            "box": list(one.mark.box),
            "number": number,
            "reason": one.reason.in_language(language),
            "score": round(one.score, 2),
            "source": "" if source is HelpSource.PROGRAM else source.words.in_language(language),
        }
        for number, (source, one) in enumerate(shown, 1)
    ]
