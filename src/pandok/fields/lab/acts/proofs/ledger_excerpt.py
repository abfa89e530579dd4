"""The entries of the audit chain that a proof shows: registration, first opening of the sealed part, votes, release.

The steps of the run and further openings are given as bare hashes: their times would tell the submitter how long the
model took on which part of the sealed cases (`acts/budget/disclosed_runs`). They can be opened on the spot.
"""

from __future__ import annotations

from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditLink
from pandok.core.lab.proof_pack import LedgerEntry, Places
from pandok.engines.proof_pack.ledger import excerpt
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.models import Run, SealedPart

_SHOWN = frozenset({"lab.run.queued", "lab.release_vote", "lab.run.released"})
LOCKED, OPENED, RELEASED = "protocol.locked", "vault.opened", "lab.run.released"


def ledger_of(run: Run) -> tuple[tuple[LedgerEntry, ...], Places, tuple[int, str, datetime]]:
    """Excerpt, places in it, and the head of the chain as it stands. Raises RequestError where an entry is missing."""
    pack = run.registration.pack
    about = f"run:{run.pk}"
    parts = SealedPart.objects.filter(pack=pack, part=run.part)
    sealed = {f"vault:{one}" for one in parts.values_list("object_id", flat=True)}
    registered = _first(action=LOCKED, object=f"problem:{pack.pk}", details__sha256=run.registration.sha256)
    opened = _first(action=OPENED, object__in=sealed, details__run=str(run.pk))
    released = _first(action=RELEASED, object=about)

    def shown(link: AuditLink) -> bool:
        event = link.event
        if link.sequence > released.sequence:
            return False
        if link.sequence in (registered.sequence, opened.sequence):
            return True
        return event.object == about and event.action in _SHOWN

    entries = excerpt(audit.links(registered.sequence - 1), shown)
    head = AuditEntry.objects.order_by("-sequence").first() or released
    places = Places(registered=registered.sequence, opened=opened.sequence, released=released.sequence)
    return entries, places, (head.sequence, head.hash, head.at)


def _first(**wanted: object) -> AuditEntry:
    found: AuditEntry | None = AuditEntry.objects.filter(**wanted).order_by("sequence").first()
    if found is None:
        raise refused("ledger", action=str(wanted["action"]))
    return found
