"""A deposit described in Croissant 1.0 (JSON-LD), for catalogues: terms, counts, kinds; no sealed data.

Source: https://docs.mlcommons.org/croissant/docs/croissant-spec.html (version 1.0). Files are named by what they are
and how many, not one by one, and carry no content hash: a hash of a small file lets its content be guessed.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum

from pandok.core.text import counted
from pandok.fields.lab.models import Deposit

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
REQUIRED = ("@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "datePublished")
_CONTEXT: dict[str, Any] = {
    "@language": "ko",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def context() -> dict[str, Any]:
    """What every description begins with."""
    return dict(_CONTEXT)


def cited(owner: str, year: int, name: str, address: str) -> str:
    return f"{owner} ({year}). {name}. {address}"


def described(deposit: Deposit, *, address: str) -> dict[str, Any]:
    """`address` is where people reach the deposit's page; what it shows them depends on their rights."""
    groups = (
        deposit.contents.filter(deleted_at=None)
        .values("kind", "media_type")
        .annotate(files=Count("pk"), size=Sum("size_bytes"))
        .order_by("kind", "media_type")
    )
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": deposit.name,
        "description": deposit.description or deposit.purpose,
        "license": deposit.licence,
        "url": address,
        "citeAs": cited(deposit.owner, deposit.deposited_at.year, deposit.name, address),
        "creator": {"@type": "sc:Organization", "name": deposit.owner},
        "datePublished": deposit.deposited_at.date().isoformat(),
        "expires": deposit.expires_at.date().isoformat(),
        "version": "1.0.0",
        "isLiveDataset": False,
        "conditionsOfAccess": "Sealed: opened by grant for a stated purpose and time only; nothing is handed out.",
        "usageInfo": deposit.purpose,
        "isBasedOn": deposit.source or "not stated",
        "rai:dataUseCases": deposit.purpose,
        "rai:personalSensitiveInformation": _personal(deposit),
        "distribution": [
            {
                "@type": "cr:FileSet",
                "@id": f"{row['kind']}-{number}",
                "name": f"{row['kind']}-{number}",
                "description": f"{counted(row['files'], 'sealed file')} of the kind {row['kind']}, "
                f"{counted(row['size'], 'byte')} in all",
                "encodingFormat": row["media_type"],
                "includes": f"{row['kind']}/*",
            }
            for number, row in enumerate(groups, 1)
        ],
        "recordSet": [],
    }


def faults(description: dict[str, Any]) -> list[str]:
    """What the specification requires or recommends and the description lacks; empty where it is whole. `mlcroissant`,
    the reader of those who made the format, finds nothing either in what passes here (docs/do/data-dam.md)."""
    found = [f"missing {name}" for name in (*REQUIRED, "citeAs") if not description.get(name)]
    found += [f"@context lacks {name}" for name in _CONTEXT if name not in description.get("@context", {})]
    if description.get("@type") != "sc:Dataset":
        found.append("@type is not sc:Dataset")
    if description.get("conformsTo") != CONFORMS_TO:
        found.append("conformsTo names another version")
    ids: set[str] = set()
    for one in description.get("distribution", []):
        needed = {
            "cr:FileSet": ("@id", "name", "encodingFormat", "includes"),
            "cr:FileObject": ("@id", "name", "contentUrl", "encodingFormat", "sha256"),
        }.get(one.get("@type", ""))
        if needed is None:
            found.append(f"distribution of unknown type {one.get('@type')}")
            continue
        found += [f"distribution {one.get('@id')} lacks {name}" for name in needed if not one.get(name)]
        if one.get("@id") in ids:
            found.append(f"two distributions are named {one['@id']}")
        ids.add(one.get("@id", ""))
    for one in description.get("recordSet", []):
        found += [f"recordSet lacks {name}" for name in ("@id", "name", "field") if not one.get(name)]
        for field in one.get("field", []):
            found += _faults_of_field(field, ids)
            ids.add(field.get("@id", ""))
    return found


def _faults_of_field(field: dict[str, Any], ids: set[str]) -> list[str]:
    """`ids`: of what stands before it."""
    name = field.get("@id")
    found = [f"field {name} lacks {one}" for one in ("@id", "name", "dataType", "source") if not field.get(one)]
    if name in ids:
        found.append(f"two things are named {name}")
    source = field.get("source") or {}
    file = source.get("fileSet") or source.get("fileObject") or {}
    if file.get("@id") not in ids:
        found.append(f"field {name} is read from {file.get('@id')}, which is not distributed")
    if not source.get("extract"):
        found.append(f"field {name} does not say what of its source it is")
    return found


def _personal(deposit: Deposit) -> str:
    raw = deposit.contents.filter(kind="raw", deleted_at=None)
    looked, all_of_them = raw.exclude(report={}).count(), raw.count()
    return f"Looked for by rules in {looked} of {counted(all_of_them, 'raw file')}; counts stay with the deposit."
