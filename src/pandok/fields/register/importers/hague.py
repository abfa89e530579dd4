"""International registrations of designs (Hague) as the International Bureau sends them: what stands, and its history.

One `HagueExpressTransaction` holds `HagueCurrent/HagueRegistration` and `HagueHistory` entries: renewals, refusals,
renunciations, limitations, invalidations and grants, each for all designs or for some (`AffectedDesign`), and for
all contracting parties or for some. A registration is a right here only where it designates this office; the last
entry about this office says how it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.wipo_designs import Names, read_designs
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.records import RawRecord, SourceFinding
from pandok.fields.register.row_checks import hague_number

TRANSACTION = "HagueExpressTransaction"
HISTORY = "HagueHistory"
OFFICE = "KR"
_ENDS = {
    "HagueRefusal": "refused",
    "HagueRenunciation": "renunciation",
    "HagueLimitation": "limited",
    "HagueInvalidation": "invalidated",
    "HagueCancellation": "cancelled",
    "HagueGrantProtection": "granted",
}
EVENTS = ("HagueRenewal", *_ENDS)
DESIGNATED = ("DesignatedCountryCode", "DesignatedContractingPartyCode")
NOTIFIED_BY = ("RecordNotifyingOfficeCode", "NotifyingOfficeCode")
DAYS = ("DecisionEffectiveDate", "DecisionDate", "InternationalRecordingDate")


def read_transaction(node: Node, file: Path, done: int, names: Names) -> Iterator[RawRecord | SourceFinding]:
    current = node.first("HagueRegistration")
    if current is None:
        yield finding("records.none", file.name, node.line)
        return
    events = [event for entry in node.all(HISTORY) for event in entry.all(*EVENTS)]
    offices = [one.text.strip() for one in current.all(*DESIGNATED) if one.text.strip()]
    for item in read_designs(current, file, done, names):
        if not isinstance(item, RawRecord):
            yield item
            continue
        number = item.facts.get("international_number", "")
        said = _by_history(events, _own_number(item))
        if offices and OFFICE not in offices:
            said["status"] = "not designated"
            yield finding(
                "hague.office", file.name, item.line, item.design_id, number=hague_number(number) or number or "?"
            )
        elif "status" not in said and not item.facts.get("status") and item.facts.get("registered_on"):
            said["status"] = "registered"
        yield replace(item, facts={**item.facts, **said})


def _own_number(record: RawRecord) -> str:
    """The number of the design within its registration, as `AffectedDesign` names it; empty where it has only one."""
    base = record.facts.get("registration_number", "")
    return record.design_id.removeprefix(f"{base}-") if base and record.design_id != base else ""


def _by_history(events: list[Node], design: str) -> dict[str, str]:
    """Last day and status by the events that concern this design, in the order of the file."""
    said: dict[str, str] = {}
    for event in events:
        if not _concerns(event, design):
            continue
        if event.name == "HagueRenewal":
            expiry = event.value("ExpiryDate")
            if expiry and _is_for_this_office(event, otherwise=True):
                said["expires_on"] = expiry
        elif _is_for_this_office(event, otherwise=event.name in ("HagueRenunciation", "HagueCancellation")):
            said["status"] = _ENDS[event.name]
            day = event.value(*DAYS)
            if day:
                said["status_date"] = day
    return said


def _concerns(event: Node, design: str) -> bool:
    """An event that names no design, or all, concerns each."""
    named = [one.text.strip().lstrip("0") for one in event.all("DesignIdentifier") if one.text.strip()]
    everyone = event.value("AllDesignsIndicator").casefold() in ("true", "1")
    return everyone or not named or not design or design.lstrip("0") in named


def _is_for_this_office(event: Node, *, otherwise: bool) -> bool:
    """`otherwise` holds where the event names no office at all."""
    offices = [one.text.strip() for one in event.all(*NOTIFIED_BY, *DESIGNATED) if one.text.strip()]
    return OFFICE in offices if offices else otherwise
