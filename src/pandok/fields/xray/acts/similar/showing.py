"""Similar images of the past are shown beside a scan: help, and withheld where help is."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.common.models import Account
from pandok.fields.xray.acts.deciding import newest_scan
from pandok.fields.xray.lists.similar import SimilarScan, similar_scans
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.models import Inspection, ShownScan
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.similar_index import SimilarIndexes
from pandok.fields.xray.states import READABLE

MOST_SHOWN = 6
OF_THE_HEADING = 3
"""So many of the same HS4 stand among them, where there are any: whether it looks like earlier goods of its name."""


@dataclass(frozen=True)
class SimilarShown:
    """`withheld`: the scan is read without help."""

    withheld: bool
    scans: list[SimilarScan]


def show_similar(
    inspection: Inspection,
    account: Account,
    indexes: SimilarIndexes,
    *,
    heading: str = "",
    with_own_heading: bool = False,
    most: int = MOST_SHOWN,
) -> SimilarShown:
    """What looks like it, as this person may see it; kept with the reading where it stands on their screen.

    `heading`: only of this HS4. `with_own_heading`: of all, but some of its own HS4 among them. Raises RequestError
    xray.not_shown where it waits and does not stand on their screen: help would reach a reader by another way.
    """
    shown = None
    if inspection.stands in READABLE:
        shown = ShownScan.objects.filter(inspection=inspection, reader=account).first()
        if shown is None:
            raise refusal("not_shown")
        if inspection.help_withheld:
            return SimilarShown(True, [])
    scan, visible = newest_scan(inspection), inspections_visible_to(account)
    found = similar_scans(scan, visible=visible, indexes=indexes, most=most, heading=heading)
    own = inspection.hs_code[:4] if with_own_heading else ""
    if own and sum(one.inspection.hs_code[:4] == own for one in found) < OF_THE_HEADING:
        of_it = similar_scans(scan, visible=visible, indexes=indexes, most=OF_THE_HEADING, heading=own)
        found = _with(found, of_it)
    if shown is not None:
        seen = [*shown.similar, *(one.inspection.number for one in found if one.inspection.number not in shown.similar)]
        ShownScan.objects.filter(pk=shown.pk, reader=account).update(similar=seen)
    return SimilarShown(False, found)


def _with(found: list[SimilarScan], of_heading: list[SimilarScan]) -> list[SimilarScan]:
    """Those of the heading take the places of the farthest others."""
    own = {one.inspection.pk for one in of_heading}
    others = [one for one in found if one.inspection.pk not in own]
    kept = [*of_heading, *others[: MOST_SHOWN - len(of_heading)]]
    return sorted(kept, key=lambda one: -one.cosine)
