"""The certificate of a deletion in the vault (파기확인서): what, on what ground, by whom, when the key was destroyed.

Its sha256 stands in the audit chain, and it names the chain's newest entry before that. It lists objects by keyed hash
and by the sha256 of the sealed file; neither tells what was inside, and who has the original can still find it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pandok.common.models import AuditEntry
from pandok.core.audit import GENESIS
from pandok.core.canonical import digest
from pandok.fields.lab.models import VaultDeletion, VaultObject


def open_certificate(deletion: VaultDeletion, objects: list[VaultObject]) -> dict[str, Any]:
    """As it stands before the key goes."""
    deposit = deletion.deposit
    return {
        "kind": "pandok vault deletion certificate 1",
        "number": deletion.number,
        "state": "planned",
        "ground": deletion.ground,
        "reason": deletion.reason,
        "whole_deposit": not deletion.objects_named.exists(),
        "deposit": {
            "id": str(deposit.pk),
            "name": deposit.name,
            "owner": deposit.owner,
            "legal_basis": deposit.legal_basis,
            "deposited_at": _said(deposit.deposited_at),
            "expires_at": _said(deposit.expires_at),
        },
        "planned": {"by": deletion.planned_by.get_username(), "at": _said(deletion.planned_at)},
        "confirmed": {
            "by": deletion.confirmed_by.get_username() if deletion.confirmed_by else "",
            "at": _said(deletion.confirmed_at),
            "reason": deletion.confirm_reason,
        },
        "keys_destroyed_at": "",
        "done_at": "",
        "objects": [
            {
                "id": str(one.pk),
                "kind": one.kind,
                "version": one.version,
                "keyed_hash": one.keyed_hash,
                "sealed_sha256": one.sealed_sha256,
                "size_bytes": one.size_bytes,
            }
            for one in objects
        ],
    }


def closed_certificate(deletion: VaultDeletion) -> tuple[dict[str, Any], str]:
    """As it stands afterwards, with its sha256 over the canonical JSON."""
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
    content = {
        **deletion.certificate,
        "state": "done",
        "keys_destroyed_at": _said(deletion.keys_destroyed_at),
        "done_at": _said(deletion.done_at),
        "audit_before": {"sequence": last[0], "hash": last[1]},
    }
    return content, digest(content)


def _said(instant: datetime | None) -> str:
    return instant.isoformat(timespec="seconds") if instant else ""
