"""A data set of the catalogue in Croissant 1.0 (JSON-LD): what it is, its columns, its terms; no data, no file's name.

As in the lab (`lab/acts/vault/croissant.py`), files carry no content hash; the columns are those of the plan.
"""

from __future__ import annotations

from typing import Any

from pandok.core.programme.data_plan import DataPlan, Holds
from pandok.fields.lab.acts.vault.croissant import CONFORMS_TO, cited, context
from pandok.fields.programme.models import DataSet, QualityReport

_TYPES = {
    Holds.NUMBER: "sc:Float",
    Holds.WHOLE_NUMBER: "sc:Integer",
    Holds.TEXT: "sc:Text",
    Holds.DATE: "sc:Date",
    Holds.FILE: "sc:Text",
}
TABLE = "table"


def described(data_set: DataSet, plan: DataPlan, report: QualityReport | None, *, address: str) -> dict[str, Any]:
    """`report`: the newest on this version. `address`: of its page."""
    found: dict[str, Any] = {
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": data_set.number,
        "alternateName": data_set.title,
        "description": data_set.purpose,
        "license": data_set.licence,
        "url": address,
        "citeAs": cited(
            data_set.owner_body,
            data_set.state_since.year,
            f"{data_set.title} ({data_set.number}, v{data_set.version})",
            address,
        ),
        "creator": {"@type": "sc:Organization", "name": data_set.owner_body},
        "datePublished": data_set.state_since.date().isoformat(),
        "version": f"{data_set.version}.0.0",
        "isLiveDataset": False,
        "conditionsOfAccess": "The data stay where they are; ask their owner.",
        "usageInfo": data_set.purpose,
        "isBasedOn": data_set.source or "not stated",
        "rai:dataUseCases": data_set.purpose,
        "distribution": [
            {
                "@type": "cr:FileSet",
                "@id": TABLE,
                "name": TABLE,
                "description": "The table of the data set; it is not handed out here.",
                "encodingFormat": "text/csv",
                "includes": "*.csv",
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "rows",
                "name": "rows",
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"rows/{number}",
                        "name": one.name,
                        "dataType": _TYPES[one.holds],
                        "source": {"fileSet": {"@id": TABLE}, "extract": {"column": one.name}},
                    }
                    for number, one in enumerate(plan.columns, 1)
                ],
            }
        ],
    }
    if report is not None:
        personal = report.quality.get("personal") or {}
        counts = sum(one["count"] for one in personal.get("found", []))
        found["rai:personalSensitiveInformation"] = (
            f"Looked for by rules on {report.made_at.date().isoformat()}; places found: {counts}."
        )
    return found
