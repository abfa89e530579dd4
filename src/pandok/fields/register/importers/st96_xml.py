"""WIPO ST.96 XML, Design component: applications and registrations with their designs and views, and Hague records.

Namespaces `…/XMLSchema/ST96/Design` and `…/ST96/Common`, whatever their prefix. One transaction may hold several
applications (`DesignApplication`), and one application several designs (`Design`), each with its own views.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pandok.fields.register.importers import hague
from pandok.fields.register.importers.wipo_designs import Names, read_designs
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.records import RawRecord, SourceFinding

NAME = "st96"
RECORDS = frozenset(
    {"DesignApplication", "RegisteredDesign", "DesignRegistration", "HagueRegistration", hague.TRANSACTION}
)
STANDARD = "WIPO ST.96, Design and Common components"
LAST_VERSION = 8
"""Newest major version that is read without a word. The names come from published programs and examples that read such
files; the schemas of WIPO themselves were not compared, so a newer version is reported, not refused."""
_NAMESPACE = "/ST96/"
_VERSION = re.compile(r"V?(\d+)(?:[._]\d+)*(?:[._-]?D\d+)?", re.IGNORECASE)

NAMES = Names(
    facts={
        "article": (
            "DesignTitle",
            "ProductDescriptionText",
            "ProductDescription",
            "LocarnoProductIndicationText",
            "NationalDesignProductIndicationText",
            "IndicationProduct",
        ),
        "status": ("DesignCurrentStatusCategory", "DesignCurrentStatusCode", "DesignApplicationCurrentStatusCategory"),
        "status_date": ("DesignCurrentStatusDate", "DesignApplicationCurrentStatusDate"),
        "registration_number": ("RegistrationNumber", "InternationalRegistrationNumber"),
        "international_number": ("InternationalRegistrationNumber",),
        "application_number": ("ApplicationNumberText", "DesignApplicationNumber", "ApplicationNumber"),
        "registered_on": ("RegistrationDate", "InternationalRegistrationDate"),
        "filed_on": ("DesignApplicationDate", "ApplicationDate", "ReceivingOfficeDate"),
        "published_on": ("PublicationDate",),
        "expires_on": ("ExpiryDate",),
        "locarno_class": ("LocarnoClass", "LocarnoClassNumber", "ClassNumber", "ClassificationSymbolText"),
        "locarno_edition": (
            "LocarnoClassificationEdition",
            "LocarnoClassEdition",
            "ClassificationVersion",
            "ClassificationVersionText",
        ),
    },
    design_number=("DesignIdentifier", "DesignReference", "DesignNumber"),
    holders=("Holder", "Owner", "DesignOwner", "Applicant"),
    party_names=(
        "OrganizationStandardName",
        "OrganizationName",
        "EntityName",
        "LegalEntityName",
        "PersonFullName",
    ),
    first_name="FirstName",
    last_name="LastName",
    view="View",
    view_file=("FileName", "ViewFileName", "ViewFilename", "FileURI"),
    view_name=("ViewTypeCategory", "ViewTypeText", "ViewNumber", "ViewIdentifier"),
    classified="NationalDesignClassificationBag",
    class_kind="ClassificationKindCategory",
    elsewhere=frozenset({"View", "Priority", "PriorityBag", "ExhibitionPriorityBag", "RelatedApplicationBag"}),
    passed=frozenset(
        {
            "DesignerBag",
            "RepresentativeBag",
            "CorrespondenceAddress",
            "StaffBag",
            "PostalAddressBag",
            "PhoneNumberBag",
            "FaxNumberBag",
            "EmailAddressBag",
            hague.HISTORY,
        }
    ),
)
UNREAD = "kept with the design under the element's own name"


def is_mine(element: Node, *, is_root: bool) -> bool:
    """The International Bureau wraps its records in a `Transaction` without a namespace; the records decide. Patents
    and trade marks have components of their own."""
    if _NAMESPACE not in element.namespace or element.namespace.endswith(("/Patent", "/Trademark")):
        return False
    return is_root or element.name in RECORDS


def strange_version(element: Node) -> str:
    """The version of the schemas that a root element says, where that is no version up to LAST_VERSION; else empty."""
    said = element.attributes.get("st96Version", "").strip()
    match = _VERSION.fullmatch(said)
    return said if said and (match is None or not 1 <= int(match[1]) <= LAST_VERSION) else ""


def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | SourceFinding]:
    if node.name == hague.TRANSACTION:
        yield from hague.read_transaction(node, file, done, NAMES)
    else:
        yield from read_designs(node, file, done, NAMES)
