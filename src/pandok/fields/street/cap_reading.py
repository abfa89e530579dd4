"""CAP alerts out of bytes that others wrote: alone, or inside an EDXL-DE envelope.

Entities and document types are refused before anything is expanded; the size is capped, and the work grows with it
alone.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from pandok.fields.street.cap import NAMESPACES
from pandok.fields.street.refusals import refusal

MOST_BYTES = 1_000_000


def cap_alerts_in(content: bytes) -> list[Element]:
    """Every alert element. Raises RequestError for what is no XML, is too large, or declares entities."""
    if len(content) > MOST_BYTES:
        raise refusal("bad_cap")
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
