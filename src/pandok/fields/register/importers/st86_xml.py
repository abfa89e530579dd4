"""WIPO ST.86 XML, the forerunner of ST.96 for designs, as some offices still send it.

Namespace `…/XMLSchema/designs` or none: `Transaction`, `DesignTransactionBody`, then applications with
`DesignDetails/Design` or the designs alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pandok.fields.register.importers.wipo_designs import Names, read_designs
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.records import RawRecord, SourceFinding

NAME = "st86"
RECORDS = frozenset({"DesignApplication", "Design"})
STANDARD = "WIPO ST.86, version 1.0"
_NAMESPACE = "/XMLSchema/designs"
NAMES = Names(
    facts={
        "article": ("DesignTitle", "ProductDescription", "IndicationProductDescription", "IndicationProduct"),
        "status": ("DesignCurrentStatusCode", "DesignApplicationCurrentStatusCode", "DesignStatus"),
        "status_date": ("DesignCurrentStatusDate", "DesignApplicationCurrentStatusDate"),
        "registration_number": ("RegistrationNumber", "InternationalRegistrationNumber"),
        "international_number": ("InternationalRegistrationNumber",),
        "application_number": ("DesignApplicationNumber", "ApplicationNumber"),
        "registered_on": ("RegistrationDate", "InternationalRegistrationDate"),
        "filed_on": ("DesignApplicationDate", "ApplicationDate", "ReceivingOfficeDate"),
        "published_on": ("PublicationDate",),
        "expires_on": ("ExpiryDate",),
        "locarno_class": ("ClassNumber", "LocarnoClassNumber", "Class"),
        "locarno_edition": ("ClassificationVersion",),
    },
    design_number=("DesignIdentifier", "DesignReference"),
    holders=("Holder", "Applicant"),
    party_names=("OrganizationName", "FreeFormatNameLine", "HolderLegalEntity", "ApplicantLegalEntity"),
    first_name="FirstName",
    last_name="LastName",
    view="View",
    view_file=("ViewFilename", "ViewFileName", "Filename"),
    view_name=("ViewKind", "ViewNumber", "ViewIdentifier"),
    classified="IndicationProduct",
    class_kind="ClassificationKindCode",
    elsewhere=frozenset(
        {"View", "PriorityDetails", "ExhibitionPriorityDetails", "RelatedApplicationDetails", "DesignRecordDetails"}
    ),
    passed=frozenset(
        {
            "DesignerDetails",
            "RepresentativeDetails",
            "CorrespondenceAddress",
            "StaffDetails",
            "Address",
            "ContactInformationDetails",
        }
    ),
)


def is_mine(element: Node, *, is_root: bool) -> bool:  # noqa: ARG001  # a Transaction may be of marks too
    if element.namespace.endswith(_NAMESPACE):
        return element.name in RECORDS or element.name == "DesignTransactionBody"
    return element.namespace == "" and element.name == "DesignTransactionBody"


def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | SourceFinding]:
    return read_designs(node, file, done, NAMES)
