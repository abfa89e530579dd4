"""Similar images of the past as the desk shows them, and as the viewer is told of them to put them beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text
from pandok.fields.xray.acts.similar.showing import SimilarShown, show_similar
from pandok.fields.xray.lists.similar import Closeness, SimilarScan
from pandok.fields.xray.models import Inspection
from pandok.fields.xray.similar_index import indexes_at
from pandok.fields.xray.web.shown.scan_viewer import view_told
from pandok.settings import settings

_BADGES = {Closeness.NEARLY_ALIKE: "badge-good", Closeness.ALIKE: "badge-plain", Closeness.SOMEWHAT: "badge-plain"}
_NOT_OPENED = Text(ko="개장하지 않음", en="not opened")


@dataclass(frozen=True)
class PastRow:
    """`place`: in the order of the viewer, from 0. `found`: what its opening showed; `hit`: that it was one."""

    place: int
    inspection: Inspection
    view: int
    closeness: Text
    badge: str
    found: Text
    what: str
    hit: bool
    same_heading: bool


@dataclass(frozen=True)
class Similar:
    withheld: bool
    rows: list[PastRow]
    past: list[dict[str, Any]]


def similar_beside(inspection: Inspection, account: Any, language: str) -> Similar:
    """For a page that shows the images of this inspection to this person. Raises RequestError xray.not_shown."""
    shown: SimilarShown = show_similar(inspection, account, indexes_at(settings().home), with_own_heading=True)
    return Similar(
        shown.withheld,
        [_row(place, one, inspection) for place, one in enumerate(shown.scans)],
        past_told(shown.scans, language),
    )


def past_told(scans: Sequence[SimilarScan], language: str) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{one.inspection.number} · {_found(one).in_language(language)}",
            "views": [view_told(view, one.scan) for view in one.scan.views.order_by("position")],
        }
        for one in scans
    ]


def _row(place: int, one: SimilarScan, beside: Inspection) -> PastRow:
    opening = getattr(one.inspection, "opening", None)
    return PastRow(
        place=place,
        inspection=one.inspection,
        view=one.view.pk,
        closeness=one.closeness.words,
        badge=_BADGES[one.closeness],
        found=_found(one),
        what=opening.what if opening else "",
        hit=one.found is not None and one.found.hit,
        same_heading=bool(beside.hs_code) and one.inspection.hs_code[:4] == beside.hs_code[:4],
    )


def _found(one: SimilarScan) -> Text:
    return one.found.words if one.found else _NOT_OPENED
