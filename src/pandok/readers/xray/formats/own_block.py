"""What Pandok writes beside the standard tags of a DICOS file: facts that these have no place for, under a seal.

Other programs pass the block by. Pixels, their size, bits and scale are always those of the standard tags.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydicom import Dataset

from pandok.core.canonical import digest
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.scan import Layer, Scan, ScanFacts

CREATOR, GROUP = "PANDOK SCAN 1", 0x0011
OF_THE_FILE = frozenset(
    (
        *("format", "kind", "sha256", "sop_class", "instance_uid", "series_uid", "study_uid", "frame_uid"),
        *("transfer_syntax", "photometric", "report", "remarks"),
    )
)
"""Facts that each file says of itself."""


def write_block(data_set: Dataset, facts: ScanFacts, layer: Layer | None) -> None:
    plain: dict[str, Any] = {"facts": facts.model_dump(mode="json", exclude=set(OF_THE_FILE))}
    if layer is not None:
        plain["layer"] = layer.model_dump(mode="json")
    block = data_set.private_block(GROUP, CREATOR, create=True)
    block.add_new(1, "UT", json.dumps({**plain, "seal": digest(plain)}, ensure_ascii=True))


def facts_within(scan: Scan, data_set: Dataset) -> Scan:
    """The scan with what its block adds. Raises ScanError scan.checksum where the block was changed, scan.disagrees
    where it is another image's."""
    try:
        block = data_set.private_block(GROUP, CREATOR)
        text = str(block[1].value)
    except KeyError:
        return scan
    try:
        plain = json.loads(text)
        seal = plain.pop("seal")
        if digest(plain) != seal:
            raise refusals.checksum()
        facts = ScanFacts(format="", kind=scan.kind, **plain["facts"])
        layer = Layer(**plain["layer"]) if "layer" in plain else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError) as error:
        raise refusals.checksum() from error
    added = {name: getattr(facts, name) for name in ScanFacts.model_fields if name not in OF_THE_FILE}
    images = scan.images
    if layer is not None:
        images = tuple(replace(one, layer=_of_both(one.layer, layer)) for one in images)
    return Scan(scan.facts.model_copy(update=added), images, scan.masks)


def _of_both(standard: Layer, own: Layer) -> Layer:
    if (standard.bits, standard.slope, standard.intercept) != (own.bits, own.slope, own.intercept):
        # Somebody scaled the image and left the block: what it says of air no longer holds.
        return standard
    return own
