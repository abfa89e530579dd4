"""What the quality report of a scan says, the worst first in each view, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text
from pandok.fields.xray.models import Scan
from pandok.readers.xray.quality.report import Grade


@dataclass(frozen=True)
class QualityRow:
    """`badge`: the class of its badge."""

    view: str
    grade: Text
    badge: str
    sentence: Text


_GRADES = {
    Grade.GOOD: (Text(ko="양호", en="Good"), "badge-good"),
    Grade.ATTENTION: (Text(ko="주의", en="Attention"), "badge-unsure"),
    Grade.POOR: (Text(ko="불량", en="Poor"), "badge-bad"),
}


def quality_rows(scan: Scan) -> list[QualityRow]:
    """Nothing for a scan that was read back from colours: it is no measurement."""
    names = list(scan.views.order_by("position").values_list("name", flat=True))
    found = []
    for name, said in zip(names, scan.quality.get("views", ()), strict=False):
        for one in said.get("findings", ()):
            words, badge = _GRADES[Grade(one["grade"])]
            found.append(QualityRow(name, words, badge, Text(ko=one["ko"], en=one["en"])))
    return found
