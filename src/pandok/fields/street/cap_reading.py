"""CAP alerts out of bytes that others wrote: alone, or inside an EDXL-DE envelope. Parsed in a process with bounds.

Entities and document types are refused before anything is expanded, and the size is capped as well.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from pandok.common.decoding import parsing_pool
from pandok.core.errors import RequestError
from pandok.fields.street.cap import NAMESPACES, faults
from pandok.fields.street.refusals import refusal

MOST_BYTES = 1_000_000
MOST_ALERTS, MOST_FAULTS = 1000, 100
"""That are told of: of a file, and of an alert in it."""


def faults_in(content: bytes) -> list[list[str]]:
    """What is wrong with every alert of a file, in its order. Raises RequestError for what is no XML, is too large,
    declares entities or costs too much; StoreError `store.busy` where no parsing process came free."""
    if len(content) > MOST_BYTES:
        raise refusal("bad_cap")
    found, _ = parsing_pool().ask(
        look_there,
        content,
        what="document",
        refusal=RequestError,
        too_costly=lambda: refusal("bad_cap"),
        options={},
    )
    return [[str(fault) for fault in one] for one in found["faults"]]


def look_there(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    return {"faults": [faults(one)[:MOST_FAULTS] for one in cap_alerts_in(content)[:MOST_ALERTS]]}, []


def cap_alerts_in(content: bytes) -> list[Element]:
    """Every alert element; in the parsing process alone. Raises RequestError as `faults_in`."""
    parser = XMLParser(forbid_dtd=True)
    try:
        parser.feed(content)
        root = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise refusal("bad_cap") from error
    names = {f"{{{one}}}alert" for one in NAMESPACES.values()}
    found = [one for one in root.iter() if one.tag in names]
    if not found:
        raise refusal("bad_cap")
    return found
