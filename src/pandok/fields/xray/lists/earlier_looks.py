"""Earlier scans of the same heading that nothing speaks against."""

from __future__ import annotations

from pandok.fields.xray.decisions import Found
from pandok.fields.xray.models import Inspection, ScanLook

HEADING_DIGITS = 4
MOST_EARLIER = 300


def earlier_profiles(inspection: Inspection) -> list[list[float]]:
    """Profiles of the newest scan looks of the same four digits at the same customs office, without those whose opening
    was a hit; computed scans only beside computed ones. Empty where no heading is declared."""
    heading = inspection.hs_code[:HEADING_DIGITS]
    if len(heading) < HEADING_DIGITS:
        return []
    others = Inspection.objects.filter(
        hs_code__startswith=heading,
        site=inspection.site,
        from_generator=inspection.from_generator,
        begun_at__lt=inspection.begun_at,
    ).exclude(opening__found__in=[one.value for one in Found if one.hit])
    looks = ScanLook.objects.filter(scan__inspection__in=others).order_by("-made_at")
    return list(looks.values_list("profile", flat=True)[:MOST_EARLIER])
