"""The number of a document: one series a site and year, drawn under a lock (pandok.common.records.numbering).

It is drawn before the PDF that bears it, in a transaction of its own: a notice that then does not come about leaves
its number unused, and no number is ever given twice.
"""

from __future__ import annotations

from pandok.common.models import Site
from pandok.common.records.numbering import next_number
from pandok.fields.counterfeit.models import Notice


def next_document_number(site: Site | None, year: int) -> str:
    """ "ICN-2026-000123"; without a site "2026-N-000123"."""
    series = f"{site.code}-{year}" if site else f"{year}-N"
    given = Notice.objects.filter(document_number__startswith=f"{series}-").values_list("document_number", flat=True)
    return next_number(series, width=6, given=given)
