"""WIPO ST.96 XML, Design component: applications and registrations with their designs and views.

Namespaces `…/XMLSchema/ST96/Design` and `…/ST96/Common`, whatever their prefix. One transaction may hold several
applications (`DesignApplication`), and one application several designs (`Design`), each with its own views. What the
application says (numbers, applicant, dates) holds for each of its designs, which may say it more closely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pandok.register.findings import finding
from pandok.register.importers.nearby import beside
from pandok.register.importers.xml_stream import Node
from pandok.register.paths import PathRefused
from pandok.register.records import Finding, RawRecord, RawView

NAME = "st96"
RECORDS = frozenset({"DesignApplication", "RegisteredDesign", "DesignRegistration", "HagueRegistration"})
_NAMESPACE = "/ST96/"
_FACTS = {
    "article": ("DesignTitle", "ProductDescriptionText", "ProductDescription", "IndicationProduct"),
    "status": ("DesignCurrentStatusCategory", "DesignCurrentStatusCode", "DesignApplicationCurrentStatusCategory"),
    "status_date": ("DesignCurrentStatusDate", "DesignApplicationCurrentStatusDate"),
    "registered_on": ("RegistrationDate", "InternationalRegistrationDate"),
    "filed_on": ("DesignApplicationDate", "ApplicationDate", "ReceivingOfficeDate"),
    "published_on": ("PublicationDate",),
    "expires_on": ("ExpiryDate",),
    "locarno_class": ("LocarnoClass", "LocarnoClassNumber", "ClassNumber", "ClassificationSymbolText"),
    "locarno_edition": ("LocarnoClassEdition", "ClassificationVersion", "ClassificationVersionText"),
}
_VIEW_NAME = ("ViewTypeCategory", "ViewTypeText", "ViewNumber", "ViewIdentifier")
_REGISTRATION = ("RegistrationNumber", "InternationalRegistrationNumber")
_DESIGN_NUMBER = ("DesignIdentifier", "DesignReference", "DesignNumber")
_ELSEWHERE = frozenset({"View", "Priority", "PriorityBag", "ExhibitionPriorityBag", "RelatedApplicationBag"})
_NAMES = ("OrganizationStandardName", "OrganizationName", "EntityName", "LegalEntityName", "PersonFullName")


def is_mine(element: Node, *, is_root: bool) -> bool:
    """The International Bureau wraps its records in a `Transaction` without a namespace; the records decide."""
    return _NAMESPACE in element.namespace and (is_root or element.name in RECORDS)


def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | Finding]:
    designs = list(node.all("Design")) or [node]
    shared = _shared(node, designs)
    around = _outside(node, designs)
    whole = {fact: _value(around, names) for fact, names in _FACTS.items()} | {"locarno_class": _all_classes(around)}
    for index, design in enumerate(designs, 1):
        inside = _outside(design, ())
        own = {fact: _value(inside, names) for fact, names in _FACTS.items()}
        own["registration_number"] = _value(inside, _REGISTRATION)
        own["holder"] = _holder(inside)
        own["locarno_class"] = _all_classes(inside)
        facts = whole | shared | {fact: value for fact, value in own.items() if value}
        design_id = _design_id(shared, own, _value(inside, _DESIGN_NUMBER), index, len(designs))
        views: list[RawView] = []
        for view in design.all("View"):
            written = view.value("FileName", "ViewFileName", "ViewFilename", "FileURI")
            try:
                found = beside(file.parent, written) if written and "://" not in written else None
            except PathRefused as refused:
                yield finding(refused.code, file.name, view.line, design_id, path=written)
                continue
            if found:
                name = view.value(*_VIEW_NAME) or str(len(views) + 1)
                views.append(RawView(name, found.name, file.parent, view.line, found))
            else:
                yield finding("sheet.missing", file.name, view.line, design_id, path=written or "?")
        yield RawRecord(design_id, facts, file.name, design.line, tuple(views), done=done)


def _outside(node: Node, designs: Collection[Node]) -> list[Node]:
    """Elements below `node`, but not those of `designs`, views and earlier rights, which have dates of their own."""
    found: list[Node] = []
    for child in node.children:
        if child.name not in _ELSEWHERE and not any(child is design for design in designs):
            found.append(child)
            found.extend(_outside(child, designs))
    return found


def _value(nodes: list[Node], names: tuple[str, ...]) -> str:
    return next((node.text.strip() for name in names for node in nodes if node.name == name and node.text.strip()), "")


def _all_classes(nodes: list[Node]) -> str:
    """Every class that stands under the first name that is used at all."""
    names = _FACTS["locarno_class"]
    found = next((name for name in names if any(node.name == name and node.text.strip() for node in nodes)), None)
    return "; ".join(dict.fromkeys(node.text.strip() for node in nodes if node.name == found and node.text.strip()))


def _shared(node: Node, designs: list[Node]) -> dict[str, str]:
    """What the application says for all its designs. With a single `Design` its own values are looked at later."""
    around = _outside(node, [] if designs == [node] else designs)
    return {
        "holder": _holder(around),
        "application_number": _value(around, ("ApplicationNumberText", "DesignApplicationNumber", "ApplicationNumber")),
        "registration_number": _value(around, _REGISTRATION),
    }


def _holder(nodes: list[Node]) -> str:
    parties = [node for node in nodes if node.name in ("Holder", "Owner", "DesignOwner")]
    parties = parties or [node for node in nodes if node.name == "Applicant"]
    return "; ".join(dict.fromkeys(name for name in map(_party, parties) if name))


def _party(party: Node) -> str:
    name = party.value(*_NAMES)
    return name or f"{party.value('FirstName')} {party.value('LastName')}".strip()


def _design_id(shared: dict[str, str], own: dict[str, str], number: str, index: int, count: int) -> str:
    """The design's own registration number, else the application's with the design's number where it has many."""
    base = own["registration_number"] or shared["registration_number"] or shared["application_number"]
    if own["registration_number"] or count == 1 or not base:
        return base
    return f"{base}-{number or index}"
