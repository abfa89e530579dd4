"""The heads of the audit chain that proofs of this site carry under their signature."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from pydantic import ValidationError

from pandok.common import house
from pandok.core.audit import KnownHead
from pandok.core.errors import PandokError
from pandok.core.lab.proof_pack import Head, Ledger
from pandok.engines.proof_pack.pack_bytes import LEDGER, unzipped
from pandok.fields.lab.models import ProofRecord


def heads_in_proofs() -> Iterator[KnownHead]:
    """Of every proof made here whose pack is there; the file's name is its sha256, so it is as it was made."""
    blobs = house.blobs()
    for pack in ProofRecord.objects.filter(origin=ProofRecord.MADE).values_list("pack_sha256", flat=True):
        try:
            ledger = Ledger.model_validate_json(unzipped(blobs.get(pack))[LEDGER])
            head = Head.model_validate_json(base64.b64decode(ledger.head["payload"]))
        except (PandokError, ValidationError, KeyError, ValueError):
            continue  # a missing or damaged pack is told of by `pandok scrub`
        yield KnownHead(head.sequence, head.hash, "proof")
