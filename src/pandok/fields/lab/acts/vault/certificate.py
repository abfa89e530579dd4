"""The certificate of a deletion in the vault (파기확인서): what, on what ground, by whom, when the key was destroyed.

It lists objects by keyed hash and by the sha256 of the sealed file; neither tells what was inside, and who has the
original can still find it.
"""

from __future__ import annotations

from typing import Any

from pandok.common.records.deletion import head_of, moment
from pandok.core.deletion import DeletionState
from pandok.fields.lab.models import VaultDeletion, VaultObject


def certificate_of(deletion: VaultDeletion, objects: list[VaultObject]) -> dict[str, Any]:
    """As it stands now; of one that is done with the objects that it had, for their rows tell nothing any more."""
    if deletion.state == DeletionState.DONE:
        destroyed = {"keys_destroyed_at": moment(deletion.keys_destroyed_at)}
        return {**deletion.certificate, **head_of(deletion), **destroyed}
    deposit = deletion.deposit
    return {
        "kind": "pandok vault deletion certificate 1",
        **head_of(deletion),
        "ground": deletion.ground,
        "whole_deposit": not deletion.objects_named.exists(),
        "deposit": {
            "id": str(deposit.pk),
            "name": deposit.name,
            "owner": deposit.owner,
            "legal_basis": deposit.legal_basis,
            "deposited_at": moment(deposit.deposited_at),
            "expires_at": moment(deposit.expires_at),
        },
        "keys_destroyed_at": "",
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
