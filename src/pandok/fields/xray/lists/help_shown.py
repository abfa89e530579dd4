"""Which help a reader is shown beside a scan, from every source; and nothing where it was drawn to be withheld."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pandok.common.models import Account
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.models import HelpReading, Inspection, Scan, ShownScan


def help_for(inspection: Inspection, scan: Scan, shown_at: datetime) -> list[HelpReading]:
    """What a reader is shown beside a scan that stands on their screen since `shown_at`: the newest of each source.
    Nothing where help was drawn to be withheld, or came later: what was not on the screen helped nobody."""
    if inspection.help_withheld:
        return []
    return newest_of_each(list(scan.help_readings.filter(read_at__lte=shown_at).order_by("-read_at")))


def help_on_screen(inspection: Inspection, scan: Scan, reader: Account) -> list[HelpReading]:
    """As `help_for`, of this reader's screen; nothing where it stands there no more."""
    shown = ShownScan.objects.filter(inspection=inspection, reader=reader).first()
    return [] if shown is None else help_for(inspection, scan, shown.shown_at)


def newest_of_each(readings: Sequence[HelpReading]) -> list[HelpReading]:
    """`readings`: the newest first. One of each source, in the order of the sources."""
    newest: dict[str, HelpReading] = {}
    for one in readings:
        newest.setdefault(one.source, one)
    return [newest[source.value] for source in HelpSource if source.value in newest]
