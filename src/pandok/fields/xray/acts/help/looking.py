"""What a scan's goods look like as a whole is kept once, beside the scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.core.audit import Detail
from pandok.fields.xray.models import Scan, ScanLook
from pandok.readers.xray.help.goods_look import look_of, together
from pandok.readers.xray.help.maps import GoodsMaps


def keep_look(scan: Scan, views: Sequence[GoodsMaps], now: datetime) -> ScanLook | None:
    """None where no view shows goods; of a scan that has one, that one."""
    known: ScanLook | None = scan.looks.first()
    look = together([one for one in map(look_of, views) if one is not None]) if known is None else None
    if look is None:
        return known
    with transaction.atomic():
        kept = ScanLook.objects.create(scan=scan, made_at=now, **asdict(look))
        details: dict[str, Detail] = {"number": scan.inspection.number, "mass_g": round(look.mass_g)}
        audit.tell(WORKER, "scan.measured", f"scan:{scan.pk}", "", now, details)
    return kept
