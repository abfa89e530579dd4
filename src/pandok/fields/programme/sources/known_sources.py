"""The sources of this site by their names."""

from __future__ import annotations

from pandok.fields.programme.sources import desk_cases, lab_proofs, street_alerts
from pandok.fields.programme.sources.kpi_source import KpiSource

SOURCES: dict[str, KpiSource] = {one.name: one for one in (desk_cases.SOURCE, street_alerts.SOURCE, lab_proofs.SOURCE)}
