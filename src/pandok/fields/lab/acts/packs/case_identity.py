"""Which cases of a pack are cases that another pack has already, in whatever file: told once, when a pack comes in.

Exact: the same bytes (the vault's keyed record of the input). Content: the same pixels, row or text. Alike: a picture
saved again with loss. Found in this order; what is found takes over the identity of what was there before.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pandok.core.lab.problem import Part
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.near_copies.case_prints import PIECES, CasePrint, alike, case_print
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import KnownCase, ProblemPack, SealedPart, VaultRecord

_ORDER = (Part.PUBLIC, Part.FEEDBACK, Part.CONFIRM)
_CHUNK = 500


def known_cases(pack: Pack, vault: Vault, key: bytes) -> list[KnownCase]:
    """The rows of a pack that comes in, without the pack itself. Everything of earlier packs must be known before."""
    earlier = _Earlier()
    made = []
    for part in _ORDER:
        for case in pack.queries(part):
            exact = vault.ledger.of_record(pack.hashes[case.case_id])
            printed = case_print(pack.input_bytes(case), key)
            identity, how = earlier.identity_of(exact, printed)
            made.append(
                KnownCase(
                    part=part.value,
                    case_id=case.case_id,
                    exact=exact,
                    content=printed.content,
                    sketch=printed.sketch.tobytes(),
                    identity=identity,
                    how=how,
                )
            )
    return made


def know_old_packs(vault: Vault, blobs: FolderBlobs) -> int:
    """Packs of before cases were known one by one: by the vault's records of their inputs, and the public part as it
    lies there. Nothing sealed is opened. Returns how many packs were taken up."""
    old = ProblemPack.objects.exclude(pk__in=KnownCase.objects.values("pack"))
    for pack in old:
        rows = [*_of_records(pack, vault), *_of_public(pack, vault, blobs)]
        KnownCase.objects.bulk_create(rows, batch_size=2000)
    return len(old)


def _of_records(pack: ProblemPack, vault: Vault) -> Iterator[KnownCase]:
    for bundle in SealedPart.objects.filter(pack=pack, kind=SealedPart.INPUTS):
        ids = {vault.ledger.of_record(one) for one in bundle.case_ids}
        listed = VaultRecord.objects.filter(object=bundle.object_id).values_list("keyed_hash", flat=True)
        yield from (_old(pack, bundle.part, one) for one in listed if one not in ids)


def _of_public(pack: ProblemPack, vault: Vault, blobs: FolderBlobs) -> Iterator[KnownCase]:
    found = read_pack(blobs.get(pack.public_sha256), whole=False)
    for case in found.queries(Part.PUBLIC):
        yield _old(pack, Part.PUBLIC.value, vault.ledger.of_record(found.hashes[case.case_id]))


def _old(pack: ProblemPack, part: str, exact: str) -> KnownCase:
    return KnownCase(pack=pack, part=part, exact=exact, identity=exact, how=KnownCase.NEW)


class _Earlier:
    """Every case that is known, ready to be asked."""

    def __init__(self) -> None:
        rows = KnownCase.objects.order_by("pk").values_list("exact", "content", "sketch", "identity")
        self._exact: dict[str, str] = {}
        self._content: dict[str, str] = {}
        self._sketches: dict[bytes, str] = {}
        for exact, content, sketch, identity in rows.iterator(chunk_size=2000):
            self._exact.setdefault(exact, identity)
            if content:
                self._content.setdefault(content, identity)
            if len(sketch) == 8 * PIECES:
                self._sketches.setdefault(bytes(sketch), identity)
        joined = b"".join(self._sketches)
        self._many = np.frombuffer(joined, dtype=np.uint64).reshape(-1, PIECES)
        self._identities = list(self._sketches.values())

    def identity_of(self, exact: str, printed: CasePrint) -> tuple[str, str]:
        if exact in self._exact:
            return self._exact[exact], KnownCase.EXACT
        if printed.content in self._content:
            return self._content[printed.content], KnownCase.CONTENT
        near = alike(printed.sketch, self._many)
        if near.size:
            return self._identities[int(near[0])], KnownCase.ALIKE
        return exact, KnownCase.NEW
