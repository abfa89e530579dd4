"""Proofs of the lab that were made here or accepted from elsewhere until a moment."""

from __future__ import annotations

from datetime import datetime

from pandok.core.text import Text
from pandok.fields.lab.models import ProofRecord
from pandok.fields.programme.sources.kpi_source import KpiSource, Row
from pandok.proof.kpi.columns import Kind


def _rows(until: datetime) -> list[Row]:
    columns = ("number", "site", "problem_id", "verdict", "origin")
    kept = ProofRecord.objects.filter(kept_at__lte=until).order_by("kept_at", "pk").values_list(*columns)
    return [
        {"proof": number, "site": site, "problem": problem, "verdict": verdict, "origin": origin}
        for number, site, problem, verdict, origin in kept
    ]


SOURCE = KpiSource(
    "lab_proofs",
    Text(ko="실증랩 입증서", en="Proofs of the lab"),
    dict.fromkeys(("proof", "site", "problem", "verdict", "origin"), Kind.TEXT),
    _rows,
    keys=("proof", "site", "origin"),
)
