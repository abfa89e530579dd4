"""Past scans that look like one: of inspections that were decided on and that a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from django.db.models import QuerySet

from pandok.core.text import Text
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.machine_class import MachineClass
from pandok.fields.xray.models import Inspection, Scan, ScanView, ViewEmbedding
from pandok.fields.xray.similar_index import Shelf, SimilarIndexes, heading_of
from pandok.fields.xray.states import READABLE
from pandok.readers.xray.embedding import EMBEDDER

MOST_FETCHED = 512
"""So many are looked at before a search says that no more may be shown."""


class Closeness(StrEnum):
    """How near two vectors lie, in words; the limits are figures of benchmarks/xray_similar.py."""

    NEARLY_ALIKE = "nearly_alike"
    ALIKE = "alike"
    SOMEWHAT = "somewhat"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def least(self) -> float:
        return _LEAST[self]


_WORDS = {
    Closeness.NEARLY_ALIKE: Text(ko="거의 같음", en="nearly the same"),
    Closeness.ALIKE: Text(ko="비슷함", en="alike"),
    Closeness.SOMEWHAT: Text(ko="조금 비슷함", en="somewhat alike"),
}
_LEAST = {Closeness.NEARLY_ALIKE: 0.8, Closeness.ALIKE: 0.6, Closeness.SOMEWHAT: 0.4}


@dataclass(frozen=True)
class SimilarScan:
    """One inspection of the past with the view that looks most like it. `cosine` from −1 to 1."""

    inspection: Inspection
    scan: Scan
    view: ScanView
    cosine: float
    closeness: Closeness

    @property
    def found(self) -> Found | None:
        """What its opening showed; None: it was not opened."""
        opening = getattr(self.inspection, "opening", None)
        return Found(opening.found) if opening else None


def similar_scans(
    scan: Scan,
    *,
    visible: QuerySet[Inspection],
    indexes: SimilarIndexes,
    most: int,
    heading: str = "",
) -> list[SimilarScan]:
    """The nearest first, each inspection once, none of what waits to be read, nothing that is hardly alike.

    `visible`: what the person may see. `heading`: four digits, only of this HS4; "" for all.
    """
    rows = list(ViewEmbedding.objects.filter(view__scan=scan, embedder=EMBEDDER))
    if not rows:
        return []
    own = scan.inspection
    kind = MachineClass(rows[0].machine_class)
    sites = visible.filter(from_generator=own.from_generator).order_by().values_list("site_id", flat=True).distinct()
    shelves = [Shelf(site, kind, own.from_generator) for site in sites]
    vectors = np.stack([row.values for row in rows])
    told = visible.exclude(pk=own.pk).exclude(state__in=[one.value for one in READABLE])
    wanted = 4 * most
    while True:
        near = indexes.search(shelves, vectors, wanted, heading_of(heading) if heading else None)
        near = [(key, cosine) for key, cosine in near if closeness_of(cosine) is not None]
        found = _may_be_shown(near, told, most)
        # What waits again and has not left the index yet takes places.
        if len(found) == most or len(near) < wanted or wanted >= MOST_FETCHED:
            return found
        wanted *= 4


def closeness_of(cosine: float) -> Closeness | None:
    """None: hardly alike."""
    return next((one for one in Closeness if cosine >= one.least), None)


def _may_be_shown(near: Sequence[tuple[int, float]], told: QuerySet[Inspection], most: int) -> list[SimilarScan]:
    views = (
        ScanView.objects.filter(pk__in=[key for key, _ in near], scan__inspection__in=told.values("pk"))
        .exclude(scan__in=erased_scans().values("scan_id"))
        .select_related("scan__inspection__opening", "scan__inspection__site")
        .in_bulk()
    )
    found: dict[object, SimilarScan] = {}
    for key, cosine in near:
        view, closeness = views.get(key), closeness_of(cosine)
        if view is None or closeness is None or view.scan.inspection_id in found:
            continue
        past = view.scan.inspection
        found[past.pk] = SimilarScan(past, view.scan, view, round(cosine, 4), closeness)
        if len(found) == most:
            break
    return list(found.values())
