"""One verdict over all KPIs of an agreement: no good figure makes up for a bad one."""

from __future__ import annotations

from collections.abc import Iterable

from pandok.proof.verdict import Verdict


def overall(verdicts: Iterable[str]) -> Verdict:
    """The first of these that any KPI has: inferior, undecidable, not proven; proven where all are.

    >>> overall(["proven", "undecidable"]), overall(["proven", "proven"])
    (<Verdict.UNDECIDABLE: 'undecidable'>, <Verdict.PROVEN: 'proven'>)
    """
    found = {Verdict(one) for one in verdicts}
    for verdict in (Verdict.INFERIOR, Verdict.UNDECIDABLE, Verdict.NOT_PROVEN):
        if verdict in found:
            return verdict
    return Verdict.PROVEN if found else Verdict.UNDECIDABLE
